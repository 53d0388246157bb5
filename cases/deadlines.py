"""Until when a case has to leave the step it is in. Pure arithmetic over `data/deadlines.yaml`."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from cases.status import Status
from regions.working_days import add_working_days, national_holidays
from rules.models import ElectionKind

DEADLINES_FILE = Path(__file__).parent / "data" / "deadlines.yaml"
END_OF_DAY = time(23, 59, 59)
# While nobody knows which election an act belongs to, the shorter clock of the two protects the case.
KIND_WHEN_UNKNOWN = ElectionKind.PILKADA


class Unit(StrEnum):
    """How a clock counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A deadline that runs through one or more statuses."""

    name: str
    statuses: frozenset[Status]
    length: int
    extension: int
    unit: Unit
    confirmed: bool
    source: str


class BadDeadlines(ValueError):
    """The file of deadlines cannot be used; the message names the file and the entry."""


def clock_for(election_kind: str, status: str) -> Clock | None:
    """The clock that runs in a status, or None where nobody has to hurry."""
    clocks = read_clocks()[ElectionKind(election_kind or KIND_WHEN_UNKNOWN)]
    return next((clock for clock in clocks if status in clock.statuses), None)


def due_at(clock: Clock, *, start: datetime, time_zone: str, extended: bool = False) -> datetime:
    """When the clock runs out: the last second of its last day in the region, or so many hours after the start.

    `start` is aware; the day it falls on in the region is not counted.
    """
    length = clock.length + (clock.extension if extended else 0)
    if clock.unit is Unit.HOURS:
        return start + timedelta(hours=length)
    zone = ZoneInfo(time_zone)
    first_day = start.astimezone(zone).date()
    if clock.unit is Unit.CALENDAR_DAYS:
        last_day = first_day + timedelta(days=length)
    else:
        last_day = add_working_days(first_day, length, national_holidays(first_day.year))
    return end_of_day(last_day, time_zone)


def end_of_day(day: date, time_zone: str) -> datetime:
    """The last second of a day in the region."""
    return datetime.combine(day, END_OF_DAY, ZoneInfo(time_zone))


@lru_cache(maxsize=1)
def read_clocks(path: Path = DEADLINES_FILE) -> dict[ElectionKind, tuple[Clock, ...]]:
    """The clocks of each kind of election.

    Raises BadDeadlines when an entry cannot be used or a status has two clocks.
    """
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(table) != set(ElectionKind.values):
        raise BadDeadlines(f"{path.name}: expected exactly {', '.join(ElectionKind.values)}")
    return {ElectionKind(kind): _clocks(path, kind, rows) for kind, rows in table.items()}


def _clocks(path: Path, kind: str, rows: list[dict[str, object]]) -> tuple[Clock, ...]:
    clocks = tuple(_clock(path, kind, row) for row in rows)
    statuses = [status for clock in clocks for status in clock.statuses]
    if len(statuses) != len(set(statuses)):
        raise BadDeadlines(f"{path.name}: {kind}: a status has more than one clock")
    return clocks


def _clock(path: Path, kind: str, row: dict[str, object]) -> Clock:
    entry = f"{path.name}: {kind}: {row.get('name')}"
    statuses, length, extension = row.get("statuses"), row.get("length"), row.get("extension", 0)
    if not isinstance(statuses, list) or not statuses:
        raise BadDeadlines(f"{entry}: statuses must be a list")
    if not isinstance(length, int) or not isinstance(extension, int) or length < 1 or extension < 0:
        raise BadDeadlines(f"{entry}: length must be at least 1 and extension at least 0")
    try:
        return Clock(
            name=str(row["name"]),
            statuses=frozenset(Status(status) for status in statuses),
            length=length,
            extension=extension,
            unit=Unit(str(row["unit"])),
            confirmed=row["confirmed"] is True,
            source=str(row["source"]),
        )
    except (KeyError, ValueError) as error:
        raise BadDeadlines(f"{entry}: {error}") from error
