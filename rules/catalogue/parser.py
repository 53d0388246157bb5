"""Reads the YAML files of the catalogue and refuses what does not fit, naming file and line."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rules.catalogue.rows import (
    ASKED_STAGES,
    STAGES,
    Catalogue,
    Elements,
    LegalBasis,
    NearMiss,
    Row,
    Sanction,
)

FOLDER = Path(__file__).resolve().parent
TABLES = ("kode_etik", "disiplin", "pp94", "undang_undang")
LABELS = frozenset(
    [
        "SOCMED_ENGAGE",
        "SOCMED_CAMPAIGN",
        "PHOTO",
        "PROPS",
        "ATTEND_DECLARATION",
        "PARTY_EVENT",
        "COMMITTEE",
        "ATTRIBUTES",
        "STATE_FACILITY",
        "MOBILISE",
        "APPEAL",
        "DECISION",
        "KTP_SUPPORT",
        "SELF_CANDIDACY",
        "PARTY_MEMBER",
        "SPOUSE",
    ]
)
NONE_LABELS = frozenset({"NONE_NOT_ASN", "NONE_NEUTRAL", "NONE_OFFTOPIC"})
SANCTION_KINDS = frozenset({"sanksi_moral", "hukuman_disiplin", "pemberhentian", "pidana", "ditentukan_satgas"})
_LINE = "__line__"
_ROW_FIELDS = frozenset(
    [
        "code",
        "stage",
        "labels",
        "title",
        "plain",
        "elements",
        "event_kind",
        "chosen_by_machine",
        "counterpart",
        "aggravating",
        "negating",
        "phrases",
        "legal_basis",
        "sanction",
        "confidence",
        "sources",
        "notes",
        "guidance",
        "examples",
    ]
)


class CatalogueError(ValueError):
    """A catalogue file that cannot be used; the message begins with file:line."""


class _LineLoader(yaml.CSafeLoader):
    """Keeps the line a mapping begins at, so that an error can name it."""


def _mapping_with_line(loader: _LineLoader, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in mapping:
            raise CatalogueError(f"{node.start_mark.name}:{key_node.start_mark.line + 1}: {key} is given twice")
        mapping[key] = loader.construct_object(value_node, deep=True)
    mapping[_LINE] = f"{Path(node.start_mark.name).name}:{node.start_mark.line + 1}"
    return mapping


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read, check and freeze the catalogue. Raises CatalogueError."""
    meta = _read(folder / "meta.yaml")
    raw_rows = [(table, row) for table in TABLES for row in _read(folder / f"{table}.yaml")]
    rows: dict[str, Row] = {}
    for table, raw in raw_rows:
        row = _row(table, raw)
        if row.code in rows:
            raise CatalogueError(f"{raw[_LINE]}: {row.code} is given twice")
        rows[row.code] = row
    sources = {key: tuple([value] if isinstance(value, str) else value) for key, value in _items(meta["sources"])}
    answers = {
        label: {stage: tuple(codes) for stage, codes in _items(by_stage)} for label, by_stage in _items(meta["answers"])
    }
    _check_links(rows, dict(raw_rows_by_code(raw_rows)), answers, sources, meta)
    return Catalogue(
        version=_digest(folder),
        label=str(meta["label"]),
        effective_date=date.fromisoformat(str(meta["effective_date"])),
        caution=str(meta["caution"]),
        instrument=str(meta["instrument"]["title"]),
        rows=rows,
        answers=answers,
        sanction_words=dict(_items(meta["sanction_words"])),
        sources=sources,
        content={"meta": without_lines(meta), "rows": [without_lines(raw) for _, raw in raw_rows]},
    )


def raw_rows_by_code(raw_rows: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pairs of code and raw row, for messages that name the line."""
    for _, raw in raw_rows:
        yield str(raw["code"]), raw


def without_lines(value: Any) -> Any:
    """The content as plain JSON values, without the line marks."""
    if isinstance(value, dict):
        return {key: without_lines(inner) for key, inner in value.items() if key != _LINE}
    if isinstance(value, list):
        return [without_lines(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _read(path: Path) -> Any:
    try:
        with path.open(encoding="utf-8") as stream:
            return _LineLoader(stream).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(f"{path.name}:{line}: {error.problem}") from error
    except OSError as error:
        raise CatalogueError(f"{path.name}:1: cannot be read: {error.strerror}") from error


def _items(mapping: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in mapping.items() if key != _LINE]


def _row(table: str, raw: dict[str, Any]) -> Row:
    where = raw[_LINE]
    unknown = {key for key, _ in _items(raw)} - _ROW_FIELDS
    if unknown:
        raise CatalogueError(f"{where}: unknown fields {sorted(unknown)}")
    _check_values(raw, where)
    try:
        return _frozen(table, raw)
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"{where}: the row is missing or mistypes {error}") from error


def _check_values(raw: Mapping[str, Any], where: str) -> None:
    if raw.get("stage") not in STAGES:
        raise CatalogueError(f"{where}: stage must be one of {', '.join(STAGES)}, not {raw.get('stage')!r}")
    wrong = set(raw.get("labels") or ()) - LABELS
    if wrong:
        raise CatalogueError(f"{where}: unknown labels {sorted(wrong)}")
    sanction = raw.get("sanction") or {}
    if sanction.get("kind") not in SANCTION_KINDS:
        raise CatalogueError(f"{where}: sanction kind must be one of {', '.join(sorted(SANCTION_KINDS))}")
    if sanction.get("as_enacted") and not sanction.get("warning"):
        raise CatalogueError(f"{where}: a penalty figure needs its warning beside it")
    if sanction.get("conflict") and sanction.get("level"):
        raise CatalogueError(f"{where}: a level must not be shown while sources disagree")


def _frozen(table: str, raw: Mapping[str, Any]) -> Row:
    guidance, examples, sanction = raw["guidance"], raw["examples"], raw["sanction"]
    return Row(
        code=str(raw["code"]),
        table=table,
        stage=str(raw["stage"]),
        labels=tuple(raw["labels"]),
        title_id=str(raw["title"]["id"]),
        title_en=str(raw["title"]["en"]),
        plain=str(raw["plain"]),
        elements=Elements(**dict(_items(raw["elements"]))),
        aggravating=tuple(raw["aggravating"]),
        negating=tuple(raw["negating"]),
        phrases=tuple(raw["phrases"]),
        legal_basis=tuple(LegalBasis(b["ref"], b["confidence"], tuple(b["sources"])) for b in raw["legal_basis"]),
        sanction=Sanction(**{**dict(_items(sanction)), "options": tuple(sanction["options"])}),
        confidence={key: str(value) for key, value in _items(raw["confidence"])},
        sources=tuple(raw["sources"]),
        allowed=tuple(guidance["allowed"]),
        not_allowed=tuple(guidance["not_allowed"]),
        depends=tuple(guidance["depends"]),
        matches=tuple(examples["match"]),
        near_misses=tuple(_near_miss(miss) for miss in examples["near_miss"]),
        counterpart=raw.get("counterpart"),
        event_kind=str(raw.get("event_kind", "")),
        chosen_by_machine=bool(raw.get("chosen_by_machine", True)),
        notes=str(raw.get("notes", "")),
    )


def _near_miss(raw: Mapping[str, Any]) -> NearMiss:
    if raw["label"] not in LABELS | NONE_LABELS:
        raise CatalogueError(f"{raw[_LINE]}: unknown label {raw['label']!r}")
    return NearMiss(str(raw["text"]), str(raw["label"]))


def _check_links(
    rows: Mapping[str, Row],
    raw: Mapping[str, Mapping[str, Any]],
    answers: Mapping[str, Mapping[str, tuple[str, ...]]],
    sources: Mapping[str, tuple[str, ...]],
    meta: Mapping[str, Any],
) -> None:
    """Every code, source and sanction word that is named must exist, and every label must have an answer."""
    for code, row in rows.items():
        where = raw[code][_LINE]
        named = {*row.sources, *(source for basis in row.legal_basis for source in basis.sources)}
        if named - set(sources):
            raise CatalogueError(f"{where}: sources without an address: {sorted(named - set(sources))}")
        if row.counterpart and (row.counterpart not in rows or rows[row.counterpart].counterpart != code):
            raise CatalogueError(f"{where}: the counterpart {row.counterpart} does not name {code} in turn")
        if set(row.sanction.options) - set(meta["sanction_words"]):
            raise CatalogueError(f"{where}: a sanction option has no words in meta.yaml")
    for label in sorted(LABELS):
        _check_answer(label, answers.get(label, {}), rows, meta["answers"][_LINE])


def _check_answer(label: str, by_stage: Mapping[str, tuple[str, ...]], rows: Mapping[str, Row], where: str) -> None:
    if set(by_stage) != set(ASKED_STAGES):
        raise CatalogueError(f"{where}: {label} needs an answer for each of {', '.join(ASKED_STAGES)}")
    for codes in by_stage.values():
        for code in codes:
            if code not in rows:
                raise CatalogueError(f"{where}: {label} names the row {code}, which does not exist")
            if not rows[code].chosen_by_machine:
                raise CatalogueError(f"{where}: {label} names {code}, which the machine must never choose")


def _digest(folder: Path) -> str:
    files = [folder / f"{name}.yaml" for name in ("meta", *TABLES)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
