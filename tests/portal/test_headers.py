"""What every page says to the browser."""

import re

import pytest
from django.urls import reverse

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PAGES = ["portal:home", "portal:protection", "portal:quick-exit", "account_login", "reports:submit", "cases:follow-up"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture(params=PAGES)
def response(client, request):
    return client.get(reverse(request.param))


def test_the_policy_is_exact_and_has_no_unsafe_inline(response):
    assert set(response["Content-Security-Policy"].split("; ")) == CSP


def test_nothing_is_cached_or_told_to_other_sites(response):
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_no_page_asks_another_host_for_anything(response):
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', response.content.decode()) == []


def test_no_page_has_an_inline_style_or_script(response):
    page = response.content.decode()
    assert re.findall(r'\sstyle="', page) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r'\son[a-z]+="', page) == []


def test_the_cookie_for_forms_is_hidden_from_scripts(client):
    client.get(reverse("reports:submit"))
    assert client.cookies["csrftoken"]["httponly"]
