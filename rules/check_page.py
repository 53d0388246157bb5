"""What the page of Cek aturan shows: a check turned into words."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rules.catalogue import Catalogue, Row
from rules.checking import ALLOWED, DEPENDS, NOT_ALLOWED, UNRECOGNISED, Check, Likely
from rules.spoken import KINDS, STAGES, Words, spoken, title_of
from rules.stage import BAKAL_CALON, CALON

HEADINGS: dict[str, Words] = {
    NOT_ALLOWED: _("Tidak boleh"),
    ALLOWED: _("Boleh"),
    DEPENDS: _("Tergantung"),
    UNRECOGNISED: _("Belum dikenali"),
}
MEANINGS: dict[str, Words] = {
    NOT_ALLOWED: _("Tulisan ini mirip dengan perbuatan yang tidak boleh dilakukan ASN. Baca aturannya di bawah."),
    ALLOWED: _("Tulisan ini mirip dengan perbuatan yang boleh dilakukan ASN. Baca juga batasnya di bawah."),
    DEPENDS: _(
        "Jawabannya bergantung pada keadaan: apa yang diketahui dan dilakukan orang itu. "
        "Hal itu ditanyakan dulu dalam klarifikasi, tidak langsung dianggap melanggar."
    ),
    UNRECOGNISED: _(
        "Kata-kata ini belum cukup untuk menunjuk aturan. Tulis siapa yang berbuat, apa perbuatannya, dan untuk "
        "calon atau partai mana, atau cari di daftar aturan."
    ),
}
_NEGATION = "bukan: "
_PACT = re.compile(r"\bpa[kc]ta?\b", re.IGNORECASE)
NOTICES = {NOT_ALLOWED: "warning", ALLOWED: "success", DEPENDS: "info", UNRECOGNISED: "info"}


@dataclass(frozen=True, slots=True)
class RowPart:
    """One row as the page names it; `lang` is the language `plain` is in, `applies` if it is for the day of the act.

    `is_told` if it is told in full: the row for the day, or every row while the day is unknown.
    """

    row: Row
    title: str
    plain: str
    lang: str
    stage: Words
    sanction: Words
    applies: bool
    is_told: bool


@dataclass(frozen=True, slots=True)
class LikelyPart:
    """One act with its rows in time, other rows, and the words that spoke for it with their reasons.

    `guidance` is the row whose advice is shown, in the language `lang`.
    """

    title: str
    rows: tuple[RowPart, ...]
    also: tuple[tuple[Row, str], ...]
    reasons: tuple[tuple[str, str], ...]
    guidance: Row
    lang: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The whole answer."""

    check: Check
    heading: Words
    meaning: Words
    notice: str
    stage_known: bool
    stage: Words
    likely: tuple[LikelyPart, ...]
    is_about_a_pact: bool


def page_of_check(check: Check, catalogue: Catalogue) -> CheckPage:
    """A check in the words of the page's language."""
    return CheckPage(
        check=check,
        heading=HEADINGS[check.leans],
        meaning=MEANINGS[check.leans],
        notice=NOTICES[check.leans],
        stage_known=check.stage in (BAKAL_CALON, CALON),
        stage=STAGES.get(check.stage, ""),
        likely=tuple(_part(found, catalogue) for found in check.likely),
        is_about_a_pact=speaks_of_a_pact("".join(part.text for part in check.parts)),
    )


def speaks_of_a_pact(text: str) -> bool:
    """Whether a text names the integrity pact, which is a fact of a case and no row of the catalogue."""
    return _PACT.search(text) is not None


def _part(found: Likely, catalogue: Catalogue) -> LikelyPart:
    stages = [(found.before, STAGES[BAKAL_CALON]), (found.after, STAGES[CALON])]
    if found.before is found.after:
        stages = [(found.before, STAGES["any"])]
    shown = found.applies or found.before
    guidance, lang = spoken(shown, catalogue)
    return LikelyPart(
        title=title_of(shown),
        rows=tuple(_row(row, stage, found, catalogue) for row, stage in stages),
        also=tuple((row, title_of(row)) for row in found.also),
        reasons=tuple((" ".join(span.words.split()), _reason(span.why)) for span in found.reasons),
        guidance=guidance,
        lang=lang,
    )


def _row(row: Row, stage: Words, found: Likely, catalogue: Catalogue) -> RowPart:
    said, lang = spoken(row, catalogue)
    return RowPart(
        row=row,
        title=title_of(row),
        plain=said.plain,
        lang=lang,
        stage=stage,
        sanction=KINDS[row.sanction.kind],
        applies=row is found.applies,
        is_told=found.applies in (row, None),
    )


def _reason(why: str) -> str:
    """The machine's reason in the language of the page."""
    words = gettext(why.removeprefix(_NEGATION))
    return gettext("bukan: %(reason)s") % {"reason": words} if why.startswith(_NEGATION) else words
