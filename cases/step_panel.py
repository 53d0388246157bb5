"""What the case page offers somebody: the steps of the table as forms, and what else may be written on the case.

The use cases judge again; this only keeps pages from offering what would be refused.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.actions import Action
from cases.assignment import giving_refusal
from cases.election_kind import choosing_refusal
from cases.forms.outcomes import OUTCOME_FORMS
from cases.forms.steps import FORMS, StepForm
from cases.handover import proposing_refusal
from cases.models import Case
from cases.status import Status
from cases.transitions import TRANSITIONS
from cases.workflow import available_actions

FORM_OF = FORMS | OUTCOME_FORMS


@dataclass(frozen=True)
class StepOffer:
    """A step with its form. `becomes` says what the step does to the status."""

    action: Action
    form: StepForm
    becomes: str


@dataclass(frozen=True)
class StepPanel:
    """Steps on the way forward with their forms, and ways off the road as bare actions with a page each.

    `blocked` says of steps that role and status would allow what is still missing for them.
    """

    forward: list[StepOffer]
    aside: list[Action]
    blocked: list[str]


def step_panel(case: Case, by: User) -> StepPanel:
    """What the person can do to the case now."""
    available = available_actions(case, by)
    forward = [action for action in available if _leads_on(action)]
    return StepPanel(
        forward=[StepOffer(action, step_form(case, action, by), becomes(case, action)) for action in forward],
        aside=[action for action in available if not _leads_on(action)],
        blocked=[f"{action.label}: {why}" for action in Action if (why := _what_is_missing(case, action, by))],
    )


# Any: data of a request, as Django's forms take it
def step_form(case: Case, action: Action, by: User, data: Any = None) -> StepForm:
    """The form of one step; several can stand on one page."""
    row = TRANSITIONS[action]
    return FORM_OF[row.facts](data, case=case, by=by, needs_reason=row.needs_reason, auto_id=f"id_{action}_%s")


def becomes(case: Case, action: Action) -> str:
    """The status a step leads the case to, as a sentence."""
    row = TRANSITIONS[action]
    if row.target is None:
        return ""
    target = row.returns_to(case) if row.returns_to else row.target
    return _("Status kasus menjadi «%(status)s».") % {"status": Status(target).label}


@dataclass(frozen=True, kw_only=True)
class CasePowers:
    """What the page offers this person."""

    take: bool
    release: bool
    give: bool
    share: bool
    edit_respondent: bool
    choose_election: bool
    write_note: bool
    propose: bool
    message_reporter: bool
    regroup: bool
    recuse: bool
    record_pact: bool
    letter_link: bool
    hand_over: bool
    export: bool


def case_powers(case: Case, by: User) -> CasePowers:
    """What this person may do beside the steps of the workflow; the use cases judge again."""
    works = by.may(Permission.TRIAGE) and not case.outcome
    return CasePowers(
        take=works and case.assigned_to_id is None,
        release=works and case.assigned_to_id == by.pk,
        give=works and giving_refusal(case, by) is None,
        share=by.may(Permission.SHARE) and case.shared_with_kesbangpol_at is None,
        edit_respondent=by.may(Permission.ASSESS),
        choose_election=by.may(Permission.STUDY) and choosing_refusal(case) is None,
        write_note=by.may(Permission.WRITE_NOTES),
        propose=by.may(Permission.PROPOSE),
        message_reporter=by.may(Permission.MESSAGE_REPORTER),
        regroup=by.may(Permission.REGISTER),
        recuse=by.may(Permission.SEE_CASES),
        record_pact=by.may(Permission.CLARIFY),
        letter_link=by.may(Permission.RECOMMEND) and case.status == Status.TINDAK_LANJUT,
        hand_over=proposing_refusal(case, by) is None and not getattr(case, "is_offered", False),
        export=by.may(Permission.EXPORT_CASE),
    )


def _what_is_missing(case: Case, action: Action, by: User) -> str | None:
    row = TRANSITIONS[action]
    fits = case.status in row.sources and by.may(row.permission) and not (row.returns_to or row.is_offered_to)
    return row.guard(case, by) if fits and row.guard else None


def _leads_on(action: Action) -> bool:
    """Steps that need a reason, name another case or move it elsewhere leave the road: they get a page of their own."""
    row = TRANSITIONS[action]
    return not row.needs_reason and not FORM_OF[row.facts].leaves_the_road
