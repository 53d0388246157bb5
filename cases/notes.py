"""Internal remarks of the case team, and Kesbangpol's proposals to Bawaslu."""

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.models import Case, Note


def add_note(*, case: Case, text: str, by: User, at: datetime) -> Note:
    """Write an internal remark. Raises ActionRefused."""
    require(case, Permission.WRITE_NOTES, by)
    return _write(case, text, CaseEvent.CATATAN_DITULIS, by, at)


def propose(*, case: Case, text: str, by: User, at: datetime) -> Note:
    """Propose a step to Bawaslu, which alone can take it. Raises ActionRefused."""
    require(case, Permission.PROPOSE, by)
    return _write(case, text, CaseEvent.USULAN_DITULIS, by, at)


def _write(case: Case, text: str, event: CaseEvent, by: User, at: datetime) -> Note:
    text = required_text("text", text)
    with transaction.atomic():
        note = Note.objects.create(case=case, text=text, is_proposal=event is CaseEvent.USULAN_DITULIS, by=by, at=at)
        record(action=event, by=by, at=at, subject_kind="case", subject_id=case.pk, details={"note": note.pk})
    return note
