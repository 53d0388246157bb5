"""More pictures for a report that was already received."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max

from accounts import audit
from evidence.limits import MAX_FILES
from reports import custody, outbox, publishing
from reports.drafts import Draft, claim
from reports.models import Evidence, HeldImage, Report, Step
from reports.originals import Picture, SealedOriginal, seal_originals

MOST_PER_REPORT = 30


class ReportErased(ValueError):
    """What was in the report is gone for good, so nothing comes to it any more."""


class TooManyPictures(ValueError):
    """More pictures than one addition or one report takes; `room` is how many more may be added now."""

    def __init__(self, room: int) -> None:
        super().__init__(f"There is room for {room} more pictures.")
        self.room = room


def add_evidence(
    *,
    report: Report,
    pictures: Sequence[Picture],
    at: datetime,
    draft: Draft | None = None,
    held: Collection[UUID] = (),
) -> list[Evidence]:
    """Add the reporter's pictures, those `held` for the form `draft` first, and promise the work on them.

    The report is classified again afterwards. Pictures it already has are passed over, so sending an addition twice
    adds nothing. Returns the new evidence. Raises ReportErased, TooManyPictures, drafts.PicturesGone, or
    originals.StorageFailed, with nothing stored.
    """
    evidence = Evidence.objects.filter(report=report)
    already = set(evidence.values_list("sha256", flat=True))
    new = {picture.sha256: picture for picture in pictures if picture.sha256 not in already}
    with seal_originals(new.values()) as originals, transaction.atomic():
        if Report.objects.select_for_update(no_key=True).get(pk=report.pk).erased_at is not None:
            raise ReportErased("The report was erased.")
        received = columns_of_new(among=evidence, draft=draft, held=held, originals=originals, at=at)
        last, count = _last_and_count(report)
        room = min(MAX_FILES, MOST_PER_REPORT - count)
        if len(received) > room:
            raise TooManyPictures(max(room, 0))
        rows = Evidence.objects.bulk_create(
            Evidence(report=report, position=position, **columns)
            for position, columns in enumerate(received, start=last + 1)
        )
        if rows:
            custody.record_receipt(rows)
            _promise_work(report, rows, at)
    return rows


def columns_of_new(
    *,
    among: models.QuerySet[Any],
    draft: Draft | None,
    held: Collection[UUID],
    originals: Sequence[SealedOriginal],
    at: datetime,
) -> list[dict[str, Any]]:
    """Columns for rows of the pictures that are not among those already sent; call with the sending locked.

    `among` are rows of one kind of SealedImage. A held picture keeps its id, so one that is among them was taken by an
    earlier sending of the form. Bytes that are there already are not taken again: those held stay until they expire, so
    that a form whose answer was lost can be sent once more; of others, which came a moment ago by another sending, the
    sweep of orphans removes the files. Raises drafts.PicturesGone.
    """
    sent = dict(among.values_list("id", "sha256"))
    claimed = claim(draft=draft, held=set(held) - sent.keys() - _held_again(draft, sent.values())) if draft else []
    received = claimed + [original.columns(received_at=at) for original in originals]
    return [columns for columns in received if columns["sha256"] not in sent.values()]


def _held_again(draft: Draft, sent: Collection[str]) -> set[UUID]:
    again = HeldImage.objects.of_form(draft.form_digest).filter(sha256__in=sent)
    return set(again.values_list("id", flat=True))


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
