"""/healthz tells whether reports can be taken."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_all_is_well_with_every_part_there(client, settings):
    settings.SEALED_ROOT.mkdir()
    response = client.get(reverse("health"))
    assert (response.status_code, response.json()) == (200, {"database": True, "broker": True, "storage": True})


def test_a_broker_that_is_down_is_said_but_does_not_stop_intake(client, settings, monkeypatch):
    settings.SEALED_ROOT.mkdir()
    monkeypatch.setattr("portal.health.broker_answers", lambda: False)
    response = client.get(reverse("health"))
    assert (response.status_code, response.json()["broker"]) == (200, False)


def test_it_takes_no_post(client):
    assert client.post(reverse("health")).status_code == 405
