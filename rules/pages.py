"""What the public pages of the catalogue show: rows turned into words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rules.catalogue import Catalogue, Row
from rules.current import catalogue_in_force, engine_with
from rules.searching import matching_rows
from rules.spoken import (
    CERTAINTY,
    INDONESIAN,
    KINDS,
    LEVELS,
    STAGES,
    TABLES,
    Words,
    page_language,
    spoken,
    spoken_words,
    title_of,
)

CERTAIN_OF: dict[str, Words] = {
    "row_exists_and_act": _("Perbuatannya"),
    "sanction": _("Sanksinya"),
    "legal_basis": _("Pasalnya"),
    "stage": _("Tahapnya"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One source and its addresses."""

    key: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """One article, how sure we are of it, and the keys of the sources it was read in."""

    ref: str
    certainty: Words
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row as a list names it; `lang` is the language `row` is in."""

    row: Row
    title: str
    stage: Words
    lang: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """One row as its page shows it; `lang` is the language its texts are in, its examples are always Indonesian."""

    row: Row
    lang: str
    title: str
    stage: Words
    table: Words
    sanction: Words
    level: Words
    options: tuple[str, ...]
    basis: tuple[Basis, ...]
    certainty: tuple[tuple[Words, Words], ...]
    counterpart: RowLine | None
    sources: tuple[Source, ...]

    @property
    def lacks_translation(self) -> bool:
        """Whether the page is in a language its row is not in yet."""
        return self.lang != page_language()


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table with the rows that were asked for."""

    title: Words
    rows: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class About:
    """Which catalogue a page was drawn from, and what it is not."""

    caution: str
    lang: str
    label: str
    version: str


def current_catalogue() -> Catalogue:
    """The catalogue in force today."""
    return catalogue_in_force(timezone.localdate())


def about(catalogue: Catalogue) -> About:
    """What the foot of a page says of the catalogue."""
    caution, lang = spoken_words(catalogue.caution, catalogue)
    return About(caution, lang, catalogue.label, catalogue.version[:8])


def tables_of(catalogue: Catalogue, wanted: str) -> list[TablePart]:
    """The tables with the rows that match the wanted words; every row for no word."""
    found = matching_rows(wanted, engine_with(catalogue))
    parts = (
        (title, tuple(line_of(r, catalogue) for r in found if r.table == table)) for table, title in TABLES.items()
    )
    return [TablePart(title, rows) for title, rows in parts if rows]


def line_of(row: Row, catalogue: Catalogue) -> RowLine:
    """A row as a list names it."""
    said, lang = spoken(row, catalogue)
    return RowLine(said, title_of(row), STAGES[row.stage], lang)


def page_of(row: Row, catalogue: Catalogue) -> RulePage:
    """Everything the page of a row shows. A level that sources dispute is left out."""
    said, lang = spoken(row, catalogue)
    keys = dict.fromkeys([*row.sources, *(key for basis in row.legal_basis for key in basis.sources)])
    return RulePage(
        row=said,
        lang=lang,
        title=title_of(row),
        stage=STAGES[row.stage],
        table=TABLES[row.table],
        sanction=KINDS[row.sanction.kind],
        level=LEVELS.get(row.sanction.level or "", ""),
        options=tuple(_option(option, lang, catalogue) for option in row.sanction.options),
        basis=tuple(Basis(b.ref, CERTAINTY.get(b.confidence, b.confidence), b.sources) for b in said.legal_basis),
        certainty=tuple((CERTAIN_OF.get(of, of), CERTAINTY.get(how, how)) for of, how in row.confidence.items()),
        counterpart=line_of(catalogue.rows[row.counterpart], catalogue) if row.counterpart else None,
        sources=tuple(Source(key, catalogue.sources[key]) for key in keys),
    )


def _option(option: str, lang: str, catalogue: Catalogue) -> str:
    words = catalogue.sanction_words[option]
    return words if lang == INDONESIAN else catalogue.english.get(words, words)
