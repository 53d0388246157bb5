"""Pictures go for good: the key of each original is erased, so that copies and backups of its file are worthless.

What stays is what proves that something was there and what became of it: hash, size, format and dimensions of the
original, when it came and when it was erased. See docs/sealing.md for what that means for backups.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.models import User
from evidence import vault
from reports.models import Evidence, OutboxEntry, PreparationState, Report, SealedImage, Step
from reports.models_capture import LinkCapture
from reports.originals import discard, discard_keys

SHORTEST_REASON = 10
# The clean copies are not sealed, so a crash between commit and removal is looked after for this long.
LOOKED_AFTER = timedelta(days=7)


class NotErased(ValueError):
    """Nothing was erased; the message says why."""


def erase_originals(*, report: Report, by: User | None, at: datetime, reason: str) -> int:
    """Erase originals, clean copies, read texts and what was captured of the link; returns how many pictures that were.

    Pictures erased before are passed over. Raises NotErased without a reason or while the machine still works on the
    report. The files go when the transaction is kept.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotErased(f"Give the reason in at least {SHORTEST_REASON} characters.")
    with transaction.atomic():
        Report.objects.select_for_update(no_key=True).get(pk=report.pk)
        _call_off_visit(report, at)
        if OutboxEntry.objects.open().filter(report=report).exists():
            raise NotErased("The machine still works on this report. Try again later.")
        pictures = list(Evidence.objects.not_erased().filter(report=report).in_order())
        captures = list(LinkCapture.objects.filter(report=report))
        discard_keys(sealed.pk for sealed in [*pictures, *captures])
        for picture in pictures:
            _erase(picture, by, at, reason.strip())
        transaction.on_commit(lambda: _remove_all(pictures, captures))
    return len(pictures)


def remove_erased_files(*, at: datetime) -> None:
    """Remove the files of pictures erased lately once more: a crash may have kept them."""
    remove_files(list(Evidence.objects.erased_since(at - LOOKED_AFTER)))


def remove_files(images: Iterable[SealedImage]) -> None:
    """Remove the sealed originals of images and all that was made of them: clean, small and masked copies."""
    identifiers = [image.id for image in images]
    # The names of all copies begin with the image's id.
    vault.discard_beginning(settings.CLEAN_ROOT, [str(identifier) for identifier in identifiers])
    discard(identifiers)


def _call_off_visit(report: Report, at: datetime) -> None:
    """A visit to its link nobody has begun, perhaps because no worker visits links here, is not made any more."""
    visits = OutboxEntry.objects.due(at).filter(report=report, step=Step.CAPTURE_LINK)
    visits.update(gave_up_at=at, leased_until=None)


def _erase(picture: Evidence, by: User | None, at: datetime, reason: str) -> None:
    Evidence.objects.filter(pk=picture.pk).update(erased_at=at, state=PreparationState.ERASED, text="", lines=[])
    audit.record(
        action="evidence.erased",
        by=by,
        at=at,
        subject_kind="evidence",
        subject_id=picture.id,
        details={"report": str(picture.report_id), "sha256": picture.sha256},
        words={"reason": reason},
    )


def _remove_all(pictures: Iterable[SealedImage], captures: Iterable[LinkCapture]) -> None:
    remove_files(pictures)
    for capture in captures:
        vault.discard(settings.SEALED_ROOT, capture.sealed_name)
