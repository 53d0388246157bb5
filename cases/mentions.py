"""Colleagues named on a note of the team: only who may see the case, who then finds it in the inbox.

A name is picked from a list. An @ within the text names nobody: in notes it mostly is the account of the accused.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import POWERS, Permission
from cases.events import CaseEvent
from cases.models import Case, Mention
from cases.refusals import FactsRefused, NotVisible

NOTE_ROLES = [role for role, powers in POWERS.items() if Permission.WRITE_NOTES in powers.permissions]


def mentionable(case: Case, *, by: User) -> list[User]:
    """Who else writes notes on this case: offices of the region and above that see it, without who keeps out of it."""
    offices = ["", case.region.province_code, case.region_id]
    near = User.objects.filter(is_active=True, role__in=NOTE_ROLES, region_code__in=offices)
    sees: dict[tuple[str, str], bool] = {}
    found = []
    for person in near.exclude(recusals__case=case).exclude(pk=by.pk).order_by("username"):
        # What an office sees is the same for everybody in it, once those who keep out are left out.
        office = (person.role, person.region_code)
        if office not in sees:
            sees[office] = Case.objects.visible_to(person).filter(pk=case.pk).exists()
        if sees[office]:
            found.append(person)
    return found


def require_mentionable(case: Case, people: Collection[User], *, by: User) -> None:
    """Raises FactsRefused in the same words for everybody else, so that nobody learns who works elsewhere."""
    known = {person.pk for person in mentionable(case, by=by)} if people else set()
    if any(person.pk not in known for person in people):
        raise FactsRefused({"mentioned": not_mentionable()})


def not_mentionable() -> str:
    """What is said of a name that cannot be picked, whatever the reason."""
    return _("Hanya rekan yang dapat melihat kasus ini yang dapat disebut. Pilih dari daftar.")


def as_heading(people: Collection[User]) -> str:
    """How a note says whom it is meant for: `@budi @citra`."""
    return " ".join(f"@{person.username}" for person in people)


def mark_seen(*, mention_id: int, by: User, at: datetime) -> None:
    """Tick off one's own mention; doing so again changes nothing. Raises NotVisible for anybody else's."""
    with transaction.atomic():
        mention = (
            Mention.objects.filter(pk=mention_id, user=by, note__case__in=Case.objects.visible_to(by))
            .select_related("note")
            .first()
        )
        if mention is None:
            raise NotVisible(_("Sebutan ini tidak ada atau di luar wewenang Anda."))
        if Mention.objects.filter(pk=mention.pk, seen_at=None).update(seen_at=at):
            record(
                action=CaseEvent.SEBUTAN_DILIHAT,
                by=by,
                at=at,
                subject_kind="case",
                subject_id=mention.note.case_id,
                details={"note": mention.note_id},
            )
