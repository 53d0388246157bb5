"""What the page of Cek aturan shows: a check turned into words."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rules.catalogue import Row
from rules.checking import ALLOWED, DEPENDS, NOT_ALLOWED, UNRECOGNISED, Check, Likely
from rules.pages import KINDS, STAGES, Words, title_of
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
NOTICES = {NOT_ALLOWED: "warning", ALLOWED: "success", DEPENDS: "info", UNRECOGNISED: "info"}


@dataclass(frozen=True, slots=True)
class RowPart:
    """One row as the page names it; `applies` if it is the one for the day of the act."""

    row: Row
    title: str
    plain: str
    stage: Words
    sanction: Words
    applies: bool


@dataclass(frozen=True, slots=True)
class LikelyPart:
    """One act with its rows in time, other rows, and the words that spoke for it with their reasons."""

    title: str
    rows: tuple[RowPart, ...]
    also: tuple[tuple[Row, str], ...]
    reasons: tuple[tuple[str, str], ...]
    guidance: Row


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


def page_of_check(check: Check) -> CheckPage:
    """A check in the words of the page's language."""
    return CheckPage(
        check=check,
        heading=HEADINGS[check.leans],
        meaning=MEANINGS[check.leans],
        notice=NOTICES[check.leans],
        stage_known=check.stage in (BAKAL_CALON, CALON),
        stage=STAGES.get(check.stage, ""),
        likely=tuple(_part(found) for found in check.likely),
    )


def _part(found: Likely) -> LikelyPart:
    if found.before is found.after:
        rows = [_row(found.before, STAGES["any"], found)]
    else:
        rows = [_row(found.before, STAGES[BAKAL_CALON], found), _row(found.after, STAGES[CALON], found)]
    shown = found.applies or found.before
    return LikelyPart(
        title=title_of(shown),
        rows=tuple(rows),
        also=tuple((row, title_of(row)) for row in found.also),
        reasons=tuple((" ".join(span.words.split()), _reason(span.why)) for span in found.reasons),
        guidance=shown,
    )


def _row(row: Row, stage: Words, found: Likely) -> RowPart:
    return RowPart(row, title_of(row), row.plain, stage, KINDS[row.sanction.kind], row is found.applies)


def _reason(why: str) -> str:
    """The machine's reason in the language of the page."""
    words = gettext(why.removeprefix(_NEGATION))
    return gettext("bukan: %(reason)s") % {"reason": words} if why.startswith(_NEGATION) else words
