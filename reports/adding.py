"""More pictures for a report that was already received."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts import audit
from evidence.limits import MAX_FILES
from reports import custody, outbox, publishing
from reports.models import Evidence, Report, Step
from reports.originals import Picture, seal_originals

MOST_PER_REPORT = 30


class ReportErased(ValueError):
    """What was in the report is gone for good, so nothing comes to it any more."""


class TooManyPictures(ValueError):
    """More pictures than one addition or one report takes; `room` is how many more may be added now."""

    def __init__(self, room: int) -> None:
        super().__init__(f"There is room for {room} more pictures.")
        self.room = room


def add_evidence(*, report: Report, pictures: Sequence[Picture], at: datetime) -> list[Evidence]:
    """Add the reporter's pictures and promise the work on them; the report is classified again afterwards.

    Pictures the report already has are passed over, so sending an addition twice adds nothing. Returns the new
    evidence. Raises ReportErased, TooManyPictures, or originals.StorageFailed, with nothing stored.
    """
    already = set(Evidence.objects.filter(report=report).values_list("sha256", flat=True))
    new = {picture.sha256: picture for picture in pictures if picture.sha256 not in already}
    with seal_originals(new.values()) as originals, transaction.atomic():
        if Report.objects.select_for_update(no_key=True).get(pk=report.pk).erased_at is not None:
            raise ReportErased("The report was erased.")
        last, count = _last_and_count(report)
        room = min(MAX_FILES, MOST_PER_REPORT - count)
        if len(originals) > room:
            raise TooManyPictures(max(room, 0))
        rows = Evidence.objects.bulk_create(
            Evidence(report=report, position=position, received_at=at, **original.columns)
            for position, original in enumerate(originals, start=last + 1)
        )
        if rows:
            custody.record_receipt(rows)
            _promise_work(report, rows, at)
    return rows


def _last_and_count(report: Report) -> tuple[int, int]:
    evidence = Evidence.objects.filter(report=report)
    return evidence.aggregate(last=Max("position"))["last"] or 0, evidence.count()


def _promise_work(report: Report, rows: list[Evidence], at: datetime) -> None:
    entries = [outbox.enqueue(step=Step.PREPARE_EVIDENCE, report=report, evidence=row, at=at) for row in rows]
    audit.record(
        action="report.evidence_added",
        by=None,
        at=at,
        subject_kind="report",
        subject_id=report.id,
        details={"pictures": len(rows)},
    )
    publishing.announce_on_commit(entries)
