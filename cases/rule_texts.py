"""A rule of the catalogue in words for reviewers. Pure: a row of a catalogue in, texts out.

What the table threatens is said as the table's maximum, never as a forecast; where sources contradict one
another no level is named; a penal threat is marked as the text once enacted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

Row = Mapping[str, object]

LEVELS = {
    "moral": gettext_lazy("sanksi moral"),
    "ringan": gettext_lazy("hukuman disiplin ringan"),
    "sedang": gettext_lazy("hukuman disiplin sedang"),
    "berat": gettext_lazy("hukuman disiplin berat"),
    "pdth": gettext_lazy("pemberhentian tidak dengan hormat"),
}
# Answers of the machine that are no rule
NO_VIOLATION = {
    "NONE_NOT_ASN": gettext_lazy("Tampaknya bukan ASN"),
    "NONE_NEUTRAL": gettext_lazy("Tampaknya ASN, tetapi perbuatannya dibolehkan"),
    "NONE_OFFTOPIC": gettext_lazy("Tampaknya bukan soal netralitas ASN"),
}
STAGES = {
    "bakal_calon": gettext_lazy("sebelum penetapan calon"),
    "calon": gettext_lazy("sesudah penetapan calon"),
    "any": gettext_lazy("kapan saja"),
}


@dataclass(frozen=True)
class RuleText:
    """What a page says of a rule. `caution` is what a reader must know before using `sanction`; may be empty."""

    code: str
    title: str
    stage: str
    sanction: str
    caution: str
    sources: tuple[str, ...]


def rule_text(code: str, row: Row | None) -> RuleText:
    """The texts of a rule; one that the catalogue lacks is named by its code alone."""
    if row is None:
        return RuleText(code, _("Aturan ini tidak ada dalam versi katalog ini"), "", "", "", ())
    sanction, caution = _sanction(row.get("sanction"))
    bases = row.get("legal_basis")
    sources = (
        tuple(str(basis["ref"]) for basis in bases if isinstance(basis, Mapping)) if isinstance(bases, list) else ()
    )
    return RuleText(
        code=code,
        title=title_of(row),
        stage=str(STAGES.get(str(row.get("stage")), "")),
        sanction=sanction,
        caution=caution,
        sources=sources,
    )


def rows_by_code(content: object) -> dict[str, Row]:
    """The rows of a catalogue version's content."""
    rows = content.get("rows") if isinstance(content, Mapping) else None
    return {str(row["code"]): row for row in rows} if isinstance(rows, list) else {}


def title_of(row: Row) -> str:
    """A rule's title in the language of the page, in Indonesian where it was not translated."""
    titles = row.get("title")
    if not isinstance(titles, Mapping):
        return str(row["code"])
    language = (get_language() or "")[:2]
    return str(titles.get(language) or titles["id"])


def _sanction(sanction: object) -> tuple[str, str]:
    """What the table threatens, and the caution that goes with it."""
    if not isinstance(sanction, Mapping):
        return "", ""
    if sanction.get("conflict"):
        return (
            _("Tingkat sanksi tidak ditampilkan"),
            _("Sumber hukum yang ada saling bertentangan tentang tingkatnya. Periksa naskah aslinya lebih dulu."),
        )
    if sanction.get("as_enacted"):
        return (
            _("Jalur pidana, ancaman sebagaimana diundangkan: %(text)s") % {"text": sanction["as_enacted"]},
            str(sanction.get("warning") or _("Penanganannya lewat Gakkumdu.")),
        )
    level = LEVELS.get(str(sanction.get("level")))
    if level is None:
        return _("Tingkat ditentukan oleh badan yang berwenang"), ""
    words = _("%(level)s, paling berat menurut tabel, bukan ramalan") % {"level": _sentence(str(level))}
    return words, str(sanction.get("conflict_note") or "")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
