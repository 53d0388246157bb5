"""Reads accounts from JSON lines or plain text for the commands. A bad line is reported and nothing else is lost."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from regions.loading import read_regions
from rules.elections import read_elections
from rules.engine import LABELS, Account
from rules.stage import Election, find_election, stage_of

# Names in use besides the official ones.
OTHER_NAMES = {
    "di yogyakarta": "34",
    "daerah istimewa yogyakarta": "34",
    "yogyakarta": "34",
    "diy": "34",
    "dki jakarta": "31",
    "jakarta": "31",
    "bangka belitung": "19",
    "ntb": "52",
    "ntt": "53",
}
_TEXT_FIELDS = ("screenshot_text", "province", "office", "platform")


class BadLine(ValueError):
    """A line that is no record; the message begins with its number."""


@dataclass(frozen=True, slots=True)
class Record:
    """One account; `labels` and `stage` are the right answers of a labelled file, never shown to the engine."""

    id: str
    account: Account
    labels: tuple[str, ...] = ()
    stage: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """What turns a place and a date into a stage: elections and the codes of provinces by name."""

    elections: tuple[Election, ...] = field(default_factory=read_elections)
    codes: Mapping[str, str] = field(default_factory=lambda: _province_codes())

    def account(self, raw: Mapping[str, Any], act_date: date | None) -> Account:
        """The account of a raw record with its stage worked out."""
        text, shot = scrubbed(raw["report"]), scrubbed(raw.get("screenshot_text") or "")
        province = str(raw.get("province") or "")
        code = self.codes.get(province.strip().lower(), "")
        election = find_election(act_date, region_code=code, text=f"{text} {shot}", elections=self.elections)
        return Account(
            text=text,
            screenshot_text=shot,
            act_date=act_date,
            office=str(raw.get("office") or ""),
            platform=str(raw.get("platform") or ""),
            province=province,
            stage=stage_of(act_date, election),
            event_kind=election.kind if election else "",
        )


def scrubbed(text: str) -> str:
    """Half characters that no output can carry become question marks; every offset stays."""
    return text.encode("utf-8", "replace").decode("utf-8")


def records_in(content: bytes, places: Places, *, jsonl: bool = False) -> Iterator[Record | BadLine]:
    """Every record of a file, bad lines as errors in their place.

    A file with a line that begins with a brace, or that is said to be `jsonl`, is read line by line; any other text is
    one record.
    """
    lines = content.splitlines()
    if not jsonl and not any(line.lstrip().startswith(b"{") for line in lines):
        text = content.decode("utf-8", "replace").strip()
        if text:
            yield Record("1", places.account({"report": text}, None))
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _record(number, line, places)


def _record(number: int, line: bytes, places: Places) -> Record | BadLine:
    try:
        raw = json.loads(line)
        act_date = _checked_date(raw)
        labels = _checked_labels(raw)
    except UnicodeDecodeError:
        return BadLine(f"line {number}: is not UTF-8 text")
    except json.JSONDecodeError as error:
        return BadLine(f"line {number}: is not JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return BadLine(f"line {number}: is nested too deeply")
    except ValueError as error:
        return BadLine(f"line {number}: {error}")
    account = places.account(raw, act_date)
    group = f"{account.province}|{str(act_date or '')[:7]}"
    return Record(str(raw.get("id", number)), account, labels, str(raw.get("stage") or ""), group)


def _checked_date(raw: Any) -> date | None:
    if not isinstance(raw, dict):
        raise ValueError("must be a JSON object with the field report")
    if not isinstance(raw.get("report"), str) or not raw["report"].strip():
        raise ValueError("the field report is missing, empty or no text")
    for name in _TEXT_FIELDS:
        if not isinstance(raw.get(name), str | None):
            raise ValueError(f"the field {name} must be text or null")
    value = raw.get("date")
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"the field date must be like 2024-09-22 or null, not {value!r}") from None


def _checked_labels(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The labels of a labelled record; what a file without labels holds there is its own affair."""
    labels = raw.get("labels")
    if not isinstance(labels, list):
        return ()
    return tuple(label for label in labels if label in LABELS)


def read_bytes(name: str, stdin: Iterable[bytes]) -> bytes:
    """The content of a file, or of standard input for "-"."""
    return b"".join(stdin) if name == "-" else Path(name).read_bytes()


def _province_codes() -> dict[str, str]:
    official = {region.name.lower(): region.code for region in read_regions() if not region.parent_id}
    return {**official, **OTHER_NAMES}
