"""Days off: new cases are not given to who is away, and the old ones show at the colleague who covers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.events import CaseEvent
from cases.models import Leave
from cases.refusals import ActionRefused, FactsRefused


def colleagues(user: User) -> list[User]:
    """Who works on cases in the same office: same role, same region, active."""
    same = User.objects.filter(role=user.role, region_code=user.region_code, is_active=True)
    return [person for person in same.order_by("username") if person.may(Permission.TRIAGE)]


def leaves_on(day: date) -> QuerySet[Leave]:
    """Leaves that hold on a day."""
    return Leave.objects.filter(first__lte=day, last__gte=day, ended_at=None)


@dataclass(frozen=True)
class LeaveRow:
    """A leave on the list of an office, and whether this person can end it."""

    leave: Leave
    may_end: bool


def leave_rows(user: User, *, day: date) -> list[LeaveRow]:
    """Leaves of the office that hold on the day or begin later, the earliest first."""
    standing = Leave.objects.filter(user__in=colleagues(user), last__gte=day, ended_at=None)
    own = set(standing.filter(_may_end(user)).values_list("pk", flat=True))
    rows = standing.select_related("user", "cover").order_by("first", "pk")
    return [LeaveRow(leave, may_end=leave.pk in own) for leave in rows]


def covered_by(user: User, day: date) -> QuerySet[Leave]:
    """Leaves during which this person looks after somebody's cases."""
    return leaves_on(day).filter(cover=user)


def away_on(day: date) -> set[int]:
    """Keys of the people who are away."""
    return set(leaves_on(day).values_list("user_id", flat=True))


def plan_leave(*, first: date, last: date, cover: User, by: User, at: datetime, who: User | None = None) -> Leave:
    """Days off with a colleague who covers: one's own, or of `who` in the same office, who may be ill.

    Raises ActionRefused or FactsRefused.
    """
    if not by.may(Permission.TRIAGE):
        raise ActionRefused(_("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()})
    if last < first:
        raise FactsRefused({"last": _("Hari terakhir mendahului hari pertama. Perbaiki salah satunya.")})
    who, office = who or by, colleagues(by)
    if who not in office:
        raise FactsRefused({"who": _("Pilih rekan sekantor.")})
    if cover.pk == who.pk or cover not in office:
        raise FactsRefused({"cover": _("Pilih rekan sekantor sebagai pengganti.")})
    with transaction.atomic():
        # One row after the other for these two, so that they cannot be away and cover for one another at once.
        list(User.objects.select_for_update(no_key=True).filter(pk__in=[who.pk, cover.pk]).order_by("pk"))
        _check_overlaps(first, last, cover, who)
        leave = Leave.objects.create(user=who, first=first, last=last, cover=cover, by=by, at=at)
        _tell(CaseEvent.CUTI_DICATAT, leave, by, at)
    return leave


def end_leave(*, leave_id: int, by: User, at: datetime) -> None:
    """Back early, or never gone. For oneself, or by who recorded it; raises ActionRefused."""
    with transaction.atomic():
        standing = Leave.objects.select_for_update(no_key=True).filter(pk=leave_id, ended_at=None)
        leave = standing.filter(_may_end(by)).first()
        if leave is None:
            raise ActionRefused(_("Cuti ini bukan milik atau catatan Anda, atau sudah diakhiri."))
        Leave.objects.filter(pk=leave.pk).update(ended_at=at)
        _tell(CaseEvent.CUTI_DIAKHIRI, leave, by, at)


def _may_end(person: User) -> Q:
    """Whose leaves this person can end: their own, and those they recorded."""
    return Q(user=person) | Q(by=person)


def _check_overlaps(first: date, last: date, cover: User, who: User) -> None:
    meanwhile = Leave.objects.filter(first__lte=last, last__gte=first, ended_at=None)
    if meanwhile.filter(user=who).exists():
        words = _("Cuti %(who)s pada hari-hari itu sudah dicatat. Akhiri yang lama lebih dulu.")
        raise FactsRefused({"first": words % {"who": who}})
    if meanwhile.filter(user=cover).exists():
        raise FactsRefused({"cover": _("%(who)s juga cuti pada hari-hari itu. Pilih rekan lain.") % {"who": cover}})
    if meanwhile.filter(cover=who).exists():
        words = _("%(who)s menggantikan rekan pada hari-hari itu. Sepakati dulu siapa gantinya.")
        raise FactsRefused({"first": words % {"who": who}})


def _tell(event: CaseEvent, leave: Leave, by: User, at: datetime) -> None:
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="leave",
        subject_id=str(leave.pk),
        details={"first": leave.first, "last": leave.last, "user": leave.user_id, "cover": leave.cover_id},
    )
