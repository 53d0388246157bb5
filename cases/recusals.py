"""Somebody keeps out of a case because of a conflict of interest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.keeping_out import follow_reports, hold_with_targets
from cases.models import Case, ConflictKind, Note, Recusal
from cases.refusals import FactsRefused


def declare_conflict(
    *, case: Case, kind: ConflictKind, note: str, by: User, at: datetime, seen_version: int | None = None
) -> Recusal:
    """From now on this person neither sees nor handles the case, and holds it no more. Only the kind is in the audit.

    The same goes for the cases its reports were moved to before. Whoever sees a case may keep out of it, also who only
    corrects, erases or checks the work. It cannot be taken back: who once had a conflict does not come back by saying
    otherwise. `note` may be empty; it becomes a note of the team, which the person does not see either. Raises
    NotVisible, FactsRefused, ActionRefused.
    """
    require(case, Permission.SEE_CASES, by)
    require_current(case, seen_version)
    if kind not in ConflictKind.values:
        raise FactsRefused({"kind": _("Pilih salah satu dari daftar.")})
    text = required_text("note", note) if note.strip() else ""
    with transaction.atomic():
        hold_with_targets(case)
        version = claim(case)
        if text:
            Note.objects.create(case=case, text=text, by=by, at=at)
        held = Case.objects.filter(pk=case.pk, assigned_to=by)
        was_held = bool(held.update(assigned_to=None, assigned_at=None))
        recusal = Recusal.objects.create(case=case, user=by, kind=kind, at=at)
        record(
            action=CaseEvent.MUNDUR,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "conflict": str(kind), "was_held": was_held},
        )
        follow_reports(recusal)
    case.refresh_from_db()
    return recusal
