"""Finds a row in the YAML of a table and writes fields of it anew; every other line stays as somebody wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from rules.catalogue.lined_yaml import CatalogueError, read_yaml, without_lines
from rules.catalogue.parser import TABLES

INDENT = "  "
WIDEST = 146
_WORD_LISTS = frozenset({"labels", "sources"})


class RowNotFound(LookupError):
    """No row has that code in the files, or it is written in a way whose lines cannot be told apart."""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row and where it stands: lines from 1, both inclusive. `fields` are plain values as YAML gives them."""

    file: str
    first: int
    last: int
    fields: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The code as it is written, however wrong."""
        return str(self.fields.get("code") or "")

    def holds(self, file: str, line: int) -> bool:
        """Whether a line of a file belongs to the row."""
        return file == self.file and self.first <= line <= self.last


class _Words(list[str]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """As the files of a release are written: items stand deeper than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never indentless, whatever is asked."""
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Words, lambda dumper, words: dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)
)


def rows_in(files: Mapping[str, str]) -> list[RowPlace]:
    """Every row that can be read, in the order of the tables. A file with a mistake in its YAML gives none."""
    return [place for table in TABLES for place in _rows_of(f"{table}.yaml", files[f"{table}.yaml"])]


def find_row(files: Mapping[str, str], code: str) -> RowPlace:
    """The row of a code. Raises RowNotFound."""
    for place in rows_in(files):
        if place.code == code:
            return place
    raise RowNotFound(code)


def with_fields(files: Mapping[str, str], code: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """The files with some fields of a row written anew; None takes a field out. Equal values change no line.

    Raises RowNotFound.
    """
    place = find_row(files, code)
    changed = {name: value for name, value in fields.items() if place.fields.get(name) != value}
    lines = files[place.file].split("\n")
    spans = _field_spans(place, files[place.file])
    added = [name for name in changed if name not in spans]
    for name in added:
        lines[place.last : place.last] = _written(name, changed[name])
    for name in sorted(set(changed) - set(added), key=lambda name: spans[name], reverse=True):
        first, last = spans[name]
        lines[first - 1 : last] = _written(name, changed[name], begins_row=first == place.first)
    return {**files, place.file: "\n".join(lines)}


def _rows_of(name: str, text: str) -> Iterator[RowPlace]:
    try:
        raw, node = read_yaml(name, text), yaml.compose(text, yaml.CSafeLoader)
    except (CatalogueError, yaml.YAMLError):
        return
    if not isinstance(raw, list) or not isinstance(node, yaml.SequenceNode):
        return
    lines = text.split("\n")
    for fields, row in zip(raw, node.value, strict=True):
        if isinstance(fields, dict):
            first = row.start_mark.line + 1
            yield RowPlace(name, first, _last_line(lines, first, row.end_mark.line), without_lines(fields))


def _last_line(lines: list[str], first: int, after: int) -> int:
    """The last line with content before the line numbered `after` from 0; remarks that follow belong to the next."""
    last = after
    while last > first and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return max(first, last)


def _field_spans(place: RowPlace, text: str) -> dict[str, tuple[int, int]]:
    """First and last line of each field, from 1."""
    table = yaml.compose(text, yaml.CSafeLoader)
    rows = table.value if isinstance(table, yaml.SequenceNode) else []
    row = next(node for node in rows if node.start_mark.line + 1 == place.first)
    begins = [(str(key.value), key.start_mark.line + 1) for key, _ in row.value]
    if row.flow_style or len({line for _, line in begins}) < len(begins):
        raise RowNotFound(place.code)
    ends = [line for _, line in begins[1:]] + [place.last + 1]
    lines = text.split("\n")
    return {name: (first, _last_line(lines, first, end - 1)) for (name, first), end in zip(begins, ends, strict=True)}


def _written(name: str, value: Any, *, begins_row: bool = False) -> list[str]:
    if value is None:
        return []
    text = yaml.dump(
        {name: _dressed(name, value)}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDEST, indent=2
    )
    lines = [INDENT + line for line in text.rstrip("\n").split("\n")]
    return ["- " + lines[0][len(INDENT) :], *lines[1:]] if begins_row else lines


def _dressed(name: str, value: Any) -> Any:
    """Lists of codes go on one line, as in the files of a release."""
    if isinstance(value, dict):
        return {key: _dressed(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return _Words(value) if name in _WORD_LISTS or not value else [_dressed("", inner) for inner in value]
    return value
