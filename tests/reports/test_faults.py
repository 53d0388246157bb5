"""Broker and workers die, freeze and forget; no report is lost. Real processes throughout."""

import time
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from reports import outbox, publishing
from reports.models import OutboxEntry, Report
from tests.factories import png, send_report
from tests.reports.conftest import Citizen
from tests.reports.servers import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(broker, tmp_path, key_files):
    running = Worker(broker, tmp_path, key_files)
    yield running
    running.kill()


def a_minute_ago():
    return timezone.now() - timedelta(minutes=1)


def sweep():
    publishing.announce(outbox.sweep(at=timezone.now()))


def classified():
    return Report.objects.filter(classification_state="classified").count()


def test_with_a_dead_broker_receipts_come_at_once_and_the_sweep_finishes_the_work(
    reference, client, broker, monkeypatch, tmp_path, key_files
):
    monkeypatch.setitem(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    started = time.perf_counter()
    assert all(Citizen(client).send(png()).context["receipt"].code for _ in range(2))
    assert time.perf_counter() - started < 6
    monkeypatch.setitem(current_app.conf, "broker_url", broker.url)
    OutboxEntry.objects.update(created_at=a_minute_ago())
    worker = Worker(broker, tmp_path, key_files)
    try:
        sweep()
        wait_until(lambda: classified() == 2)
    finally:
        worker.kill()
    assert not OutboxEntry.objects.open().exists()


def test_with_a_frozen_broker_a_receipt_takes_less_than_three_seconds(reference, client, broker):
    citizen = Citizen(client)
    with broker.frozen():
        started = time.perf_counter()
        assert citizen.send(png()).context["receipt"].code
        assert time.perf_counter() - started < 3
    assert OutboxEntry.objects.open().count() == 1


def test_a_worker_killed_in_the_middle_leaves_work_that_is_finished_once(
    reference, broker, worker, tmp_path, key_files
):
    report = send_report(at=a_minute_ago()).report
    entry = report.outbox.get()
    wait_until(lambda: OutboxEntry.objects.filter(pk=entry.pk, leased_until__isnull=False).exists())
    worker.kill()
    entry.refresh_from_db()
    assert (entry.attempts, entry.finished_at) == (1, None)
    broker.flush()
    OutboxEntry.objects.update(leased_until=a_minute_ago())
    second = Worker(broker, tmp_path, key_files)
    try:
        sweep()
        wait_until(lambda: classified() == 1)
    finally:
        second.kill()
    entry.refresh_from_db()
    assert entry.attempts == 2
    assert report.classifications.count() == 1


def test_a_flushed_broker_loses_no_work(reference, broker, tmp_path, key_files):
    for _ in range(2):
        send_report(at=a_minute_ago())
    assert len(broker.messages()) == 2
    broker.flush()
    worker = Worker(broker, tmp_path, key_files)
    try:
        sweep()
        wait_until(lambda: classified() == 2)
    finally:
        worker.kill()


def test_poison_is_tried_three_times_and_holds_up_nobody(reference, broker, worker, settings):
    poisoned = send_report(at=a_minute_ago()).report
    evidence = poisoned.evidence.get()
    (settings.SEALED_ROOT / evidence.sealed_name).write_bytes(b"poison")
    healthy = send_report(at=a_minute_ago()).report
    entry = poisoned.outbox.get()

    def given_up():
        entry.refresh_from_db()
        if entry.leased_until is None:
            sweep()
        return entry.gave_up_at

    wait_until(given_up)
    wait_until(lambda: classified() == 2)
    evidence.refresh_from_db()
    assert (entry.attempts, evidence.state) == (3, "needs_person")
    assert healthy.evidence.get().state == "ready"
    assert b"poison" not in worker.log.read_bytes()
