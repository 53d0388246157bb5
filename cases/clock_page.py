"""What pages say of the clocks: on the case, in the month's list and in the list of what is late. Reads only."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, DateTimeField, F, Func, Min
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.clocks import extending_refusal, running
from cases.deadline_rules import REPORTING, Confidence, Unit, read_rules
from cases.models import Case, ClockRun, Reminder
from cases.reminders import reminders_about
from cases.wording import Deadline, deadline, zone_name
from regions.models import Holiday, Region

# What one page of a month can hold and still be read.
MOST_OF_A_MONTH = 500
# Months no month comes before or after, as far as dates can be counted.
WITHOUT_NEIGHBOUR = frozenset({date.min, date.max.replace(day=1)})
# The deadline on the clock of the office, without a zone: https://www.postgresql.org/docs/16/functions-datetime.html
DUE_AT_OFFICE = Func(F("region__time_zone"), F("due_at"), function="timezone", output_field=DateTimeField())
CLOCK_NAMES: dict[str, Promise] = {
    REPORTING: gettext_lazy("waktu melapor"),
    "kajian_awal": gettext_lazy("kajian awal"),
    "penanganan": gettext_lazy("penanganan sesudah registrasi"),
    "gakkumdu": gettext_lazy("penerusan ke Gakkumdu"),
    "tindak_lanjut": gettext_lazy("tindak lanjut rekomendasi"),
}
UNIT_NAMES: dict[str, Promise] = {
    Unit.WORKING_DAYS: gettext_lazy("hari kerja"),
    Unit.CALENDAR_DAYS: gettext_lazy("hari kalender"),
    Unit.HOURS: gettext_lazy("jam"),
}


@dataclass(frozen=True, kw_only=True)
class ClockSheet:
    """The clock of a case, to be shown in `time_zone`, its office's. `run` is None where none runs.

    `is_provisional` says that nobody has chosen the kind of election, so by which law it runs is not known; until then
    `is_unsure`, that the figure was not read in that law, says nothing. `may_extend` offers the law's extension.
    """

    run: ClockRun | None
    name: str
    length: str
    time_zone: str
    zone: str
    is_in_hours: bool
    is_provisional: bool
    is_unsure: bool
    has_open_holidays: bool
    may_extend: bool
    reminders: list[Reminder]


@dataclass(frozen=True, kw_only=True)
class DueCase:
    """One case of a list. `due` is in the time zone `zone` of its office."""

    case: Case
    due: datetime
    zone: str
    deadline: Deadline

    @property
    def day(self) -> date:
        """The day it is due at the office."""
        return self.due.date()

    @property
    def clock_time(self) -> str:
        """The time of that day there; a template would turn it into the portal's own."""
        return f"{self.due:%H.%M}"


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """A day with something to say: deadlines, a holiday, or both."""

    day: date
    holiday: Holiday | None
    cases: list[DueCase]
    is_today: bool


@dataclass(frozen=True, kw_only=True)
class Month:
    """One month of deadlines. `has_more` says that not all of them fit."""

    first: date
    before: date
    after: date
    days: list[CalendarDay]
    has_more: bool


@dataclass(frozen=True)
class LateRegion:
    """How many cases of a region are late, and since when the oldest is."""

    region: Region
    count: int
    oldest: datetime


def clock_sheet(case: Case, *, by: User) -> ClockSheet:
    """The clock that runs on a case, by what it was computed, and the warnings about its deadline."""
    run = running(case)
    return ClockSheet(
        run=run,
        name=clock_name(run.name) if run else "",
        length=_length(run) if run else "",
        time_zone=case.region.time_zone,
        zone=zone_name(case.region.time_zone),
        is_in_hours=run is not None and run.unit == Unit.HOURS,
        is_provisional=run is not None and not case.election_kind,
        is_unsure=run is not None and bool(case.election_kind) and _is_unsure(run),
        has_open_holidays=run is not None and _has_open_holidays(run),
        may_extend=run is not None and extending_refusal(case, by) is None,
        reminders=reminders_about(case),
    )


def month_of(text: str, *, today: date) -> date:
    """The first day of a month written as 2024-10; of this month for anything else, and where time begins and ends."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return today.replace(day=1) if first in WITHOUT_NEIGHBOUR else first


def month(first: date, *, by: User, at: datetime) -> Month:
    """The deadlines of one month a person may see, day by day where the office is, and the holidays in it."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    today = at.astimezone(ZoneInfo("Asia/Jakarta")).date()
    found = _due_between(first, last, by=by, at=at)
    by_day: dict[date, list[DueCase]] = {}
    for row in found[:MOST_OF_A_MONTH]:
        by_day.setdefault(row.day, []).append(row)
    holidays = {row.day: row for row in Holiday.objects.counting().between(first, last)}
    return Month(
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=last + timedelta(days=1),
        days=[
            CalendarDay(day=day, holiday=holidays.get(day), cases=by_day.get(day, []), is_today=day == today)
            for day in sorted({*by_day, *holidays})
        ],
        has_more=len(found) > MOST_OF_A_MONTH,
    )


def late_regions(*, by: User, at: datetime) -> list[LateRegion]:
    """The regions with late cases a person may see, the most first."""
    late = Case.objects.visible_to(by).overdue(at).values("region")
    counts = late.annotate(count=Count("pk"), oldest=Min("due_at")).order_by("-count", "region")
    rows = list(counts)
    regions = Region.objects.in_bulk([row["region"] for row in rows])
    return [LateRegion(regions[row["region"]], row["count"], row["oldest"]) for row in rows]


def due_case(case: Case, *, at: datetime) -> DueCase:
    """A case with a deadline, as a list shows it. Raises ValueError for a case without one."""
    if case.due_at is None:
        raise ValueError(f"{case} has no deadline")
    zone = case.region.time_zone
    return DueCase(
        case=case,
        due=case.due_at.astimezone(ZoneInfo(zone)),
        zone=zone_name(zone),
        deadline=deadline(case.due_at, at=at, time_zone=zone),
    )


def clock_name(name: str) -> str:
    """What people call a clock."""
    return str(CLOCK_NAMES.get(name, name))


def _due_between(first: date, last: date, *, by: User, at: datetime) -> list[DueCase]:
    """One more than fit, so that the page can say so."""
    span = [datetime.combine(day, datetime.min.time(), ZoneInfo("UTC")) for day in (first, last)]
    cases = Case.objects.visible_to(by).open().select_related("region", "respondent", "assigned_to")
    # A day of margin on both sides for the time zones, which an index finds; of those, the days at each office
    near = cases.filter(due_at__gte=span[0] - timedelta(days=1), due_at__lt=span[1] + timedelta(days=2))
    there = near.alias(due_date=Cast(DUE_AT_OFFICE, DateField())).filter(due_date__range=(first, last))
    return [due_case(case, at=at) for case in there.most_urgent_first()[: MOST_OF_A_MONTH + 1]]


def _length(run: ClockRun) -> str:
    unit = UNIT_NAMES.get(run.unit, run.unit)
    if run.extended_at:
        return _("%(length)d + %(extension)d %(unit)s") % {
            "length": run.length,
            "extension": run.extension,
            "unit": unit,
        }
    return _("%(length)d %(unit)s") % {"length": run.length, "unit": unit}


def _is_unsure(run: ClockRun) -> bool:
    """Whether the figure was not read in the regulation itself."""
    clocks = [clock for rows in read_rules().clocks.values() for clock in rows]
    known = {clock.source: clock.confidence for clock in clocks if clock.name == run.name}
    return known.get(run.source) is not Confidence.READ


def _has_open_holidays(run: ClockRun) -> bool:
    """Whether the deadline rests on a holiday no officer has confirmed."""
    if run.unit != Unit.WORKING_DAYS:
        return False
    crossed = Holiday.objects.counting().between(run.started_at.date(), run.due_at.date())
    return crossed.filter(confirmed_at=None).exists()
