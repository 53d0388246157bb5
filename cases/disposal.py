"""Erasing a case whose time is over: one person proposes, another approves, a hold stops both."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import erase_words, record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.assessment import confirmed_rules
from cases.claim import claim, require_current
from cases.erasing import erase_contents, words_about
from cases.events import CaseEvent
from cases.models import Case, Disposal, LegalHold
from cases.refusals import ActionRefused
from cases.retention import due_cases, due_date, holds_elsewhere, rule_of
from cases.status import Status
from reports.models import Evidence

LONGEST_REASON = 1_000


def place_hold(*, case: Case, reason: str, by: User, at: datetime) -> LegalHold:
    """Keep a case whatever the rules say. Raises ActionRefused or FactsRefused."""
    require(case, Permission.HOLD, by)
    reason = required_text("reason", reason, LONGEST_REASON)
    if active_hold(case):
        raise ActionRefused(_("Penghapusan kasus ini sudah ditahan."))
    with transaction.atomic():
        version = claim(case)
        hold = LegalHold.objects.create(case=case, reason=reason, by=by, at=at)
        _tell(CaseEvent.PENAHANAN_DIPASANG, case, by, at, {"hold": hold.pk, "version": version})
    case.refresh_from_db()
    return hold


def lift_hold(*, case: Case, by: User, at: datetime) -> None:
    """Let the rules count again. Raises ActionRefused."""
    require(case, Permission.DISPOSE, by)
    hold = active_hold(case)
    if hold is None:
        raise ActionRefused(_("Penghapusan kasus ini tidak sedang ditahan."))
    with transaction.atomic():
        version = claim(case)
        LegalHold.objects.filter(pk=hold.pk).update(lifted_by=by, lifted_at=at)
        _tell(CaseEvent.PENAHANAN_DICABUT, case, by, at, {"hold": hold.pk, "version": version})
    case.refresh_from_db()


def propose_disposal(*, case: Case, by: User, at: datetime, seen_version: int | None = None) -> Disposal:
    """The first of two people wants a case erased whose time is over. Raises ActionRefused."""
    require(case, Permission.DISPOSE, by)
    require_current(case, seen_version)
    _require_due(case, at)
    if waiting_disposal(case):
        raise ActionRefused(_("Penghapusan kasus ini sudah diusulkan dan menunggu orang kedua."))
    with transaction.atomic():
        version = claim(case)
        disposal = Disposal.objects.create(
            case=case, rule=rule_of(case).name, due_on=due_date(case), proposed_by=by, proposed_at=at
        )
        _tell(CaseEvent.PENGHAPUSAN_DIUSULKAN, case, by, at, {"retention_rule": disposal.rule, "version": version})
    case.refresh_from_db()
    return disposal


def reject_disposal(*, case: Case, by: User, at: datetime, seen_version: int | None = None) -> None:
    """Whoever may approve, and the proposer too, can say no. Raises ActionRefused."""
    require(case, Permission.DISPOSE, by)
    require_current(case, seen_version)
    disposal = _require_waiting(case)
    with transaction.atomic():
        version = claim(case)
        Disposal.objects.filter(pk=disposal.pk).update(rejected_by=by, rejected_at=at)
        _tell(CaseEvent.PENGHAPUSAN_DITOLAK, case, by, at, {"version": version})
    case.refresh_from_db()


def approve_disposal(*, case: Case, by: User, at: datetime, seen_version: int | None = None) -> Disposal:
    """The second person agrees: the case is erased and a tombstone is left. Cannot be undone.

    Rule and hold are judged again, with the case's row locked. Raises ActionRefused with nothing erased.
    """
    require(case, Permission.DISPOSE, by)
    require_current(case, seen_version)
    disposal = _require_waiting(case)
    if disposal.proposed_by_id == by.pk:
        raise ActionRefused(_("Penghapusan harus disetujui orang lain. Minta rekan yang berwenang memeriksanya."))
    with transaction.atomic():
        version = claim(case)
        _require_due(case, at)
        disposal.approved_by, disposal.approved_at = by, at
        disposal.rule_codes = confirmed_rules(case)
        disposal.hashes = _hashes(case)
        disposal.save(update_fields=["approved_by", "approved_at", "rule_codes", "hashes"])
        typed = words_about(case)
        erasing = _tell(CaseEvent.KASUS_DIHAPUS, case, by, at, _facts_of(disposal, version, len(typed)))
        erase_words(typed, erased_in=erasing)
        erase_contents(case=case, by=by, at=at, reason=f"retention rule {disposal.rule}, due {disposal.due_on}")
        Case.objects.filter(pk=case.pk).update(erased_at=at, assigned_to=None, assigned_at=None)
    case.refresh_from_db()
    return disposal


def active_hold(case: Case) -> LegalHold | None:
    """The hold that keeps the case now."""
    return next((hold for hold in case.legal_holds.all() if hold.lifted_at is None), None)


def waiting_disposal(case: Case) -> Disposal | None:
    """The proposal that waits for a second person."""
    waiting = (row for row in case.disposals.all() if row.approved_at is None and row.rejected_at is None)
    return next(waiting, None)


def tombstone(case: Case) -> Disposal:
    """What is left to say of an erased case. Raises Disposal.DoesNotExist for one that is not."""
    return Disposal.objects.select_related("proposed_by", "approved_by").get(case=case, approved_at__isnull=False)


def _require_waiting(case: Case) -> Disposal:
    disposal = waiting_disposal(case)
    if disposal is None:
        raise ActionRefused(_("Belum ada usulan penghapusan untuk kasus ini."))
    return disposal


def _require_due(case: Case, at: datetime) -> None:
    if active_hold(case):
        raise ActionRefused(
            _("Penghapusan kasus ini sedang ditahan. Cabut penahanannya lebih dulu bila sudah selesai.")
        )
    if holds_elsewhere(case).exists():
        raise ActionRefused(_("Sebagian laporannya berasal dari kasus yang ditahan, jadi kasus ini ikut ditahan."))
    if case.status != Status.SELESAI or not due_cases(at=at).filter(pk=case.pk).exists():
        raise ActionRefused(_("Masa simpan kasus ini belum lewat."))


def _hashes(case: Case) -> list[str]:
    pictures = Evidence.objects.filter(report__case_link__case=case).order_by("received_at", "position", "pk")
    return list(pictures.values_list("sha256", flat=True))


def _facts_of(disposal: Disposal, version: int, words: int) -> dict[str, object]:
    """What the event of an erasing says; the database erases words of the audit only for two different people."""
    return {
        "retention_rule": disposal.rule,
        "due_on": disposal.due_on,
        "disposal": disposal.pk,
        "proposed_by": disposal.proposed_by_id,
        "proposed_at": disposal.proposed_at,
        "words": words,
        "version": version,
    }


def _tell(event: CaseEvent, case: Case, by: User, at: datetime, details: dict[str, object]) -> int:
    return record(action=event, by=by, at=at, subject_kind="case", subject_id=case.pk, details=details)
