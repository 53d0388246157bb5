"""A broker that is dead, frozen or flushed holds up nobody."""

import time

import pytest
from celery import current_app

from reports import publishing
from tests.factories import send_report


def timed(entries):
    started = time.perf_counter()
    told = publishing.announce(entries)
    return told, time.perf_counter() - started


@pytest.mark.django_db
def test_a_live_broker_gets_one_message_per_piece_of_work_with_its_id_only(reference, broker):
    entries = list(send_report(pictures=3).report.outbox.all())
    assert publishing.announce(entries)
    messages = broker.messages()
    assert len(messages) == 3
    assert all(b"Camat" not in message for message in messages)


@pytest.mark.django_db
def test_a_refusing_broker_is_given_up_at_once(reference, monkeypatch):
    monkeypatch.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    told, seconds = timed(list(send_report().report.outbox.all()))
    assert not told
    assert seconds < 2


@pytest.mark.django_db
def test_a_frozen_broker_is_given_up_in_seconds(reference, broker):
    entries = list(send_report(pictures=10).report.outbox.all())
    with broker.frozen():
        told, seconds = timed(entries)
    assert not told
    assert seconds < 3
