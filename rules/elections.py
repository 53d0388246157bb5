"""Reads the election events from their YAML file and refuses what does not fit, naming file and line."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rules.stage import Election

ELECTIONS_FILE = Path(__file__).resolve().parent / "data" / "election_events.yaml"
KINDS = ("pemilu", "pilkada")
CONTESTS = frozenset({"legislatif", "presiden", "kepala_daerah"})


class ElectionsError(ValueError):
    """The file of election events cannot be used; the message begins with file:line."""


def read_elections(path: Path = ELECTIONS_FILE) -> tuple[Election, ...]:
    """Every election event in the order of the file. Raises ElectionsError."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ElectionsError(f"{path.name}:{line}: {error.problem}") from error
    if not isinstance(node, yaml.SequenceNode):
        raise ElectionsError(f"{path.name}:1: must be a list of events")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    lines = [child.start_mark.line + 1 for child in node.value]
    found = tuple(_election(entry, f"{path.name}:{line}") for entry, line in zip(raw, lines, strict=True))
    codes = [election.code for election in found]
    for code in codes:
        if codes.count(code) > 1:
            raise ElectionsError(f"{path.name}:{lines[codes.index(code)]}: {code} is given twice")
    return found


def _election(raw: Mapping[str, Any], where: str) -> Election:
    try:
        election = Election(
            **{**raw, "regions": tuple(str(code) for code in raw["regions"]), "contests": tuple(raw["contests"])}
        )
    except (KeyError, TypeError) as error:
        raise ElectionsError(f"{where}: the event is missing or mistypes {error}") from error
    dates = (election.starts, election.penetapan, election.voting, election.ends)
    if not all(isinstance(day, date) for day in dates):
        raise ElectionsError(f"{where}: starts, penetapan, voting and ends must be dates like 2024-09-22")
    if list(dates) != sorted(dates):
        raise ElectionsError(f"{where}: the dates must be in the order starts, penetapan, voting, ends")
    if election.kind not in KINDS or set(election.contests) - CONTESTS:
        raise ElectionsError(f"{where}: unknown kind {election.kind!r} or contests {list(election.contests)}")
    return election
