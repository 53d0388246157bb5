"""Whether a file is a picture the portal knows, byte for byte. The file is hashed, never kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from cases.copies import copy_for, is_withheld
from cases.custody import CustodyStep, custody
from cases.documents import is_readable
from cases.events import CaseEvent
from cases.models import Case, CaseDocument, DocumentPage
from reports.models import Evidence, PreparationState, Report, SealedImage, ViewableImage
from reports.originals import sealed_models


class CopyKind(models.TextChoices):
    """Which copy of a picture a file is."""

    ORIGINAL = "original", _("berkas asli seperti diterima")
    CLEAN = "clean", _("salinan bersih")
    MASKED = "masked", _("salinan tersamar")


@dataclass(frozen=True)
class Match:
    """A picture a file equals: evidence, or a page of a paper, whose custody is that of its case (empty here)."""

    kind: CopyKind
    image: Evidence | DocumentPage
    case: Case
    custody: list[CustodyStep]

    @property
    def document(self) -> CaseDocument | None:
        """The paper, where the picture is a page of one."""
        return self.image.document if isinstance(self.image, DocumentPage) else None


@dataclass(frozen=True)
class Found:
    """The same for the console, from any table. `case` is None while no case holds the picture."""

    kind: CopyKind
    image: SealedImage
    case: Case | None


def verify_for(digest: str, *, by: User, at: datetime) -> list[Match]:
    """The pictures and papers of the person's own cases that a file equals, by its SHA-256; each find is on record.

    A picture of other cases gives the same answer as none: an empty list. So does one of a form that was not sent. An
    office outside the case team learns of the copy it is shown alone: with originals it could find out whose phone a
    report came from.
    """
    with transaction.atomic():
        return [*_evidence_of(digest, by, at), *_pages_of(digest, by, at)]


def verify_anywhere(digest: str) -> list[Found]:
    """The same for whoever sits at the server's console: every picture of every table, by when it was received."""
    rows = [image for model in sealed_models() for image in _equal(model, digest)]
    rows.sort(key=lambda image: (image.received_at, image.pk))
    return [Found(_kind(digest, image), image, _case_of(image)) for image in rows]


def is_of_report(digest: str, report: Report) -> bool:
    """Whether a file equals, byte for byte, a picture received with this report."""
    return Evidence.objects.filter(report=report, sha256=digest).exists()


def _evidence_of(digest: str, by: User, at: datetime) -> list[Match]:
    cases = {
        report: case
        for case in Case.objects.visible_to(by).filter(_has(digest, "case_reports__report__")).distinct()
        for report in case.case_reports.values_list("report_id", flat=True)
    }
    rows = _equal(Evidence, digest).filter(report__in=cases).order_by("received_at", "pk")
    found = [row for row in rows if not by.powers.needs_sharing or _is_shown(row, cases[row.report_id], digest, by)]
    return [_match(digest, evidence, cases[evidence.report_id], by, at) for evidence in found]


def _pages_of(digest: str, by: User, at: datetime) -> list[Match]:
    rows = _equal(DocumentPage, digest).filter(document__case__in=Case.objects.visible_to(by))
    if by.powers.needs_sharing:
        rows = rows.filter(state=PreparationState.READY, clean_sha256=digest)
    pages = rows.select_related("document__case").order_by("received_at", "pk")
    return [_match(digest, page, page.document.case, by, at) for page in pages if is_readable(page.document, by)]


def _is_shown(evidence: Evidence, case: Case, digest: str, by: User) -> bool:
    return copy_for(evidence, by).sha256 == digest and not is_withheld(evidence, case, by)


def _has(digest: str, path: str) -> Q:
    return (
        Q(**{f"{path}evidence__sha256": digest})
        | Q(**{f"{path}evidence__clean_sha256": digest})
        | Q(**{f"{path}evidence__masked_copies__sha256": digest})
    )


# Any: the rows of whichever table it is
def _equal(model: type[SealedImage], digest: str) -> QuerySet[Any]:
    """The pictures of a table that a file equals, in any of their copies."""
    same = Q(sha256=digest)
    if issubclass(model, ViewableImage):
        same |= Q(clean_sha256=digest)
    if issubclass(model, Evidence):
        same |= Q(masked_copies__sha256=digest)
    return model._default_manager.filter(same).distinct()


def _case_of(image: SealedImage) -> Case | None:
    if isinstance(image, DocumentPage):
        return image.document.case
    if isinstance(image, Evidence):
        return Case.objects.filter(case_reports__report=image.report_id).first()
    return None


def _kind(digest: str, image: SealedImage) -> CopyKind:
    if image.sha256 == digest:
        return CopyKind.ORIGINAL
    return CopyKind.CLEAN if getattr(image, "clean_sha256", None) == digest else CopyKind.MASKED


def _match(digest: str, image: Evidence | DocumentPage, case: Case, by: User, at: datetime) -> Match:
    kind = _kind(digest, image)
    steps = custody(image, by=by) if isinstance(image, Evidence) else []
    record(
        action=CaseEvent.BUKTI_DICOCOKKAN,
        by=by,
        at=at,
        subject_kind="evidence" if isinstance(image, Evidence) else "page",
        subject_id=image.pk,
        details={"case": str(case.pk), "copy": kind.value},
    )
    return Match(kind, image, case, steps)
