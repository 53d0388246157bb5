"""Owed work: claimed by one, counted before it begins, ended once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.models import AuditEvent
from reports import outbox, work
from reports.models import OutboxEntry, Step
from tests.factories import AT, send_report

LATER = AT + timedelta(minutes=6)


@pytest.fixture
def report(reference):
    return send_report(pictures=2).report


@pytest.fixture
def entry(report):
    return report.outbox.oldest_first().first()


@pytest.mark.django_db
def test_a_claim_counts_the_attempt_and_holds_the_work_for_five_minutes(entry):
    claimed = outbox.claim(entry_id=entry.pk, at=AT)
    assert (claimed.attempts, claimed.leased_until) == (1, AT + timedelta(minutes=5))
    assert outbox.claim(entry_id=entry.pk, at=AT + timedelta(minutes=4)) is None
    assert outbox.claim(entry_id=entry.pk, at=LATER).attempts == 2


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_gets_the_work(entry):
    start = threading.Barrier(8)

    def claim(_):
        start.wait()
        try:
            return outbox.claim(entry_id=entry.pk, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(claimed is not None for claimed in pool.map(claim, range(8))) == 1


@pytest.mark.django_db
def test_finished_work_is_never_claimed_again(entry):
    outbox.finish(entry=outbox.claim(entry_id=entry.pk, at=AT), at=AT)
    assert outbox.claim(entry_id=entry.pk, at=LATER) is None


@pytest.mark.django_db
def test_who_lost_the_lease_stores_nothing(entry):
    slow = outbox.claim(entry_id=entry.pk, at=AT)
    outbox.claim(entry_id=entry.pk, at=LATER)
    with pytest.raises(outbox.LeaseLost):
        outbox.finish(entry=slow, at=LATER)


@pytest.mark.django_db
def test_the_classification_is_promised_when_the_last_picture_ends(report):
    first, second = report.outbox.oldest_first()
    outbox.finish(entry=outbox.claim(entry_id=first.pk, at=AT), at=AT)
    assert not report.outbox.filter(step=Step.CLASSIFY_REPORT).exists()
    outbox.finish(entry=outbox.claim(entry_id=second.pk, at=AT), at=AT)
    assert report.outbox.filter(step=Step.CLASSIFY_REPORT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_ending_the_last_two_pictures_at_once_promise_one_classification(report):
    claimed = [outbox.claim(entry_id=entry.pk, at=AT) for entry in report.outbox.oldest_first()]
    start = threading.Barrier(2)

    def finish(entry):
        start.wait()
        try:
            with transaction.atomic():
                outbox.finish(entry=entry, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(finish, claimed))
    assert report.outbox.filter(step=Step.CLASSIFY_REPORT).count() == 1


@pytest.mark.django_db
def test_a_classification_that_already_runs_does_not_see_a_picture_that_ends_now(report):
    for entry in report.outbox.oldest_first():
        outbox.finish(entry=outbox.claim(entry_id=entry.pk, at=AT), at=AT)
    outbox.claim(entry_id=report.outbox.get(step=Step.CLASSIFY_REPORT).pk, at=AT)
    with transaction.atomic():
        outbox.classify_when_last(report=report, at=AT)
    assert report.outbox.filter(step=Step.CLASSIFY_REPORT).count() == 2


@pytest.mark.django_db
def test_three_failed_attempts_ask_for_a_person_and_the_rest_goes_on(report):
    poison, other = report.outbox.oldest_first()
    outbox.finish(entry=outbox.claim(entry_id=other.pk, at=AT), at=AT)
    for _ in range(3):
        outbox.fail(entry=outbox.claim(entry_id=poison.pk, at=AT), error=ValueError("secret words"), at=AT)
    poison.refresh_from_db()
    assert (poison.attempts, poison.gave_up_at, poison.last_error) == (3, AT, "ValueError")
    assert poison.evidence.state == "needs_person"
    assert poison.evidence.reading_state == "failed"
    assert report.outbox.filter(step=Step.CLASSIFY_REPORT).count() == 1
    event = AuditEvent.objects.about(report.id).get(action="work.given_up")
    assert event.details == {"step": "prepare_evidence", "attempts": 3, "error": "ValueError"}


@pytest.mark.django_db
def test_a_classification_that_failed_three_times_leaves_a_usable_report(report):
    for entry in report.outbox.oldest_first():
        outbox.finish(entry=outbox.claim(entry_id=entry.pk, at=AT), at=AT)
    entry = report.outbox.get(step=Step.CLASSIFY_REPORT)
    for _ in range(3):
        outbox.fail(entry=outbox.claim(entry_id=entry.pk, at=AT), error=RuntimeError(), at=AT)
    report.refresh_from_db()
    assert report.classification_state == "needs_person"
    assert report in type(report).objects.ready_for_review()


@pytest.mark.django_db
def test_work_that_killed_its_worker_three_times_is_given_up_by_the_sweep(entry):
    for attempt in range(3):
        assert outbox.claim(entry_id=entry.pk, at=AT + attempt * timedelta(minutes=6))
    at = AT + timedelta(minutes=18)
    assert entry.pk not in [due.pk for due in outbox.sweep(at=at)]
    entry.refresh_from_db()
    assert entry.gave_up_at == at


@pytest.mark.django_db
def test_the_sweep_leaves_fresh_and_held_work_alone(report):
    assert outbox.sweep(at=AT + timedelta(seconds=5)) == []
    first, second = report.outbox.oldest_first()
    outbox.claim(entry_id=first.pk, at=AT)
    assert outbox.sweep(at=AT + timedelta(seconds=20)) == [second]
    assert outbox.sweep(at=LATER) == [first, second]


@pytest.mark.django_db
def test_work_on_an_unknown_entry_is_no_work(reference):
    assert not work.work_off(entry_id=OutboxEntry.objects.count() + 1_000_000, clock=lambda: AT)
