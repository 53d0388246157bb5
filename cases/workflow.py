"""The one door to the status of a case. Nothing else writes it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from cases.access import erased_refusal, require_visible
from cases.actions import Action
from cases.claim import hold, require_current
from cases.clocks import turn_clock
from cases.deadlines import end_of_day
from cases.facts import Completion, Facts, StatusCorrection, text_problem
from cases.letters.issuing import acknowledge, tell_the_end, withdraw_notices_of_the_end
from cases.models import Case
from cases.recording import Recorded, Step
from cases.records import RECORDERS, outcome_of
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.respondent_access import close_with_step
from cases.status import Status
from cases.status_guard import keep_to_the_roads, let_correct
from cases.transitions import STARTING_IN, TRANSITIONS, Transition
from regions.models import Region

__all__ = [
    "TRANSITIONS",
    "Action",
    "ActionRefused",
    "FactsRefused",
    "NotVisible",
    "SomebodyWasFaster",
    "Transition",
    "available_actions",
    "perform",
    "refusal",
]

LONGEST_REASON = 4_000


def refusal(case: Case, action: Action, by: User) -> str | None:
    """Why this person cannot take the step on the case as it is, in plain words; None when they can.

    The only judge of steps. Whether the person may see the case at all is `CaseQuerySet.visible_to`.
    """
    if why := erased_refusal(case):
        return why
    transition = TRANSITIONS[action]
    if case.status not in transition.sources:
        return _("«%(action)s» tidak bisa dilakukan saat kasus berstatus «%(status)s».") % {
            "action": action.label,
            "status": Status(case.status).label,
        }
    if not by.may(transition.permission):
        return _("Peran Anda (%(role)s) tidak berwenang melakukan «%(action)s».") % {
            "role": by.get_role_display(),
            "action": action.label,
        }
    return transition.guard(case, by) if transition.guard else None


def available_actions(case: Case, by: User) -> list[Action]:
    """The steps this person can take now, in the order of the buttons; what an office is offered has its own page."""
    # Most steps do not start here; the words of their refusals would cost more than the answer.
    own = (action for action in STARTING_IN[Status(case.status)] if TRANSITIONS[action].is_offered_to is None)
    return [action for action in own if refusal(case, action, by) is None]


def perform(
    *,
    case: Case,
    action: Action,
    by: User,
    at: datetime,
    reason: str = "",
    facts: Facts | None = None,
    seen_version: int | None = None,
) -> Case:
    """Take one step: judge, claim the case, write what the step records, its deadline and one audit event.

    `seen_version` is the version on the page the person acted on. Returns the case as it is now.
    Raises NotVisible, SomebodyWasFaster, FactsRefused (names the field) or another ActionRefused; nothing is
    written then. Raises TypeError when `facts` is not of the class the table names.
    """
    _require_reachable(case, action, by)
    require_current(case, seen_version)
    if why := refusal(case, action, by):
        raise ActionRefused(why)
    _check_input(case, action, at, reason, facts)
    step = Step(case=case, by=by, at=at, reason=reason.strip(), given=facts)
    with transaction.atomic():
        version = hold(case)
        target = _target(case, action, facts)
        recorded = RECORDERS[action](step) if action in RECORDERS else Recorded()
        changes = _changes(step, action, target) | {"due_at": _due_at(step, target, recorded)} | dict(recorded.changes)
        close_with_step(case=case, target=target, by=by, at=at)
        _write(case, action, changes | {"version": version})
        _write_to_reporters(step, action, target)
        _tell(step, action, target, version, recorded)
    case.refresh_from_db()
    return case


def _require_reachable(case: Case, action: Action, by: User) -> None:
    """Raises NotVisible for a case that is neither visible nor offered to this person."""
    is_offered_to = TRANSITIONS[action].is_offered_to
    if is_offered_to is None or not is_offered_to(case, by):
        require_visible(case, by)


def _check_input(case: Case, action: Action, at: datetime, reason: str, facts: Facts | None) -> None:
    transition = TRANSITIONS[action]
    if type(facts) is not (transition.facts or type(None)):
        raise TypeError(f"{action} takes {transition.facts}, not {type(facts)}")
    today = at.astimezone(ZoneInfo(case.region.time_zone)).date()
    problems = facts.problems(today) if facts else {}
    if (transition.needs_reason or reason.strip()) and (problem := text_problem(reason, LONGEST_REASON)):
        problems = problems | {"reason": problem}
    if problems:
        raise FactsRefused(problems)


def _target(case: Case, action: Action, facts: Facts | None) -> Status:
    if returns_to := TRANSITIONS[action].returns_to:
        return returns_to(case)
    if isinstance(facts, StatusCorrection):
        return facts.target
    target = TRANSITIONS[action].target
    if target is None:
        raise TypeError(f"{action} needs facts that name a status")
    return target


def _write(case: Case, action: Action, changes: Mapping[str, object]) -> None:
    """The database checks the step once more; of a correction it has to be told."""
    is_correction = TRANSITIONS[action].target is None
    if is_correction:
        let_correct(case.pk)
    Case.objects.filter(pk=case.pk).update(**changes)
    if is_correction:
        keep_to_the_roads()


def _changes(step: Step, action: Action, target: Status) -> dict[str, object]:
    changes: dict[str, object] = {"status": target}
    if target != step.case.status or action is Action.ALIHKAN:
        changes["status_since"] = step.at
    if target == Status.SELESAI:
        changes["outcome"] = outcome_of(action, Status(step.case.status))
    return changes


def _due_at(step: Step, target: Status, recorded: Recorded) -> datetime | None:
    """The deadline of the status the case enters: the law's, or the day the reporter was given.

    What is recorded with a deadline has seen to the clocks itself.
    """
    if "due_at" in recorded.changes:
        return cast("datetime | None", recorded.changes["due_at"])
    region = cast("Region", recorded.changes.get("region", step.case.region))
    law = turn_clock(case=step.case, target=target, at=step.at, time_zone=region.time_zone)
    day = _day_given(step) if target == Status.PERBAIKAN else None
    return end_of_day(day, region.time_zone) if day else law


def _day_given(step: Step) -> date | None:
    """Until when the reporter may complete; after a correction the day they were given before, if ever."""
    if isinstance(step.given, Completion):
        return step.given.due_date
    asked = AuditEvent.objects.about(step.case.pk).filter(action=Action.MINTA_PERBAIKAN)
    days = asked.order_by("-id").values_list("details__due_date", flat=True)
    return date.fromisoformat(day) if (day := days.first()) else None


def _write_to_reporters(step: Step, action: Action, target: Status) -> None:
    """The office that takes a laporan up says so in writing, and says at the end how it ended, if it is the end."""
    if action is Action.MULAI_KAJIAN_AWAL:
        acknowledge(case=step.case, by=step.by, at=step.at)
    elif target == Status.SELESAI:
        tell_the_end(case=step.case, by=step.by, at=step.at)
    elif step.case.status == Status.SELESAI:
        withdraw_notices_of_the_end(case=step.case, by=step.by, at=step.at)


def _tell(step: Step, action: Action, target: Status, version: int, recorded: Recorded) -> None:
    told: dict[str, object] = {"from": step.case.status, "to": str(target), "version": version}
    words: dict[str, object] = {"reason": step.reason}
    if step.given:
        told |= step.given.summary()
        words |= step.given.words()
    record(
        action=action,
        by=step.by,
        at=step.at,
        subject_kind="case",
        subject_id=step.case.pk,
        details=told | dict(recorded.details),
        words=words | dict(recorded.words),
    )
