"""What the public pages of the catalogue show: rows turned into words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rules.catalogue import Catalogue, Row
from rules.current import catalogue_in_force

Words = str | Promise

TABLES: dict[str, Words] = {
    "kode_etik": _("Pelanggaran kode etik"),
    "disiplin": _("Pelanggaran disiplin"),
    "pp94": _("Larangan dalam PP 94/2021"),
    "undang_undang": _("Undang-undang pemilu dan pilkada"),
}
STAGES: dict[str, Words] = {
    "bakal_calon": _("Sebelum penetapan calon"),
    "calon": _("Sesudah penetapan calon"),
    "any": _("Kapan saja"),
}
KINDS: dict[str, Words] = {
    "sanksi_moral": _("Sanksi moral"),
    "hukuman_disiplin": _("Hukuman disiplin"),
    "pemberhentian": _("Pemberhentian tidak dengan hormat"),
    "pidana": _("Jalur pidana pemilu (Gakkumdu)"),
    "ditentukan_satgas": _("Ditentukan Satgas"),
}
LEVELS: dict[str, Words] = {"berat": _("berat"), "sedang": _("sedang"), "ringan": _("ringan")}
CERTAINTY: dict[str, Words] = {
    "sourced": _("ada sumbernya"),
    "sourced_single_press": _("satu sumber pers"),
    "inferred_for_this_row": _("disimpulkan, belum ada sumber"),
    "garbled_in_source": _("tulisan sumber rusak"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One source and its addresses."""

    key: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """One row as its page shows it."""

    row: Row
    title: str
    stage: Words
    table: Words
    sanction: Words
    level: Words
    options: tuple[str, ...]
    basis: tuple[tuple[str, Words], ...]
    counterpart: Row | None
    counterpart_stage: Words
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table with the rows that were asked for."""

    title: Words
    rows: tuple[tuple[Row, str, Words], ...]


def current_catalogue() -> Catalogue:
    """The catalogue in force today."""
    return catalogue_in_force(timezone.localdate())


def tables_of(catalogue: Catalogue, wanted: str) -> list[TablePart]:
    """The tables with the rows that hold the wanted words; every row for no word."""
    parts = []
    for table, title in TABLES.items():
        rows = [row for row in catalogue.rows.values() if row.table == table and _holds(row, wanted)]
        if rows:
            parts.append(TablePart(title, tuple((row, title_of(row), STAGES[row.stage]) for row in rows)))
    return parts


def title_of(row: Row) -> str:
    """The title in the language of the page."""
    return row.title_en if (get_language() or "").startswith("en") else row.title_id


def page_of(row: Row, catalogue: Catalogue) -> RulePage:
    """Everything the page of a row shows. A level that sources dispute is left out."""
    counterpart = catalogue.rows[row.counterpart] if row.counterpart else None
    keys = dict.fromkeys([*row.sources, *(key for basis in row.legal_basis for key in basis.sources)])
    return RulePage(
        row=row,
        title=title_of(row),
        stage=STAGES[row.stage],
        table=TABLES[row.table],
        sanction=KINDS[row.sanction.kind],
        level=LEVELS.get(row.sanction.level or "", ""),
        options=tuple(catalogue.sanction_words[option] for option in row.sanction.options),
        basis=tuple((basis.ref, CERTAINTY.get(basis.confidence, basis.confidence)) for basis in row.legal_basis),
        counterpart=counterpart,
        counterpart_stage=STAGES[counterpart.stage] if counterpart else "",
        sources=tuple(Source(key, catalogue.sources[key]) for key in keys),
    )


def _holds(row: Row, wanted: str) -> bool:
    text = " ".join((row.code, row.title_id, row.title_en, row.plain, *row.phrases, *row.not_allowed)).lower()
    return all(word in text for word in wanted.lower().split())
