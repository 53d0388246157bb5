"""Warnings about deadlines: half the time gone, a day left, overdue, and overdue so long that the office above sees it.

Made by the clock, kept as rows, shown in the portal. There is no e-mail. Running it again makes nothing twice.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cases.deadline_rules import read_rules
from cases.models import Case, ClockRun, Reminder, ReminderKind
from cases.querysets import CaseQuerySet

ONE_DAY = timedelta(days=1)
MOST_PER_RUN = 2_000
# The gravest first: what stands for a case in a list.
GRAVEST_FIRST = tuple(reversed(ReminderKind))


def make_reminders(*, at: datetime) -> int:
    """Warn of every deadline that has come that near; returns how many new warnings there are.

    A case first looked at when it is late is not told that half the time is gone.
    """
    return sum(_make(kind, at) for kind in ReminderKind)


def reminders_of(cases: Iterable[Case]) -> dict[UUID, Reminder]:
    """The gravest warning about the deadline each case has now, by case."""
    due = {case.pk: case.due_at for case in cases if case.due_at}
    found = Reminder.objects.filter(case_id__in=due).order_by("made_at", "id")
    current = [row for row in found if row.due_at == due[row.case_id]]
    return {row.case_id: row for row in sorted(current, key=lambda row: GRAVEST_FIRST.index(_kind(row)), reverse=True)}


def reminders_about(case: Case) -> list[Reminder]:
    """The warnings about the deadline the case has now, in the order they were made."""
    now = [row for row in case.reminders.all() if row.due_at == case.due_at]
    return sorted(now, key=lambda row: (row.made_at, row.pk))


def _kind(row: Reminder) -> ReminderKind:
    return ReminderKind(row.kind)


def _make(kind: ReminderKind, at: datetime) -> int:
    told = Reminder.objects.filter(case=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))
    cases = _near(kind, at).exclude(Exists(told)).order_by("due_at", "id")[:MOST_PER_RUN]
    rows = [Reminder(case=case, kind=kind, due_at=case.due_at, made_at=at) for case in cases if case.due_at]
    # Another worker may be at it at the same moment: the database keeps one of two.
    return len(Reminder.objects.bulk_create(rows, ignore_conflicts=True))


def _near(kind: ReminderKind, at: datetime) -> CaseQuerySet:
    """Open cases whose deadline has come that near."""
    patience = timedelta(days=read_rules().escalate_after_days)
    open_cases = Case.objects.open()
    match kind:
        case ReminderKind.HALF:
            return _half_gone(open_cases, at)
        case ReminderKind.ONE_DAY:
            return open_cases.filter(due_at__lte=at + ONE_DAY, due_at__gte=at)
        case ReminderKind.OVERDUE:
            return open_cases.overdue(at)
        case ReminderKind.ESCALATED:
            return open_cases.overdue(at - patience)


def _half_gone(cases: CaseQuerySet, at: datetime) -> CaseQuerySet:
    """Half the way to the deadline is gone since the clock started; without a clock, since the status was entered."""
    run = ClockRun.objects.filter(ended_at=None, paused_at=None, case=OuterRef("pk"))
    begun = Coalesce(Subquery(run.values("started_at")[:1]), F("status_since"))
    half = ExpressionWrapper(begun + (F("due_at") - begun) / 2, output_field=DateTimeField())
    return cases.filter(due_at__gte=at).alias(half_at=half).filter(half_at__lte=at)
