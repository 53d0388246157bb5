"""How often one network may post without an account."""

import logging
import time

import pytest
from django.urls import reverse

from accounts.throttle import Post
from reports.models import HeldImage, Report
from tests.factories import NARRATIVE, png, send_report
from tests.reports.test_pictures_one_by_one import hold


@pytest.fixture
def counting(broker, settings, monkeypatch):
    """Posts are counted on a server of our own, and each kind may come twice an hour."""
    settings.LIMITS_URL = broker.url
    monkeypatch.setattr(Post, "most_per_hour", 2)
    return broker


def test_a_report_too_many_keeps_every_word_and_says_how_long_to_wait(citizen, counting):
    for _ in range(2):
        citizen.send(answers={"narrative": "pendek"})
    response = citizen.send(png())
    assert response.status_code == 429
    assert "Tunggu 60 menit" in response.text
    assert NARRATIVE in response.text
    assert Report.objects.count() == 0


def test_pictures_have_a_count_of_their_own(citizen, counting):
    assert [hold(citizen, png()).status_code for _ in range(3)] == [200, 200, 429]
    assert HeldImage.objects.count() == 2
    assert "receipt__code" in citizen.send(png()).text


def test_a_report_already_sent_shows_its_receipt_however_often(citizen, counting, picture):
    answers = [citizen.send(picture) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.django_db
def test_guessing_codes_is_slowed_down_and_a_right_code_is_not_given_away(client, reference, counting):
    code = send_report().code
    for _ in range(2):
        client.post(reverse("cases:follow-up"), {"code": "0" * 26})
    right, wrong = (client.post(reverse("cases:follow-up"), {"code": text}) for text in (code, "1" * 26))
    assert (right.status_code, wrong.status_code) == (429, 429)
    assert right.text.replace(code, "").count("<") == wrong.text.replace("1" * 26, "").count("<")
    assert code in right.text


@pytest.mark.django_db
def test_a_message_too_many_keeps_its_words(client, reference, counting):
    client.post(reverse("cases:follow-up"), {"code": send_report().code})
    for _ in range(2):
        client.post(reverse("cases:write-to-office"), {"text": "Sudah saya kirim."})
    response = client.post(reverse("cases:write-to-office"), {"text": "Satu lagi dari saya."})
    assert (response.status_code, "Satu lagi dari saya." in response.text) == (429, True)


def test_each_network_has_its_own_count(citizen, counting):
    for _ in range(3):
        hold(citizen, png())
    citizen.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert hold(citizen, png()).status_code == 200


def test_nothing_in_redis_or_the_log_leads_to_an_address(citizen, counting, caplog):
    caplog.set_level(logging.DEBUG)
    citizen.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    for _ in range(3):
        hold(citizen, png())
    with counting.server.client() as redis:
        names = b" ".join(redis.keys("*"))
        assert all(0 < redis.ttl(name) <= 86_400 for name in redis.keys("*"))
    assert b"203.0.113" not in counting.everything() + names
    assert "203.0.113" not in caplog.text


def test_without_redis_nobody_is_turned_away(citizen, settings):
    settings.LIMITS_URL = "redis://127.0.0.1:1/0"
    assert hold(citizen, png()).status_code == 200


def test_a_frozen_redis_holds_nobody_up(citizen, counting):
    with counting.frozen():
        started = time.monotonic()
        assert hold(citizen, png()).status_code == 200
        assert time.monotonic() - started < 5
