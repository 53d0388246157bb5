"""How many cases each colleague has, and sharing out those nobody has."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.assignment import give
from cases.leave import away_on, colleagues
from cases.models import Case
from cases.querysets import CaseQuerySet
from cases.refusals import ActionRefused, NotVisible, SomebodyWasFaster
from cases.status import Status


@dataclass(frozen=True, kw_only=True)
class Load:
    """A colleague with the number of open cases they hold, and how many of those are late."""

    person: User
    open_cases: int
    overdue: int
    is_away: bool


def loads(user: User, *, at: datetime) -> list[Load]:
    """Everybody of the office, the least loaded first; people with as many stand by user name."""
    office, away = colleagues(user), away_on(localdate(at))
    is_open = ~Q(assigned_cases__status=Status.SELESAI)
    counted = User.objects.filter(pk__in=[person.pk for person in office]).annotate(
        held=Count("assigned_cases", filter=is_open),
        late=Count("assigned_cases", filter=is_open & Q(assigned_cases__due_at__lt=at)),
    )
    found = [
        Load(person=person, open_cases=person.held, overdue=person.late, is_away=person.pk in away)
        for person in counted.order_by("username")
    ]
    return sorted(found, key=lambda load: load.open_cases)


def unassigned(user: User) -> CaseQuerySet:
    """Open cases of the office's own region that nobody works on; those of offices below are theirs.

    Somebody whose account was closed, or who went to another office, works on nothing here any more.
    """
    code = user.region_code
    gone = Q(assigned_to__is_active=False) | ~Q(assigned_to__region_code__in=["", code[:2], code])
    own = Case.objects.visible_to(user).open().filter(region_id=code)
    return own.filter(Q(assigned_to=None) | gone).most_urgent_first()


def sharing_out_refusal(by: User) -> str | None:
    """Why this person cannot share out the office's cases; None when they can.

    Not Kesbangpol: the cases nobody has are Bawaslu's to give. It takes single ones.
    """
    if by.may(Permission.TRIAGE) and by.may(Permission.REGISTER):
        return None
    return _("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()}


@dataclass(frozen=True, kw_only=True)
class SharedOut:
    """How many cases were given, and of each that could not be: why, in plain words."""

    given: int
    refused: list[str]


def share_out(*, by: User, at: datetime) -> SharedOut:
    """Give each unassigned case of the office to whoever has the fewest then, most urgent first.

    Deterministic: of people with as many cases the first by user name gets it. Nobody on leave gets one, nobody who
    keeps out of that case. A case somebody took meanwhile is passed over. Raises ActionRefused.
    """
    if why := sharing_out_refusal(by):
        raise ActionRefused(why)
    present = [load for load in loads(by, at=at) if not load.is_away]
    if not present:
        raise ActionRefused(_("Semua petugas kantor ini sedang cuti. Serahkan kasus satu per satu."))
    people = [load.person for load in present]
    held = {load.person.pk: load.open_cases for load in present}
    given, refused = 0, []
    for case in unassigned(by).prefetch_related("recusals"):
        keeps_out = {recusal.user_id for recusal in case.recusals.all()}
        free = [person for person in people if person.pk not in keeps_out]
        try:
            taker = _give_to_first(case, sorted(free, key=lambda one: (held[one.pk], one.username)), by=by, at=at)
        except (SomebodyWasFaster, NotVisible):
            continue
        except ActionRefused as refusal:
            refused.append(str(refusal))
            continue
        held[taker.pk] += 1
        given += 1
    return SharedOut(given=given, refused=refused)


def _give_to_first(case: Case, people: list[User], *, by: User, at: datetime) -> User:
    """Give the case to the first who can have it; somebody may have gone on leave since. Raises ActionRefused."""
    why = ActionRefused(
        _("Semua petugas yang hadir mundur dari kasus itu. Tunggu rekan yang cuti, atau usulkan alih ke kantor lain.")
    )
    for person in people:
        try:
            give(case=case, to=person, by=by, at=at)
        except (SomebodyWasFaster, NotVisible):
            raise
        except ActionRefused as refused:
            why = refused
        else:
            return person
    raise why
