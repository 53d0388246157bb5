"""When a clock runs out. Pure arithmetic: rule, start, holidays and pauses come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from cases.deadline_rules import Starts, Unit
from regions.working_days import add_working_days

END_OF_DAY = time(23, 59, 59)
NOON = time(12)
DAY = timedelta(days=1)


class Measure(Protocol):
    """What of a rule decides the last day."""

    @property
    def length(self) -> int: ...
    @property
    def extension(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def starts(self) -> str: ...


@dataclass(frozen=True)
class Pause:
    """Days on which a clock stood still: after `since`, up to and with `until`.

    The day on which the waiting begins was the office's own; the day it ends counts for nobody.
    """

    since: date
    until: date

    @classmethod
    def from_texts(cls, since: str, until: str) -> "Pause":
        """A pause as it is kept: two ISO dates."""
        return cls(date.fromisoformat(since), date.fromisoformat(until))

    def days(self) -> frozenset[date]:
        """The days that do not count."""
        return frozenset(self.since + DAY * number for number in range(1, (self.until - self.since).days + 1))


def due_at(
    clock: Measure,
    *,
    start: datetime,
    time_zone: str,
    holidays: frozenset[date],
    extended: bool = False,
    pauses: Iterable[Pause] = (),
) -> datetime:
    """When the clock runs out: the last second of its last day in the region, or so many hours after the start.

    `start` is aware; the rule says whether the day it falls on in the region is counted.
    """
    length = clock.length + (clock.extension if extended else 0)
    if clock.unit == Unit.HOURS:
        return start + timedelta(hours=length)
    first_day = start.astimezone(ZoneInfo(time_zone)).date()
    before = first_day - DAY if clock.starts == Starts.SAME_DAY else first_day
    idle = frozenset[date]().union(*(pause.days() for pause in pauses))
    if clock.unit == Unit.WORKING_DAYS:
        return end_of_day(add_working_days(before, length, holidays | idle), time_zone)
    return end_of_day(_add_calendar_days(before, length, idle), time_zone)


def end_of_day(day: date, time_zone: str) -> datetime:
    """The last second of a day in the region."""
    return datetime.combine(day, END_OF_DAY, ZoneInfo(time_zone))


def some_time_on(day: date, time_zone: str) -> datetime:
    """A moment of a day whose hour nobody knows: noon in the region, which is that day in all zones of the country."""
    return datetime.combine(day, NOON, ZoneInfo(time_zone))


def _add_calendar_days(start: date, days: int, idle: frozenset[date]) -> date:
    day = start
    while days:
        day += DAY
        days -= day not in idle
    return day
