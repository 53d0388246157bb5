"""Moving reports between cases, and taking it back. Called inside the transaction of a step, both cases claimed."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.keeping_out import keep_out_of_target, return_to_source
from cases.models import Case, CaseReport, MovedReport, Regrouping, RegroupingKind
from cases.refusals import ActionRefused, FactsRefused
from cases.status import Status

# Until the study is finished the office is still finding out what happened; a letter rests on the reports it had.
BEFORE_RECOMMENDATION = frozenset(
    {
        Status.MASUK,
        Status.KAJIAN_AWAL,
        Status.PERBAIKAN,
        Status.DIREGISTRASI,
        Status.KLARIFIKASI,
        Status.KAJIAN,
    }
)


def takes_reports(case: Case) -> bool:
    """Whether reports may still come to the case or leave it."""
    return case.status in BEFORE_RECOMMENDATION


def together_refusal(source: Case, target: Case) -> str | None:
    """Why reports of one case cannot come to the other, in plain words; None when they can.

    Nobody sees a report through this who did not see it before: offices of the place and what Kesbangpol sees must
    agree. An unknown employer agrees with any, because whoever joins two cases says they are about one person.
    """
    if source.region_id != target.region_id:
        return _("Kedua kasus berada di wilayah yang berbeda. Alihkan dulu salah satunya.")
    employers = {source.respondent.employer_code, target.respondent.employer_code}
    if source.respondent.employer_code and len(employers) > 1:
        return _("Pemerintah tempat bekerja terlapor tidak sama pada kedua kasus. Perbaiki dulu data terlapor.")
    own_house = {"", source.region_id, source.region.province_code}
    is_shared = {case.shared_with_kesbangpol_at is not None for case in (source, target)}
    if target.respondent.employer_code in own_house and len(is_shared) > 1:
        return _("Hanya satu dari kedua kasus sudah dibagikan kepada Kesbangpol. Bagikan dulu yang lain.")
    return None


def merge_into(source: Case, target: Case, *, reason: str, by: User, at: datetime) -> Regrouping:
    """Move every report of a case that ends as a duplicate; the target is locked, the source claimed.

    A target that has gone beyond its study gets no reports; those of the duplicate follow its way from where they are.
    Raises FactsRefused.
    """
    moves = takes_reports(target)
    if moves and (why := together_refusal(source, target)):
        raise FactsRefused({"other": why})
    regrouping = _begin(RegroupingKind.MERGE, source, target, reason=reason, by=by, at=at)
    reports = list(source.case_reports.select_for_update(no_key=True)) if moves else []
    _move(regrouping, reports, at)
    tell(target, claim(target), CaseEvent.KASUS_DITERIMA, regrouping, count=len(reports))
    return regrouping


def move_reports(
    kind: RegroupingKind,
    source: Case,
    target: Case,
    reports: Collection[CaseReport],
    *,
    reason: str,
    by: User,
    at: datetime,
) -> Regrouping:
    """Move some reports from one claimed case to another."""
    regrouping = _begin(kind, source, target, reason=reason, by=by, at=at)
    _move(regrouping, reports, at)
    return regrouping


def move_back(regrouping: Regrouping, *, by: User, at: datetime) -> int:
    """Return what a regrouping moved; returns how many. Raises ActionRefused when a report was moved on since."""
    moved = list(regrouping.moved.all())
    links = CaseReport.objects.filter(
        case=regrouping.target_id, report__in=[move.report_id for move in moved]
    ).select_for_update(no_key=True)
    by_report = {link.report_id: link for link in links}
    if len(by_report) != len(moved):
        raise ActionRefused(_("Laporannya sudah dipindahkan lagi. Batalkan dulu pemindahan yang lebih baru."))
    for move in moved:
        link = by_report[move.report_id]
        link.case_id, link.attached_at = regrouping.source_id, move.attached_before
        link.save(update_fields=["case", "attached_at"])
    mark_undone(regrouping, by=by, at=at)
    return_to_source(regrouping, by=by, at=at)
    return len(moved)


def mark_undone(regrouping: Regrouping, *, by: User, at: datetime) -> None:
    """Keep the row, and who took it back. Raises ActionRefused when somebody did already."""
    standing = Regrouping.objects.standing().filter(pk=regrouping.pk)
    if not standing.update(undone_by=by, undone_at=at):
        raise ActionRefused(_("Ini sudah dibatalkan."))


def standing_merge(case: Case) -> Regrouping | None:
    """The merge that ended this case and was not undone."""
    merges = case.regroupings_out.standing().filter(kind=RegroupingKind.MERGE)
    return merges.select_related("target__respondent", "target__region").first()


def undoing_refusal(merge: Regrouping) -> str | None:
    """Why a standing merge cannot be undone now, and what can be done instead; None when it can."""
    if merge.target.erased_at is not None:
        return _(
            "Isi kasus induknya sudah dihapus, jadi penggabungan ini tetap. Perbuatan baru dicatat sebagai kasus baru."
        )
    if not takes_reports(merge.target) and merge.moved.exists():
        return _(
            "Kasus induknya sudah sampai rekomendasi, jadi laporannya tetap di sana. Lanjutkan di kasus induk itu; "
            "bila statusnya keliru, koreksi dulu status kasus induk itu, lalu batalkan penggabungan ini."
        )
    return None


def tell(
    case: Case, version: int, event: CaseEvent, regrouping: Regrouping, *, count: int, reason: str | None = None
) -> None:
    """The audit of one of the two cases. The other is named by its id only: not everybody may know its number."""
    is_undone = regrouping.undone_at is not None
    record(
        action=event,
        by=regrouping.undone_by if is_undone else regrouping.by,
        at=regrouping.undone_at or regrouping.at,
        subject_kind="case",
        subject_id=case.pk,
        details={
            "version": version,
            "regrouping": regrouping.pk,
            "other": str(regrouping.target_id if case.pk == regrouping.source_id else regrouping.source_id),
            "reports": [str(identifier) for identifier in regrouping.moved.values_list("report_id", flat=True)],
            "report_count": count,
        },
        words={"reason": regrouping.reason if reason is None else reason},
    )


def require_versions(cases: Collection[Case], seen: Collection[int | None]) -> None:
    """Raises SomebodyWasFaster when one of the pages acted on showed an older version."""
    for case, version in zip(cases, seen, strict=True):
        require_current(case, version)


def _begin(kind: RegroupingKind, source: Case, target: Case, *, reason: str, by: User, at: datetime) -> Regrouping:
    return Regrouping.objects.create(
        kind=kind,
        source=source,
        target=target,
        source_status=source.status,
        source_due_at=source.due_at,
        reason=reason,
        by=by,
        at=at,
    )


def _move(regrouping: Regrouping, links: Collection[CaseReport], at: datetime) -> None:
    MovedReport.objects.bulk_create(
        MovedReport(regrouping=regrouping, report_id=link.report_id, attached_before=link.attached_at) for link in links
    )
    for link in links:
        link.case_id, link.attached_at = regrouping.target_id, at
        link.save(update_fields=["case", "attached_at"])
    if links:
        keep_out_of_target(regrouping)
