"""What of the evidence the accused is shown: copies the case team chose one by one, and can take back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.copies import newest_masks
from cases.events import CaseEvent
from cases.evidence_access import case_of, require_ready
from cases.models import Case, MaskedCopy, Release
from cases.refusals import ActionRefused, CopyReplaced
from cases.status import Status
from reports.models import Evidence, PreparationState


@dataclass(frozen=True, kw_only=True)
class Releasable:
    """A picture of a case, the copy that may leave the team and whether the accused is shown it now."""

    evidence: Evidence
    copy: MaskedCopy | None
    release: Release | None


def releasable_pictures(case: Case) -> list[Releasable]:
    """The viewable pictures of a case, in the order the case page has them."""
    rows = Evidence.objects.filter(report__case_link__case=case, state=PreparationState.READY)
    pictures = list(rows.order_by("report__received_at", "report_id", "position", "pk"))
    copies = newest_masks(row.pk for row in pictures)
    shown = {row.evidence_id: row for row in case.releases.standing().select_related("by")}
    return [Releasable(evidence=row, copy=copies.get(row.pk), release=shown.get(row.pk)) for row in pictures]


def release_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot show evidence to the accused now, in plain words; None when they can."""
    if not by.may(Permission.SHARE):
        return _("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()}
    if case.status != Status.KLARIFIKASI:
        return _("Bukti diperlihatkan kepada terlapor hanya selama kasus berstatus «%(status)s».") % {
            "status": Status.KLARIFIKASI.label
        }
    return None


def hold_with_picture(case: Case, evidence: Evidence) -> Case:
    """The case as it is, held against a step, a new copy and a report that moves, until the transaction ends.

    Raises ActionRefused when the report of the picture has moved to another case.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if not case.case_reports.filter(report=evidence.report_id).exists():
        raise ActionRefused(_("Gambar ini sudah pindah ke kasus lain."))
    return case


def release_copy(*, evidence: Evidence, seen_sha256: str, by: User, at: datetime) -> Release:
    """Show the accused the copy of a picture that may leave the team. `seen_sha256` is of the copy the person saw.

    Raises NotVisible, or ActionRefused: also while nobody masked the picture or said that nothing needs it.
    """
    case = case_of(evidence, by)
    require(case, Permission.SHARE, by)
    require_ready(evidence)
    with transaction.atomic():
        case = hold_with_picture(case, evidence)
        if why := release_refusal(case, by):
            raise ActionRefused(why)
        copy = _copy_seen(evidence, seen_sha256)
        if case.releases.standing().filter(evidence=evidence).exists():
            raise ActionRefused(_("Salinan gambar ini sudah diperlihatkan kepada terlapor."))
        release = case.releases.create(evidence=evidence, copy=copy, number=_number(case, evidence), by=by, at=at)
        _tell(CaseEvent.BUKTI_DISERAHKAN, release, by, at)
    return release


def withdraw_release(*, release: Release, by: User, at: datetime) -> None:
    """Stop showing a copy, at once. What was seen is known. Raises NotVisible, ActionRefused."""
    require(release.case, Permission.SHARE, by)
    with transaction.atomic():
        if not _withdraw(release, by, at):
            raise ActionRefused(_("Salinan ini sudah tidak diperlihatkan lagi."))


def withdraw_older_copies(*, evidence: Evidence, by: User, at: datetime) -> None:
    """A newer copy was made, inside the caller's transaction, its case held: the older one is shown no more.

    Nor by a case the report was in before: it might come back there.
    """
    for release in Release.objects.standing().filter(evidence=evidence).select_related("copy"):
        _withdraw(release, by, at)


def _copy_seen(evidence: Evidence, seen_sha256: str) -> MaskedCopy:
    copy = newest_masks([evidence.pk]).get(evidence.pk)
    if copy is None:
        raise ActionRefused(
            _("Gambar ini belum diperiksa. Samarkan dulu, atau nyatakan bahwa tidak ada yang perlu disamarkan.")
        )
    if copy.sha256 != seen_sha256:
        raise CopyReplaced(copy)
    return copy


def _number(case: Case, evidence: Evidence) -> int:
    earlier = case.releases.filter(evidence=evidence).values_list("number", flat=True).first()
    return earlier or (case.releases.aggregate(last=Max("number"))["last"] or 0) + 1


def _withdraw(release: Release, by: User, at: datetime) -> bool:
    if not Release.objects.standing().filter(pk=release.pk).update(withdrawn_by=by, withdrawn_at=at):
        return False
    _tell(CaseEvent.BUKTI_DITARIK, release, by, at)
    return True


def _tell(event: CaseEvent, release: Release, by: User, at: datetime) -> None:
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="evidence",
        subject_id=release.evidence_id,
        details={"case": str(release.case_id), "number": release.number, "sha256": release.copy.sha256},
    )
