"""The rules of `data/deadline_rules.yaml`: which clock runs in which status, and where its figures come from."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cases.status import Status
from regions.working_days import VERSION_LENGTH
from rules.catalogue.lined_yaml import LINE, CatalogueError, read_yaml, without_lines
from rules.models import ElectionKind

RULES_FILE = Path(__file__).parent / "data" / "deadline_rules.yaml"
# While nobody knows which election an act belongs to, the shorter clock of the two protects the case.
KIND_WHEN_UNKNOWN = ElectionKind.PILKADA
REPORTING = "pelaporan"


class Unit(StrEnum):
    """How a clock counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"


class Starts(StrEnum):
    """Whether the day on which something happens is counted; hours run from the moment."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"
    MOMENT = "moment"


class Confidence(StrEnum):
    """Whether the figure was read in the regulation."""

    READ = "read"
    TO_BE_CHECKED = "to_be_checked"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A deadline that runs through one or more statuses and stands still in others."""

    name: str
    statuses: frozenset[Status]
    pauses_in: frozenset[Status] = frozenset()
    # Whether the regulation says that it stands still there; None where it never does.
    pauses_confidence: Confidence | None = None
    length: int
    extension: int
    unit: Unit
    starts: Starts
    confidence: Confidence
    source: str

    @property
    def confirmed(self) -> bool:
        """Whether nobody has to check the figure any more."""
        return self.confidence is Confidence.READ


@dataclass(frozen=True, kw_only=True)
class DeadlineRules:
    """The whole file. `version` names exactly this text."""

    version: str
    escalate_after_days: int
    clocks: dict[ElectionKind, tuple[Clock, ...]]


class BadDeadlines(ValueError):
    """The file of deadlines cannot be used; the message begins with file:line."""


def clock_for(election_kind: str, status: str) -> Clock | None:
    """The clock that runs in a status, or None where nobody has to hurry."""
    return next((clock for clock in _clocks_of(election_kind) if status in clock.statuses), None)


def clock_pausing_in(election_kind: str, status: str) -> Clock | None:
    """The clock that stands still in a status, or None."""
    return next((clock for clock in _clocks_of(election_kind) if status in clock.pauses_in), None)


def clock_named(election_kind: str, name: str) -> Clock:
    """The clock of that name; every kind of election has the same ones. Raises KeyError for any other name."""
    return {clock.name: clock for clock in _clocks_of(election_kind)}[name]


def reporting_clock(election_kind: str) -> Clock:
    """The time from knowing of an act to reporting it."""
    return clock_named(election_kind, REPORTING)


def _clocks_of(election_kind: str) -> tuple[Clock, ...]:
    return read_rules().clocks[ElectionKind(election_kind or KIND_WHEN_UNKNOWN)]


@lru_cache(maxsize=1)
def read_rules(path: Path = RULES_FILE) -> DeadlineRules:
    """The rules in force. Raises BadDeadlines when an entry cannot be used or a status has two clocks."""
    text = path.read_text(encoding="utf-8")
    try:
        table = read_yaml(path.name, text)
    except CatalogueError as error:
        raise BadDeadlines(str(error)) from error
    place = f"{path.name}:1"
    days, kinds = table.get("escalate_after_days"), table.get("clocks")
    if not isinstance(days, int) or days < 1:
        raise BadDeadlines(f"{place}: escalate_after_days must be a number of days, at least 1")
    if not isinstance(kinds, dict) or set(without_lines(kinds)) != set(ElectionKind.values):
        raise BadDeadlines(f"{place}: clocks: expected exactly {', '.join(ElectionKind.values)}")
    clocks = {kind: _clocks(str(kinds[LINE]), kind, kinds[kind]) for kind in ElectionKind}
    # A case whose kind is mended goes on with the clock of the same name.
    if len({frozenset(clock.name for clock in rows) for rows in clocks.values()}) > 1:
        raise BadDeadlines(f"{place}: clocks: every kind of election needs clocks of the same names")
    return DeadlineRules(
        version=sha256(text.encode()).hexdigest()[:VERSION_LENGTH], escalate_after_days=days, clocks=clocks
    )


def _clocks(place: str, kind: str, rows: list[dict[str, Any]]) -> tuple[Clock, ...]:
    clocks = tuple(_clock(row) for row in rows)
    statuses = [status for clock in clocks for status in clock.statuses]
    if len(statuses) != len(set(statuses)):
        raise BadDeadlines(f"{place}: {kind}: a status has more than one clock")
    if [clock.name for clock in clocks].count(REPORTING) != 1:
        raise BadDeadlines(f"{place}: {kind}: expected one clock named {REPORTING}")
    return clocks


# Any: values of a file, judged here
def _clock(row: dict[str, Any]) -> Clock:
    place = f"{row[LINE]}: {row.get('name')}"
    length, extension = row.get("length"), row.get("extension", 0)
    if not isinstance(length, int) or not isinstance(extension, int) or length < 1 or extension < 0:
        raise BadDeadlines(f"{place}: length must be at least 1 and extension at least 0")
    if (row.get("unit") == Unit.HOURS) != (row.get("starts") == Starts.MOMENT):
        raise BadDeadlines(f"{place}: hours start at the moment, days on the same or the next day")
    if ("pauses_in" in row) != ("pauses_confidence" in row):
        raise BadDeadlines(f"{place}: pauses_in and pauses_confidence go together")
    try:
        return Clock(
            name=str(row["name"]),
            statuses=_statuses(place, row["statuses"]),
            pauses_in=_statuses(place, row.get("pauses_in", [])),
            pauses_confidence=Confidence(str(row["pauses_confidence"])) if "pauses_confidence" in row else None,
            length=length,
            extension=extension,
            unit=Unit(str(row["unit"])),
            starts=Starts(str(row["starts"])),
            confidence=Confidence(str(row["confidence"])),
            source=str(row["source"]),
        )
    except (KeyError, ValueError) as error:
        raise error if isinstance(error, BadDeadlines) else BadDeadlines(f"{place}: {error}") from error


def _statuses(place: str, names: object) -> frozenset[Status]:
    if not isinstance(names, list):
        raise BadDeadlines(f"{place}: statuses and pauses_in must be lists")
    return frozenset(Status(name) for name in names)
