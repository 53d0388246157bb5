"""What the pages say of keeping and erasing a case. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from accounts.roles import Permission
from cases.disposal import active_hold, tombstone, waiting_disposal
from cases.models import Case, Disposal, LegalHold
from cases.retention import RetentionRule, due_cases, due_date, rule_of, rule_title, rules_of
from cases.rulebook import title_in_force
from cases.status import Status


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """How long a case is kept and what this person may do about it. `due` is None while the case is open."""

    due: date | None
    # Whether somebody read the rule's figure in an archive schedule
    is_confirmed: bool
    hold: LegalHold | None
    waiting: Disposal | None
    may_hold: bool
    may_lift: bool
    may_propose: bool
    may_approve: bool
    may_reject: bool


def keeping(case: Case, *, by: User, at: datetime) -> Keeping:
    """What the case page offers; the use cases judge again."""
    disposes, hold = by.may(Permission.DISPOSE), active_hold(case)
    finished = case.status == Status.SELESAI
    waiting = waiting_disposal(case) if finished else None
    is_due = disposes and finished and due_cases(at=at).filter(pk=case.pk).exists()
    rule = rule_of(case) if finished and disposes else None
    return Keeping(
        due=due_date(case, rule) if rule else None,
        is_confirmed=bool(rule and rule.confirmed),
        hold=hold,
        waiting=waiting,
        may_hold=by.may(Permission.HOLD) and hold is None,
        may_lift=disposes and hold is not None,
        may_propose=is_due and waiting is None,
        may_approve=is_due and waiting is not None and waiting.proposed_by_id != by.pk,
        may_reject=disposes and waiting is not None,
    )


def keeping_for(case: Case, *, by: User, at: datetime) -> Keeping | None:
    """As `keeping`, or None for somebody who has no say in it."""
    return keeping(case, by=by, at=at) if by.may(Permission.HOLD) or by.may(Permission.DISPOSE) else None


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """A case whose time is over, the rule that says so, and the proposal that waits, if any."""

    case: Case
    rule: RetentionRule
    waiting: Disposal | None


def due_rows(cases: Sequence[Case]) -> list[DueRow]:
    """What the list of due cases says of these, in two queries however many there are."""
    waiting = Disposal.objects.filter(case__in=cases, approved_at=None, rejected_at=None).select_related("proposed_by")
    by_case, rules = {row.case_id: row for row in waiting}, rules_of(cases)
    return [DueRow(case=case, rule=rules[case.pk], waiting=by_case.get(case.pk)) for case in cases]


@dataclass(frozen=True, kw_only=True)
class TombstonePage:
    """What is left to say of an erased case. `rules` are (code, title), the title empty where no longer in force.

    `kept_by` is the retention rule in words.
    """

    stone: Disposal
    kept_by: str
    rules: list[tuple[str, str]]


def tombstone_page(case: Case) -> TombstonePage:
    """The page of an erased case."""
    stone = tombstone(case)
    rules = [(code, title_in_force(code)) for code in stone.rule_codes]
    return TombstonePage(stone=stone, kept_by=rule_title(stone.rule), rules=rules)
