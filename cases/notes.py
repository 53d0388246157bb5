"""Internal remarks of the case team, and Kesbangpol's proposals to Bawaslu."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.copies import is_own_house
from cases.events import CaseEvent
from cases.mentions import as_heading, require_mentionable
from cases.models import Case, Mention, Note


def add_note(*, case: Case, text: str, by: User, at: datetime, mentioned: Collection[User] = ()) -> Note:
    """Write an internal remark; those mentioned find it in their inbox. Raises FactsRefused or ActionRefused."""
    require(case, Permission.WRITE_NOTES, by)
    require_mentionable(case, mentioned, by=by)
    return _write(case, text, CaseEvent.CATATAN_DITULIS, by, at, mentioned)


def propose(*, case: Case, text: str, by: User, at: datetime) -> Note:
    """Propose a step to Bawaslu, which alone can take it. Raises ActionRefused."""
    require(case, Permission.PROPOSE, by)
    return _write(case, text, CaseEvent.USULAN_DITULIS, by, at, ())


def readable_notes(case: Case, *, by: User) -> list[Note]:
    """Remarks and proposals this person may read, oldest first.

    The accused's own house does not read what was written before the case was shared with it: who wrote it, and whom
    it guesses to be the reporter, counted on that. What the same office wrote itself stays readable to it.
    """
    notes = list(case.notes.all())
    if not is_own_house(case, by):
        return notes
    shared_at = case.shared_with_kesbangpol_at
    return [note for note in notes if (shared_at and note.at > shared_at) or _is_of_the_office(note, by)]


def _is_of_the_office(note: Note, by: User) -> bool:
    return (note.by.role, note.by.region_code) == (by.role, by.region_code)


def _write(case: Case, text: str, event: CaseEvent, by: User, at: datetime, mentioned: Collection[User]) -> Note:
    text = required_text("text", text)
    if mentioned:
        text = f"{as_heading(mentioned)}\n{text}"
    with transaction.atomic():
        note = Note.objects.create(case=case, text=text, is_proposal=event is CaseEvent.USULAN_DITULIS, by=by, at=at)
        Mention.objects.bulk_create(Mention(note=note, user=person) for person in mentioned)
        details: dict[str, object] = {"note": note.pk}
        if mentioned:
            details["mentioned"] = [person.pk for person in mentioned]
        record(action=event, by=by, at=at, subject_kind="case", subject_id=case.pk, details=details)
    return note
