"""One piece of owed work from claim to end."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from reports import outbox
from reports.classification import classify
from reports.likeness import compare_report
from reports.link_capture import store_visit, visit_link
from reports.models import Evidence, OutboxEntry, Step
from reports.preparation import make_clean_copy, read_clean_copy, store_reading


def work_off(*, entry_id: int, clock: Callable[[], datetime]) -> bool:
    """Do one piece of work and say whether there was any to do; doing it twice changes nothing.

    Raises whatever went wrong, after the failed attempt was noted. The clock is asked anew, because minutes may
    lie between claim and end.
    """
    entry = outbox.claim(entry_id=entry_id, at=clock())
    if entry is None:
        return False
    try:
        _work_on(entry, clock)
    except Exception as error:
        outbox.fail(entry=entry, error=error, at=clock())
        raise
    return True


def _work_on(entry: OutboxEntry, clock: Callable[[], datetime]) -> None:
    if entry.evidence is not None:
        _prepare(entry, entry.evidence, clock)
        return
    if entry.step == Step.CAPTURE_LINK:
        _capture(entry, clock)
        return
    with transaction.atomic():
        now = clock()
        outbox.finish(entry=entry, at=now)
        compare_report(report=entry.report, at=now)
        classify(report=entry.report, at=now)


def _prepare(entry: OutboxEntry, evidence: Evidence, clock: Callable[[], datetime]) -> None:
    make_clean_copy(evidence=evidence, at=clock())
    # Reading takes seconds, so it happens before the transaction that stores it and ends the work.
    reading = read_clean_copy(evidence=evidence)
    with transaction.atomic():
        now = clock()
        if reading:
            store_reading(evidence=evidence, reading=reading, at=now)
        outbox.finish(entry=entry, at=now)


def _capture(entry: OutboxEntry, clock: Callable[[], datetime]) -> None:
    # A visit takes seconds too.
    visit = visit_link(report=entry.report)
    with transaction.atomic():
        now = clock()
        outbox.finish(entry=entry, at=now)
        if visit:
            store_visit(report=entry.report, visit=visit, at=now)
