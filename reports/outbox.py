"""Work the machine owes, as rows. Messages only hint at them: a lost message, worker or broker loses no work."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts import audit
from reports import publishing
from reports.link_policy import CaptureRefusal
from reports.models import (
    ClassificationState,
    Evidence,
    OutboxEntry,
    PreparationState,
    ReadingState,
    Report,
    Step,
)
from reports.models_capture import LinkCapture

# Longer than the hard time limit of a task (TASK_TIME_LIMIT), so work that still goes on is never begun twice.
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
# Fresh work has its own message; the sweep leaves it alone for this long.
HEAD_START = timedelta(seconds=15)
SWEEP_SIZE = 200
VISITS_SWEPT = 10


class LeaseLost(RuntimeError):
    """Somebody else has taken this work over; what was made of it must not be stored."""


def enqueue(*, step: Step, report: Report, evidence: Evidence | None = None, at: datetime) -> OutboxEntry:
    """Promise a piece of work; call inside the transaction that makes it necessary."""
    return OutboxEntry.objects.create(step=step, report=report, evidence=evidence, created_at=at)


def claim(*, entry_id: int, at: datetime) -> OutboxEntry | None:
    """Take a lease on due work; None when it is done, held by another, or was just given up.

    The attempt is counted and committed before the work begins: work that kills its worker is counted too.
    """
    due = OutboxEntry.objects.due(at).filter(pk=entry_id)
    taken = due.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1, leased_until=at + LEASE)
    if not taken:
        _give_up_if_spent(entry_id, at)
        return None
    return OutboxEntry.objects.select_related("report", "evidence").get(pk=entry_id)


def finish(*, entry: OutboxEntry, at: datetime) -> None:
    """Mark work done, in the transaction that stores its result. Raises LeaseLost, so that nothing is stored."""
    # The attempt number is the proof of the lease: a later claim has a higher one.
    held = OutboxEntry.objects.open().filter(pk=entry.pk, attempts=entry.attempts)
    if not held.update(finished_at=at, leased_until=None):
        raise LeaseLost
    if entry.step == Step.PREPARE_EVIDENCE:
        classify_when_last(report=entry.report, at=at)


def fail(*, entry: OutboxEntry, error: BaseException, at: datetime) -> None:
    """Return work after a failed attempt; after the last one it is given up and a person is asked.

    Only the kind of the error is kept: its message could quote a report.
    """
    held = OutboxEntry.objects.open().filter(pk=entry.pk, attempts=entry.attempts)
    held.update(leased_until=None, last_error=type(error).__name__)
    _give_up_if_spent(entry.pk, at)


def sweep(*, at: datetime) -> list[OutboxEntry]:
    """Give up what was tried often enough; return due work whose message seems lost, oldest first, visits last."""
    for entry_id in OutboxEntry.objects.due(at).spent(MOST_ATTEMPTS).values_list("pk", flat=True)[:SWEEP_SIZE]:
        _give_up_if_spent(entry_id, at)
    due = OutboxEntry.objects.due(at).filter(created_at__lte=at - HEAD_START).oldest_first()
    # Switched off, no worker listens for visits, and each message would wait in the broker for good.
    visits = due.filter(step=Step.CAPTURE_LINK) if settings.LINK_CAPTURE else due.none()
    # Visits that nobody takes must not stand in the way of pictures.
    return [*due.exclude(step=Step.CAPTURE_LINK)[:SWEEP_SIZE], *visits[:VISITS_SWEPT]]


def classify_when_last(*, report: Report, at: datetime) -> None:
    """Promise a classification once no picture of the report waits any more.

    Call in the transaction that ends the work on a picture. The lock makes two workers that end the last two
    pictures at once see each other.
    """
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    open_work = OutboxEntry.objects.open().filter(report=report)
    if not (open_work.to_prepare() | open_work.to_classify_unbegun()).exists():
        publishing.announce_on_commit([enqueue(step=Step.CLASSIFY_REPORT, report=report, at=at)])


@transaction.atomic
def _give_up_if_spent(entry_id: int, at: datetime) -> None:
    entry = (
        OutboxEntry.objects.due(at)
        .spent(MOST_ATTEMPTS)
        .filter(pk=entry_id)
        .select_for_update(of=("self",), no_key=True)
        .select_related("report", "evidence")
        .first()
    )
    if entry is None:
        return
    OutboxEntry.objects.filter(pk=entry.pk).update(gave_up_at=at, leased_until=None)
    _ask_for_a_person(entry, at)
    audit.record(
        action="work.given_up",
        by=None,
        at=at,
        subject_kind="report",
        subject_id=entry.report_id,
        details={"step": entry.step, "attempts": entry.attempts, "error": entry.last_error},
    )
    if entry.step == Step.PREPARE_EVIDENCE:
        classify_when_last(report=entry.report, at=at)


def _ask_for_a_person(entry: OutboxEntry, at: datetime) -> None:
    """Show reviewers what the machine could not do. A picture with a clean copy stays viewable."""
    if entry.step == Step.CAPTURE_LINK:
        # Nobody has to do anything: the address stands in the report.
        columns = {"requested_url": entry.report.link_address, "fetched_at": at, "refusal": CaptureRefusal.GAVE_UP}
        LinkCapture.objects.get_or_create(report=entry.report, defaults=columns)
        return
    if entry.evidence_id is None:
        Report.objects.filter(pk=entry.report_id, classification_state=ClassificationState.WAITING).update(
            classification_state=ClassificationState.NEEDS_PERSON
        )
        return
    picture = Evidence.objects.filter(pk=entry.evidence_id)
    picture.filter(state=PreparationState.WAITING).update(state=PreparationState.NEEDS_PERSON)
    picture.filter(reading_state=ReadingState.WAITING).update(reading_state=ReadingState.FAILED)
