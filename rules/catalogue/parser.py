"""Reads the YAML files of the catalogue and refuses what does not fit, naming file and line."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from rules.catalogue import english
from rules.catalogue.lined_yaml import LINE, CatalogueError, items, read_yaml, without_lines
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
FILES = (*(f"{name}.yaml" for name in ("meta", *TABLES)), english.FILE)
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
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
LONGEST_CODE = 20
_LISTS = ("labels", "aggravating", "negating", "phrases", "legal_basis", "sources")
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


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read, check and freeze the catalogue of a folder. Raises CatalogueError."""
    return parse_catalogue(read_files(folder))


def read_files(folder: Path = FOLDER) -> dict[str, str]:
    """The text of every file of the catalogue by its name. Raises CatalogueError."""
    texts = {}
    for name in FILES:
        try:
            texts[name] = (folder / name).read_bytes().decode("utf-8")
        except OSError as error:
            raise CatalogueError(f"{name}:1: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CatalogueError(f"{name}:1: is not UTF-8 text") from error
    return texts


def parse_catalogue(files: Mapping[str, str]) -> Catalogue:
    """Check and freeze a catalogue given as texts by file name; see FILES. Raises CatalogueError."""
    raw_rows = [(table, row) for table in TABLES for row in _raw_rows(f"{table}.yaml", files)]
    rows: dict[str, Row] = {}
    for table, raw in raw_rows:
        row = _row(table, raw)
        if row.code in rows:
            raise CatalogueError(f"{raw[LINE]}: {row.code} is given twice")
        rows[row.code] = row
    meta = read_yaml("meta.yaml", files["meta.yaml"])
    spoken = english.read_english(files)
    try:
        catalogue = _with_meta(meta, rows, spoken, effective_date=_effective_date(meta, files["meta.yaml"]))
        _check_links(catalogue, dict(_by_code(raw_rows)), meta["answers"][LINE])
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"meta.yaml:1: is missing or mistypes {error}") from error
    content = {
        "meta": without_lines(meta),
        "rows": [without_lines(raw) for _, raw in raw_rows],
        "english": catalogue.english,
    }
    return replace(
        catalogue,
        version=digest_of(files),
        content=content,
        untranslated=english.without_english(catalogue, {raw["code"]: raw[LINE] for _, raw in raw_rows}, files),
    )


def digest_of(files: Mapping[str, str]) -> str:
    """The hash that names a state of the catalogue: SHA-256, hex. A version without English keeps the one it had."""
    return hashlib.sha256(b"\0".join(files[name].encode() for name in FILES if name in files)).hexdigest()


def _raw_rows(name: str, files: Mapping[str, str]) -> list[dict[str, Any]]:
    raw = read_yaml(name, files[name])
    if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
        raise CatalogueError(f"{name}:1: must be a list of rows, each beginning with - code:")
    return raw


def _with_meta(
    meta: Mapping[str, Any], rows: Mapping[str, Row], spoken: Mapping[str, str], *, effective_date: date
) -> Catalogue:
    return Catalogue(
        version="",
        label=str(meta["label"]),
        effective_date=effective_date,
        caution=str(meta["caution"]),
        instrument=str(meta["instrument"]["title"]),
        rows=rows,
        answers={
            label: {stage: tuple(codes) for stage, codes in items(by_stage)}
            for label, by_stage in items(meta["answers"])
        },
        sanction_words=dict(items(meta["sanction_words"])),
        sources={key: tuple([value] if isinstance(value, str) else value) for key, value in items(meta["sources"])},
        english=spoken,
        untranslated=(),
        content={},
    )


def _effective_date(meta: Mapping[str, Any], text: str) -> date:
    try:
        return date.fromisoformat(str(meta["effective_date"]))
    except ValueError:
        line = text.count("\n", 0, text.find("\neffective_date") + 1) + 1
        raise CatalogueError(f"meta.yaml:{line}: effective_date must be a date like 2026-12-01") from None


def _by_code(raw_rows: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for _, raw in raw_rows:
        yield str(raw["code"]), raw


def _row(table: str, raw: dict[str, Any]) -> Row:
    where = raw[LINE]
    unknown = {key for key, _ in items(raw)} - _ROW_FIELDS
    if unknown:
        raise CatalogueError(f"{where}: unknown fields {sorted(unknown)}")
    try:
        _check_values(raw, where)
        return _frozen(table, raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{where}: the row is missing or mistypes {error}") from error


def _check_values(raw: Mapping[str, Any], where: str) -> None:
    code = raw.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise CatalogueError(f"{where}: code must be like SKB2-II-A-1, at most {LONGEST_CODE} characters")
    for name in _LISTS:
        given = raw.get(name)
        if not isinstance(given, list) or (name != "legal_basis" and not all(isinstance(word, str) for word in given)):
            raise CatalogueError(f"{where}: {name} must be a list of words; write [] for none")
    _check_law(raw, where)


def _check_law(raw: Mapping[str, Any], where: str) -> None:
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
        elements=Elements(**dict(items(raw["elements"]))),
        aggravating=tuple(raw["aggravating"]),
        negating=tuple(raw["negating"]),
        phrases=tuple(raw["phrases"]),
        legal_basis=tuple(LegalBasis(b["ref"], b["confidence"], tuple(b["sources"])) for b in raw["legal_basis"]),
        sanction=Sanction(**{**dict(items(sanction)), "options": tuple(sanction["options"])}),
        confidence={key: str(value) for key, value in items(raw["confidence"])},
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
        raise CatalogueError(f"{raw[LINE]}: unknown label {raw['label']!r}")
    return NearMiss(str(raw["text"]), str(raw["label"]))


def _check_links(catalogue: Catalogue, raw: Mapping[str, Mapping[str, Any]], answers_at: str) -> None:
    """Every code, source and sanction word that is named must exist, and every label must have an answer."""
    rows = catalogue.rows
    for code, row in rows.items():
        where = raw[code][LINE]
        named = {*row.sources, *(source for basis in row.legal_basis for source in basis.sources)}
        if named - set(catalogue.sources):
            raise CatalogueError(f"{where}: sources without an address: {sorted(named - set(catalogue.sources))}")
        if row.counterpart and (row.counterpart not in rows or rows[row.counterpart].counterpart != code):
            raise CatalogueError(f"{where}: the counterpart {row.counterpart} does not name {code} in turn")
        if set(row.sanction.options) - set(catalogue.sanction_words):
            raise CatalogueError(f"{where}: a sanction option has no words in meta.yaml")
    for label in sorted(LABELS):
        _check_answer(label, catalogue.answers.get(label, {}), rows, answers_at)


def _check_answer(label: str, by_stage: Mapping[str, tuple[str, ...]], rows: Mapping[str, Row], where: str) -> None:
    if set(by_stage) != set(ASKED_STAGES):
        raise CatalogueError(f"{where}: {label} needs an answer for each of {', '.join(ASKED_STAGES)}")
    for codes in by_stage.values():
        for code in codes:
            if code not in rows:
                raise CatalogueError(f"{where}: {label} names the row {code}, which does not exist")
            if not rows[code].chosen_by_machine:
                raise CatalogueError(f"{where}: {label} names {code}, which the machine must never choose")
