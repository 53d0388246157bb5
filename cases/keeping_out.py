"""Who keeps out of a case keeps out of its reports wherever they go. Called with the cases it is about held."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import OperationalError
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.events import CaseEvent
from cases.leave import away_on
from cases.models import Case, Recusal, Regrouping
from cases.refusals import ActionRefused


def keep_out_of_target(regrouping: Regrouping) -> None:
    """Reports went from the source to the target: so does who keeps out of them."""
    recusals = regrouping.source.recusals.order_by("pk")
    _carry(regrouping, recusals, to=regrouping.target_id, by=regrouping.by, at=regrouping.at)


def return_to_source(regrouping: Regrouping, *, by: User, at: datetime) -> None:
    """The reports went back, the regrouping is undone: whom it kept out of the target comes back to it.

    Who declared a conflict while the reports were in the target may have meant them, and keeps out of the source too.
    """
    derived = list(regrouping.recusals.filter(case=regrouping.target_id).order_by("pk"))
    if derived:
        _hold_onward(regrouping.target_id)
    for recusal in derived:
        _let_in(recusal, by, at)
    said_meanwhile = Recusal.objects.filter(case=regrouping.target_id, derived_from=None, at__gte=regrouping.at)
    _carry(regrouping, said_meanwhile.order_by("pk"), to=regrouping.source_id, by=by, at=at)


def hold_with_targets(case: Case) -> None:
    """Hold the rows of a case and of those its reports went to, the lower id first as everywhere."""
    rows = {case.pk, *(move.target_id for move in _moves_out_of(case.pk))}
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=rows).order_by("pk").values_list("pk"))


def follow_reports(recusal: Recusal) -> None:
    """Reports of the case went elsewhere before this was declared: the person keeps out of them there too."""
    for move in _moves_out_of(recusal.case_id):
        # Who has the other case open sees another holder than there is now.
        Case.objects.filter(pk=move.target_id).update(version=F("version") + 1)
        of_source = Recusal.objects.filter(case=move.source_id, user=recusal.user_id)
        _carry(move, of_source, to=move.target_id, by=recusal.user, at=recusal.at)


def _hold_onward(case_id: UUID) -> None:
    """Hold the cases that may be opened to somebody with this one. Raises ActionRefused while one is held elsewhere."""
    rows = {case_id}
    while further := set(_standing_out_of(*rows).values_list("target_id", flat=True)) - rows:
        rows |= further
    # The cases of the move are held already, so waiting here could be waiting for one another.
    onward = Case.objects.select_for_update(nowait=True, no_key=True).filter(pk__in=rows).order_by("pk")
    try:
        list(onward.values_list("pk"))
    except OperationalError as error:
        raise ActionRefused(_("Kasus lain yang terkait sedang diubah orang lain. Coba lagi sebentar lagi.")) from error


def _standing_out_of(*cases: UUID) -> QuerySet[Regrouping]:
    return Regrouping.objects.standing().filter(source__in=cases, moved__isnull=False).distinct()


def _moves_out_of(case_id: UUID) -> Iterator[Regrouping]:
    for move in _standing_out_of(case_id).order_by("pk"):
        yield from _with_moves_onwards(move)


def _with_moves_onwards(move: Regrouping) -> Iterator[Regrouping]:
    """Later moves of the same reports; a later move has a higher key, so this ends."""
    yield move
    later = Regrouping.objects.standing().filter(source=move.target_id, pk__gt=move.pk)
    for onwards in later.filter(moved__report__in=move.moved.values("report")).distinct().order_by("pk"):
        yield from _with_moves_onwards(onwards)


def _carry(regrouping: Regrouping, recusals: Iterable[Recusal], *, to: UUID, by: User, at: datetime) -> None:
    known = set(Recusal.objects.filter(case=to).values_list("user_id", flat=True))
    for recusal in recusals:
        if recusal.user_id not in known:
            _keep_out(regrouping, recusal, to, by, at)


def _keep_out(regrouping: Regrouping, recusal: Recusal, to: UUID, by: User, at: datetime) -> None:
    held = Case.objects.filter(pk=to, assigned_to=recusal.user_id)
    held_since = held.values_list("assigned_at", flat=True).first()
    held.update(assigned_to=None, assigned_at=None)
    derived = Recusal.objects.create(
        case_id=to, user=recusal.user, kind=recusal.kind, at=at, derived_from=regrouping, held_since=held_since
    )
    _tell(CaseEvent.MUNDUR_IKUT, derived, by, at, other=recusal.case_id)


def _let_in(recusal: Recusal, by: User, at: datetime) -> None:
    """Unless other reports in the case still keep the person out."""
    moves = Regrouping.objects.standing().filter(target=recusal.case_id, moved__isnull=False)
    if other := moves.filter(source__recusals__user=recusal.user_id).first():
        Recusal.objects.filter(pk=recusal.pk).update(derived_from=other)
        return
    source = recusal.derived_from.source_id if recusal.derived_from else recusal.case_id
    _tell(CaseEvent.MUNDUR_IKUT_DICABUT, recusal, by, at, other=source)
    recusal.delete()
    for further in Recusal.objects.filter(user=recusal.user_id, derived_from__in=_standing_out_of(recusal.case_id)):
        # Who has that case open sees another holder, or other colleagues, than there are now.
        Case.objects.filter(pk=further.case_id).update(version=F("version") + 1)
        _let_in(further, by, at)
    if recusal.held_since and _works_at(recusal.user, at):
        free = Case.objects.visible_to(recusal.user).filter(pk=recusal.case_id, assigned_to=None).open()
        free.update(assigned_to=recusal.user, assigned_at=recusal.held_since)


def _works_at(person: User, at: datetime) -> bool:
    """Whether cases can be given to the person: not after they left, nor on leave, nor in a role that handles none."""
    return person.is_active and person.may(Permission.TRIAGE) and person.pk not in away_on(localdate(at))


def _tell(event: CaseEvent, recusal: Recusal, by: User, at: datetime, *, other: UUID) -> None:
    """`other` is the case the recusal comes from, by its id only: not everybody may know its number."""
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=recusal.case_id,
        details={
            "version": Case.objects.values_list("version", flat=True).get(pk=recusal.case_id),
            "regrouping": recusal.derived_from_id,
            "other": str(other),
            "kept_out": recusal.user_id,
            "conflict": recusal.kind,
            "was_held": recusal.held_since is not None,
        },
        words={"kept_out_name": str(recusal.user)},
    )
