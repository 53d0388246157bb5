"""Whether a file is a picture the portal knows, byte for byte. The file is hashed, never kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from cases.copies import copy_for, is_withheld
from cases.custody import CustodyStep, custody
from cases.events import CaseEvent
from cases.models import Case
from reports.models import Evidence, Report


class CopyKind(models.TextChoices):
    """Which copy of a picture a file is."""

    ORIGINAL = "original", _("berkas asli seperti diterima")
    CLEAN = "clean", _("salinan bersih")
    MASKED = "masked", _("salinan tersamar")


@dataclass(frozen=True)
class Match:
    """A picture a file equals. `case` is None while no case holds its report."""

    kind: CopyKind
    evidence: Evidence
    case: Case | None
    custody: list[CustodyStep]


def verify_for(digest: str, *, by: User, at: datetime) -> list[Match]:
    """The pictures of the person's own cases that a file equals, by its SHA-256; each find is on record.

    A picture of other cases gives the same answer as none: an empty list. An office outside the case team learns of
    the copy it is shown alone: with originals it could find out whose phone a report came from.
    """
    cases = {
        report: case
        for case in Case.objects.visible_to(by).filter(_has(digest, "case_reports__report__")).distinct()
        for report in case.case_reports.values_list("report_id", flat=True)
    }
    rows = Evidence.objects.filter(_has_copy(digest), report__in=cases).distinct().order_by("received_at", "pk")
    found = [row for row in rows if not by.powers.needs_sharing or _is_shown(row, cases[row.report_id], digest, by)]
    with transaction.atomic():
        return [_match(digest, evidence, cases[evidence.report_id], by, at) for evidence in found]


def verify_anywhere(digest: str) -> list[tuple[CopyKind, Evidence, Case | None]]:
    """The same for whoever sits at the server's console: every picture there is."""
    found = Evidence.objects.filter(_has_copy(digest)).distinct().order_by("received_at", "pk")
    cases = {
        case_report.report_id: case_report.case
        for case in Case.objects.filter(case_reports__report__evidence__in=found).distinct()
        for case_report in case.case_reports.select_related("case")
    }
    return [(_kind(digest, evidence), evidence, cases.get(evidence.report_id)) for evidence in found]


def is_of_report(digest: str, report: Report) -> bool:
    """Whether a file equals, byte for byte, a picture received with this report."""
    return Evidence.objects.filter(report=report, sha256=digest).exists()


def _is_shown(evidence: Evidence, case: Case, digest: str, by: User) -> bool:
    return copy_for(evidence, by).sha256 == digest and not is_withheld(evidence, case, by)


def _has(digest: str, path: str) -> Q:
    return (
        Q(**{f"{path}evidence__sha256": digest})
        | Q(**{f"{path}evidence__clean_sha256": digest})
        | Q(**{f"{path}evidence__masked_copies__sha256": digest})
    )


def _has_copy(digest: str) -> Q:
    return Q(sha256=digest) | Q(clean_sha256=digest) | Q(masked_copies__sha256=digest)


def _kind(digest: str, evidence: Evidence) -> CopyKind:
    if evidence.sha256 == digest:
        return CopyKind.ORIGINAL
    return CopyKind.CLEAN if evidence.clean_sha256 == digest else CopyKind.MASKED


def _match(digest: str, evidence: Evidence, case: Case, by: User, at: datetime) -> Match:
    kind = _kind(digest, evidence)
    steps = custody(evidence, by=by)
    record(
        action=CaseEvent.BUKTI_DICOCOKKAN,
        by=by,
        at=at,
        subject_kind="evidence",
        subject_id=evidence.pk,
        details={"case": str(case.pk), "copy": kind.value},
    )
    return Match(kind, evidence, case, steps)
