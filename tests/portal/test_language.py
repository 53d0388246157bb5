"""Indonesian first; English when the visitor switches."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_english_phone_is_greeted_in_indonesian(client):
    response = client.get(reverse("portal:home"), HTTP_ACCEPT_LANGUAGE="en-US")
    assert response["Content-Language"] == "id"
    assert '<html lang="id">' in response.content.decode()


def test_the_switch_is_remembered(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert client.get(reverse("portal:home"))["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(client):
    client.cookies["django_language"] = "xx"
    assert client.get(reverse("portal:home"))["Content-Language"] == "id"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "https:evil.example", "/\\evil.example"])
def test_the_switch_leads_nowhere_else(client, target):
    response = client.post(reverse("set_language"), {"language": "en", "next": target})
    assert "evil" not in response["Location"]
