"""Which reports make one case: attach, split and undo. Merging two cases is the step `tandai_dobel` of the workflow."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.actions import Action
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.facts import Duplicate
from cases.models import Case, CaseReport, Regrouping, RegroupingKind
from cases.moving import (
    mark_undone,
    move_back,
    move_reports,
    require_versions,
    takes_reports,
    tell,
    together_refusal,
)
from cases.opening import new_case
from cases.refusals import ActionRefused, FactsRefused
from cases.workflow import perform

LONGEST_REASON = 4_000


def regrouping_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot move reports of the case now, in plain words; None when they can."""
    if not by.may(Permission.REGISTER):
        return _("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()}
    if not takes_reports(case):
        return _("Laporan hanya dapat dipindahkan selama %(case)s terbuka dan belum sampai rekomendasi.") % {
            "case": case.reference
        }
    return None


def attach_report(
    *,
    case: Case,
    report_id: UUID,
    to: Case,
    reason: str,
    by: User,
    at: datetime,
    seen_version: int | None = None,
    seen_other_version: int | None = None,
) -> Regrouping:
    """Move one report of a case to another case, where it belongs. Raises NotVisible, FactsRefused, ActionRefused."""
    reason = _checked([case, to], by, reason)
    if case.pk == to.pk:
        raise FactsRefused({"other": _("Laporan sudah berada di kasus itu. Pilih kasus lain.")})
    with transaction.atomic():
        versions = _claim_in_order([case, to], [seen_version, seen_other_version])
        if why := together_refusal(case, to):
            raise FactsRefused({"other": why})
        links = _leaving(case, [report_id])
        regrouping = move_reports(RegroupingKind.ATTACH, case, to, links, reason=reason, by=by, at=at)
        tell(case, versions[case.pk], CaseEvent.LAPORAN_PINDAH, regrouping, count=1)
        tell(to, versions[to.pk], CaseEvent.LAPORAN_MASUK, regrouping, count=1)
    return _fresh(regrouping, case, to)


def split_case(
    *,
    case: Case,
    report_ids: Collection[UUID],
    reason: str,
    by: User,
    at: datetime,
    seen_version: int | None = None,
) -> Regrouping:
    """Make some reports of a case a case of their own, which is the target of what is returned.

    The new case begins at the beginning, in the same region, about the person its first report names; Kesbangpol sees
    it when that person's employer is known or the case is shared. Raises NotVisible, FactsRefused, ActionRefused.
    """
    reason = _checked([case], by, reason)
    require_current(case, seen_version)
    with transaction.atomic():
        version = claim(case)
        links = _leaving(case, report_ids)
        fresh = new_case(report=links[0].report, region=case.region, election_kind=case.election_kind, at=at)
        regrouping = move_reports(RegroupingKind.SPLIT, case, fresh, links, reason=reason, by=by, at=at)
        tell(case, version, CaseEvent.LAPORAN_PINDAH, regrouping, count=len(links))
        tell(fresh, fresh.version, CaseEvent.DIBUKA_DARI_KASUS, regrouping, count=len(links))
    return _fresh(regrouping, case)


def undo_regrouping(
    *,
    regrouping: Regrouping,
    reason: str,
    by: User,
    at: datetime,
    seen: Case | None = None,
    seen_version: int | None = None,
) -> Regrouping:
    """Take a move of reports back; the row stays. `seen` is the case on whose page the person acted, with its version.

    A merged case comes to life again where it stood; a case made by splitting is merged into the one it came from.
    Raises NotVisible, FactsRefused, SomebodyWasFaster, ActionRefused.
    """
    if seen:
        require_current(seen, seen_version)
    if regrouping.undone_at is not None:
        raise ActionRefused(_("Ini sudah dibatalkan."))
    if regrouping.kind == RegroupingKind.MERGE:
        perform(case=regrouping.source, action=Action.BATALKAN_DOBEL, by=by, at=at, reason=reason)
    elif regrouping.kind == RegroupingKind.SPLIT:
        _undo_split(regrouping, reason, by, at)
    else:
        _undo_attaching(regrouping, reason, by, at)
    regrouping.refresh_from_db()
    return regrouping


def _undo_split(regrouping: Regrouping, reason: str, by: User, at: datetime) -> None:
    with transaction.atomic():
        mark_undone(regrouping, by=by, at=at)
        facts = Duplicate(other=regrouping.source)
        perform(case=regrouping.target, action=Action.TANDAI_DOBEL, by=by, at=at, reason=reason, facts=facts)


def _undo_attaching(regrouping: Regrouping, reason: str, by: User, at: datetime) -> None:
    source, target = regrouping.source, regrouping.target
    reason = _checked([source, target], by, reason)
    with transaction.atomic():
        versions = _claim_in_order([source, target], [None, None])
        if why := together_refusal(target, source):
            raise ActionRefused(why)
        count = move_back(regrouping, by=by, at=at)
        if not target.case_reports.exists():
            raise ActionRefused(_("Kasus %(case)s tidak boleh kosong. Gabungkan kasusnya.") % {"case": target})
        regrouping.refresh_from_db()
        for case in (source, target):
            tell(case, versions[case.pk], CaseEvent.PINDAH_DIBATALKAN, regrouping, count=count, reason=reason)


def _checked(cases: Collection[Case], by: User, reason: str) -> str:
    for case in cases:
        require(case, Permission.REGISTER, by)
        if why := regrouping_refusal(case, by):
            raise ActionRefused(why)
    return required_text("reason", reason, LONGEST_REASON)


def _claim_in_order(cases: Collection[Case], seen: Collection[int | None]) -> dict[UUID, int]:
    """Claim both cases, always the lower id first, so that two people never wait for one another."""
    require_versions(cases, seen)
    return {case.pk: claim(case) for case in sorted(cases, key=lambda case: case.pk)}


def _leaving(case: Case, report_ids: Collection[UUID]) -> list[CaseReport]:
    """The reports that leave a case, which must keep one."""
    links = list(case.case_reports.select_related("report").order_by("report__received_at", "pk"))
    chosen = [link for link in links if link.report_id in set(report_ids)]
    if not chosen or len(chosen) != len(set(report_ids)):
        raise FactsRefused({"reports": _("Pilih laporan yang masih ada di kasus ini.")})
    if len(chosen) == len(links):
        problem = ngettext(
            "Kasus ini hanya memuat %(count)d laporan. Gabungkan kasusnya dengan kasus lain.",
            "Kasus harus menyimpan paling sedikit satu dari %(count)d laporan. Sisakan satu, atau gabungkan kasusnya.",
            len(links),
        )
        raise FactsRefused({"reports": problem % {"count": len(links)}})
    return chosen


def _fresh(regrouping: Regrouping, *cases: Case) -> Regrouping:
    for case in cases:
        case.refresh_from_db()
    return regrouping
