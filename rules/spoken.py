"""Rows of the catalogue in the language of the page, and the words its codes stand for."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rules.catalogue import Catalogue, Row, in_english

Words = str | Promise

INDONESIAN, ENGLISH = "id", "en"

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
    "sourced_as_enacted": _("ada sumbernya, sebagaimana diundangkan"),
    "sourced_single_press": _("satu sumber pers"),
    "inferred": _("disimpulkan, belum ada sumber"),
    "inferred_for_this_row": _("disimpulkan, belum ada sumber"),
    "inferred_same_wording": _("disimpulkan dari bunyi yang sama"),
    "penalty_remembered": _("larangannya ada sumbernya, ancamannya dari ingatan"),
    "partly_remembered": _("sebagian dari ingatan, belum ada sumber"),
    "remembered": _("dari ingatan, belum ada sumber"),
    "garbled_in_source": _("tulisan sumber rusak"),
    "conflict": _("sumber tidak sepakat"),
    "uncertain": _("belum pasti"),
    "not_found": _("belum ditemukan"),
}


def page_language() -> str:
    """The language the catalogue can be read in that is nearest to the page's."""
    return ENGLISH if (get_language() or "").startswith(ENGLISH) else INDONESIAN


def title_of(row: Row) -> str:
    """The title in the language of the page."""
    return row.title_en if page_language() == ENGLISH else row.title_id


def spoken(row: Row, catalogue: Catalogue) -> tuple[Row, str]:
    """A row in the language of the page, and which language that became.

    Indonesian on an English page where one of its texts has no English yet: half a rule in each would mislead.
    """
    translated = in_english(row, catalogue.english) if page_language() == ENGLISH else None
    return (translated, ENGLISH) if translated else (row, INDONESIAN)


def spoken_words(text: str, catalogue: Catalogue) -> tuple[str, str]:
    """A text of meta.yaml in the language of the page, and which language that became."""
    words = catalogue.english.get(text) if page_language() == ENGLISH else None
    return (words, ENGLISH) if words else (text, INDONESIAN)
