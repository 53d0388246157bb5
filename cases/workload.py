"""How many cases each colleague has, and sharing out those nobody has."""

import heapq
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
    """A colleague with the number of open cases they hold."""

    person: User
    open_cases: int
    is_away: bool


def loads(user: User, *, at: datetime) -> list[Load]:
    """Everybody of the office, the least loaded first; people with as many stand by user name."""
    office, away = colleagues(user), away_on(localdate(at))
    held = Count("assigned_cases", filter=~Q(assigned_cases__status=Status.SELESAI))
    counted = User.objects.filter(pk__in=[person.pk for person in office]).annotate(held=held).order_by("username")
    found = [Load(person=person, open_cases=person.held, is_away=person.pk in away) for person in counted]
    return sorted(found, key=lambda load: load.open_cases)


def unassigned(user: User) -> CaseQuerySet:
    """Open cases of the office's own region that nobody works on; those of offices below are theirs."""
    own = Case.objects.visible_to(user).open().filter(region_id=user.region_code, assigned_to=None)
    return own.most_urgent_first()


def share_out(*, by: User, at: datetime) -> int:
    """Give each unassigned case of the office to whoever has the fewest then, most urgent first; returns how many.

    Deterministic: of people with as many cases the first by user name gets it. Nobody on leave gets one. A case
    somebody took meanwhile is passed over. Raises ActionRefused.
    """
    if not by.may(Permission.TRIAGE):
        raise ActionRefused(_("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()})
    present = [load for load in loads(by, at=at) if not load.is_away]
    if not present:
        raise ActionRefused(_("Semua petugas kantor ini sedang cuti. Serahkan kasus satu per satu."))
    people = {load.person.username: load.person for load in present}
    queue = [(load.open_cases, load.person.username) for load in present]
    heapq.heapify(queue)
    given = 0
    for case in unassigned(by):
        held, name = queue[0]
        try:
            give(case=case, to=people[name], by=by, at=at)
        except (SomebodyWasFaster, NotVisible):
            continue
        heapq.heapreplace(queue, (held + 1, name))
        given += 1
    return given
