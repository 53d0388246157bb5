"""Loads the demo: every step of every story in the order of time, through the doors people use."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from cases.actions import Action
from cases.demo import keeping
from cases.demo.arriving import Arrivals, was_sent, work_off
from cases.demo.people import Staff, create_staff
from cases.demo.steps import StepContext, take_step
from cases.demo.stories import PlannedStep, Story, read_stories
from cases.demo.timing import Calendar
from cases.models import Case
from regions.models import Region
from reports.models import Report

# Its report tells whether the demo is there; everything is loaded in one transaction.
FIRST = "pemilu-01"
TAKE = PlannedStep(day=0, do="take", facts={})


@dataclass(frozen=True)
class Loaded:
    """How much there is: reports that became cases, and reports left to the worker. Nothing: it was there before."""

    cases: int = 0
    live: int = 0


@dataclass(frozen=True, order=True)
class _Happening:
    """Something that happened in a story; `step` is -1 for the arrival. Sorted by time."""

    at: datetime
    story: int
    step: int


@dataclass
class _Stage:
    """What has come to be while the stories are told."""

    stories: list[Story]
    calendars: list[Calendar]
    staff: Staff
    arrivals: Arrivals
    cases: dict[str, Case] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def load_demo(*, at: datetime) -> Loaded:
    """Load the demo as it looks at a moment, completely or not at all; a second time nothing happens.

    Raises stories.BadStory, people.NameTaken, or what a use case raises where a story asks for what nobody may do.
    """
    if was_sent(FIRST):
        return Loaded()
    stories = read_stories()
    zones = dict(Region.objects.values_list("code", "time_zone"))
    stage = _Stage(
        stories=stories,
        calendars=[Calendar(story, at, ZoneInfo(zones[story.region])) for story in stories],
        staff=create_staff(),
        arrivals=Arrivals(secrets.token_hex(16)),
    )
    for happening in sorted(_happenings(stage)):
        _tell(stage, happening)
    keeping.keep(keeping.CODES, "\n".join(code for _key, code in sorted(stage.codes.items())))
    return Loaded(cases=len(stage.cases), live=len(stories) - len(stage.cases))


def _happenings(stage: _Stage) -> Iterator[_Happening]:
    for number, calendar in enumerate(stage.calendars):
        yield _Happening(calendar.received_at, number, -1)
        for step, moment in enumerate(calendar.step_times()):
            yield _Happening(moment, number, step)


def _tell(stage: _Stage, happening: _Happening) -> None:
    story, calendar = stage.stories[happening.story], stage.calendars[happening.story]
    if happening.step < 0:
        _arrive(stage, story, calendar)
        return
    if happening.step == 0:
        _do(stage, story, calendar, TAKE, happening.at)
    _do(stage, story, calendar, story.steps[happening.step], happening.at)


def _arrive(stage: _Stage, story: Story, calendar: Calendar) -> None:
    at = calendar.received_at
    code = stage.arrivals.send(story, act_date=calendar.act_date, at=at)
    if story.show_code:
        stage.codes[story.key] = code
    if story.live:
        return
    report = stage.reports[story.key] = stage.arrivals.report_of(story)
    stage.cases[story.key] = work_off(report, story, at=at)


def _do(stage: _Stage, story: Story, calendar: Calendar, plan: PlannedStep, at: datetime) -> None:
    case = stage.cases[story.key]
    context = StepContext(
        plan=plan,
        by=_who(stage.staff, story, plan),
        at=at,
        report=stage.reports[story.key],
        calendar=calendar,
        cases=stage.cases,
    )
    stage.cases[story.key] = take_step(case, context)
    if "other" in plan.facts:
        # Joining cases is a step on both.
        stage.cases[plan.facts["other"]].refresh_from_db()


def _who(staff: Staff, story: Story, plan: PlannedStep) -> User:
    """Whoever the plan names; else the story's officer, or a colleague for the letter that needs two people."""
    if plan.by:
        return staff.users[plan.by]
    officers = staff.officers_of(story.region)
    first = staff.users[story.officer] if story.officer else officers[0]
    if plan.do == Action.KIRIM_REKOMENDASI:
        return next(officer for officer in officers if officer.pk != first.pk)
    return first
