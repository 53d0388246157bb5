"""The English of the catalogue: one English text for every Indonesian text that a page shows.

It is kept by the Indonesian text itself, so a text that is rewritten loses its English instead of keeping a wrong one.
The made-up accounts of a row stay as people write them, in Indonesian.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from rules.catalogue.lined_yaml import LINE, CatalogueError, items, read_yaml
from rules.catalogue.rows import Catalogue, Elements, LegalBasis, Row, Sanction

FILE = "english.yaml"
# Enough of a text to find the line it begins at; what a line of YAML may hold before it.
_BEGINNING = 40
_BEFORE_TEXT = re.compile(r"""\s*(?:- )?(?:[a-z_]+: )?['"]?""")


def read_english(files: Mapping[str, str]) -> dict[str, str]:
    """English by Indonesian text; nothing for a catalogue of the time before it had English. Raises CatalogueError."""
    pairs = read_yaml(FILE, files.get(FILE, "[]"))
    if not isinstance(pairs, list):
        raise CatalogueError(f"{FILE}:1: must be a list of texts, each with id: and en:")
    english: dict[str, str] = {}
    for place, pair in enumerate(pairs, start=1):
        indonesian, words = _pair(pair, place)
        if indonesian in english:
            raise CatalogueError(f"{pair[LINE]}: this text is given twice: {indonesian}")
        english[indonesian] = words
    return english


def _pair(pair: object, place: int) -> tuple[str, str]:
    if not isinstance(pair, dict):
        raise CatalogueError(f"{FILE}:1: entry {place} must be a text with id: and en:")
    values = dict(items(pair))
    if set(values) != {"id", "en"} or not all(isinstance(text, str) and text.strip() for text in values.values()):
        raise CatalogueError(f"{pair[LINE]}: an entry holds two texts, id: and en:")
    return values["id"], values["en"]


def in_english(row: Row, english: Mapping[str, str]) -> Row | None:
    """The row with every text a page shows in English, None where one of them has no English."""
    try:
        return _reworded(row, english.__getitem__)
    except KeyError:
        return None


def without_english(catalogue: Catalogue, places: Mapping[str, str], files: Mapping[str, str]) -> tuple[str, ...]:
    """What lacks English, as warnings that begin with file:line: each once, at the first place it stands.

    `places` gives the file:line each row begins at by its code.
    """
    wanted = [(text, "meta.yaml:1", "meta") for text in (catalogue.caution, *catalogue.sanction_words.values())]
    wanted += [(text, places[code], code) for code, row in catalogue.rows.items() for text in shown_texts(row)]
    missing: dict[str, str] = {}
    for text, where, name in wanted:
        if text not in catalogue.english and text not in missing:
            missing[text] = f"{_line_of(text, where, files)}: English missing in {name}: {text}"
    return tuple(missing.values())


def shown_texts(row: Row) -> list[str]:
    """Every text of a row that its page shows and that English needs, in order."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    _reworded(row, note)
    return found


def _line_of(text: str, where: str, files: Mapping[str, str]) -> str:
    """The place a text begins at, at or after a place; that place itself where the file writes it otherwise."""
    name, _, line = where.rpartition(":")
    lines = files[name].split("\n")
    for number in range(int(line), len(lines) + 1):
        if _BEFORE_TEXT.sub("", lines[number - 1], count=1).startswith(text[:_BEGINNING]):
            return f"{name}:{number}"
    return where


def _reworded(row: Row, say: Callable[[str], str]) -> Row:
    def each(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(say(text) for text in texts)

    def perhaps(text: str) -> str:
        return say(text) if text else ""

    return replace(
        row,
        plain=say(row.plain),
        elements=_elements(row.elements, say),
        aggravating=each(row.aggravating),
        negating=each(row.negating),
        legal_basis=tuple(LegalBasis(say(b.ref), b.confidence, b.sources) for b in row.legal_basis),
        sanction=_sanction(row.sanction, perhaps),
        allowed=each(row.allowed),
        not_allowed=each(row.not_allowed),
        depends=each(row.depends),
        notes=perhaps(row.notes),
    )


def _elements(elements: Elements, say: Callable[[str], str]) -> Elements:
    return Elements(say(elements.actor), say(elements.act), say(elements.object), say(elements.channel))


def _sanction(sanction: Sanction, perhaps: Callable[[str], str]) -> Sanction:
    return replace(
        sanction,
        legal=perhaps(sanction.legal),
        conflict=perhaps(sanction.conflict),
        conflict_note=perhaps(sanction.conflict_note),
        as_enacted=perhaps(sanction.as_enacted),
        warning=perhaps(sanction.warning),
    )
