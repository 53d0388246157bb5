"""Who works on a case: take it, hand it over, let it go."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.leave import away_on
from cases.models import Case
from cases.refusals import ActionRefused
from cases.status import Status


def take(*, case: Case, by: User, at: datetime, seen_version: int | None = None) -> Case:
    """Take a case nobody works on. Raises ActionRefused; of two who take it at once one gets it."""
    _require_open(case, by, seen_version)
    if case.assigned_to_id is not None:
        raise ActionRefused(
            _("Kasus ini sudah dipegang %(who)s. Minta penyerahan bila perlu.") % {"who": case.assigned_to}
        )
    return _assign(case, by, CaseEvent.DIAMBIL, by, at)


def giving_refusal(case: Case, by: User) -> str | None:
    """Why this person, who may work on the case, cannot give it to anybody; None when they can.

    An office of the local government takes no case from Bawaslu's hands: its people give what they hold themselves.
    """
    if not by.powers.needs_sharing or case.assigned_to_id == by.pk:
        return None
    return _("Anda hanya dapat menyerahkan kasus yang Anda pegang sendiri. Minta pemegangnya, atau Bawaslu.")


def give(*, case: Case, to: User, by: User, at: datetime, seen_version: int | None = None) -> Case:
    """Hand the case to a colleague who may see and work on it. Raises ActionRefused."""
    _require_open(case, by, seen_version)
    if why := giving_refusal(case, by):
        raise ActionRefused(why)
    if not to.may(Permission.TRIAGE) or not Case.objects.visible_to(to).filter(pk=case.pk).exists():
        raise ActionRefused(_("%(who)s tidak berwenang atas kasus ini. Pilih petugas lain.") % {"who": to})
    if to.pk in away_on(localdate(at)):
        raise ActionRefused(_("%(who)s sedang cuti. Pilih petugas lain.") % {"who": to})
    if to.pk == case.assigned_to_id:
        raise ActionRefused(_("Kasus ini memang sudah dipegang %(who)s.") % {"who": to})
    return _assign(case, to, CaseEvent.DISERAHKAN, by, at)


def release(*, case: Case, by: User, at: datetime, seen_version: int | None = None) -> Case:
    """Let the case go, so that anyone in the office can take it. Only its holder can; raises ActionRefused."""
    _require_open(case, by, seen_version)
    if case.assigned_to_id != by.pk:
        raise ActionRefused(_("Kasus ini tidak sedang Anda pegang."))
    return _assign(case, None, CaseEvent.DILEPAS, by, at)


def _require_open(case: Case, by: User, seen_version: int | None) -> None:
    require(case, Permission.TRIAGE, by)
    require_current(case, seen_version)
    if case.status == Status.SELESAI:
        raise ActionRefused(_("Kasus sudah selesai, jadi tidak perlu dipegang siapa pun."))


def _assign(case: Case, to: User | None, event: CaseEvent, by: User, at: datetime) -> Case:
    before = case.assigned_to_id
    with transaction.atomic():
        version = claim(case)
        Case.objects.filter(pk=case.pk).update(assigned_to=to, assigned_at=at if to else None)
        record(
            action=event,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "from_user": before, "to_user": to.pk if to else None},
            words={"to_name": str(to or "")},
        )
    case.refresh_from_db()
    return case
