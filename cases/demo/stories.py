"""The demo's reports as they stand in the YAML files beside this module, checked while they are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from cases.actions import Action
from cases.status import Status
from reports.models import Lane, Platform

FOLDER = Path(__file__).parent
FILES = (
    "pemilu_2024.yaml",
    "pilkada_2024_jawa_tengah.yaml",
    "pilkada_2024_barat.yaml",
    "pilkada_2024_timur.yaml",
    "baru.yaml",
)
# What can be done to a case besides the steps of the workflow
OTHER_STEPS = frozenset(
    {"take", "share", "hand_over", "serve", "respondent", "confirm", "reject", "note", "propose", "message", "reply"}
)
LINE = "__line__"


class BadStory(ValueError):
    """An entry cannot be used; the message names file, line and field."""


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """One step on a case: `day` counts from the day of arrival, `by` is a username, `facts` is the whole entry."""

    day: int
    do: str
    by: str = ""
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One report and what became of it. Days ago count back from the moment of loading."""

    key: str
    lane: str
    region: str
    platform: str
    narrative: str
    respondent: Mapping[str, str]
    images: tuple[str, ...]
    status: str
    received: datetime | None = None
    received_days_ago: int = 0
    act_date: date | None = None
    act_days_ago: int = 0
    candidate: str = ""
    event: str = ""
    link: str = ""
    officer: str = ""
    # Left to the worker, as if somebody had just sent it
    live: bool = False
    # Its receipt code is shown with the demo logins
    show_code: bool = False
    steps: tuple[PlannedStep, ...] = field(default=())


class _LinedLoader(yaml.SafeLoader):
    """Notes for every mapping on which line it begins."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return {**found, LINE: node.start_mark.line + 1}


def read_stories(folder: Path = FOLDER) -> list[Story]:
    """Every story of the demo. Raises BadStory naming file and line."""
    return [story for name in FILES for story in read_file(folder / name)]


def read_file(path: Path) -> Iterator[Story]:
    """The stories of one file. Raises BadStory naming file and line."""
    for entry in _LinedLoader(path.read_text(encoding="utf-8")).get_single_data():
        yield _story(f"{path.name}:{entry[LINE]}", entry)


def _story(where: str, entry: dict[str, Any]) -> Story:
    values = {name: value for name, value in entry.items() if name != LINE}
    unknown = set(values) - {known.name for known in fields(Story)}
    if unknown:
        raise BadStory(f"{where}: unknown field {', '.join(sorted(unknown))}")
    _check_choice(where, "lane", values.get("lane"), Lane.values)
    _check_choice(where, "platform", values.get("platform"), Platform.values)
    _check_choice(where, "status", values.get("status"), Status.values)
    if ("received" in values) == ("received_days_ago" in values):
        raise BadStory(f"{where}: give either received or received_days_ago")
    if "received" in values:
        values["received"] = datetime.fromisoformat(values["received"])
    values["respondent"] = {name: text for name, text in values["respondent"].items() if name != LINE}
    values["images"] = tuple(values["images"])
    values["steps"] = tuple(_step(where, step) for step in values.get("steps", ()))
    return Story(**values)


def _step(where: str, entry: dict[str, Any]) -> PlannedStep:
    line = f"{where.partition(':')[0]}:{entry[LINE]}"
    _check_choice(line, "do", entry.get("do"), [*Action.values, *OTHER_STEPS])
    if not isinstance(entry.get("day"), int):
        raise BadStory(f"{line}: day must be a whole number")
    return PlannedStep(day=entry["day"], do=entry["do"], by=entry.get("by", ""), facts=entry)


def _check_choice(where: str, name: str, value: object, choices: list[str]) -> None:
    if value not in choices:
        raise BadStory(f"{where}: {name} is {value!r}; use one of {', '.join(sorted(choices))}")
