"""Numbers of letters: counted per office, kind and year, without gaps or doubles."""

from dataclasses import dataclass
from datetime import date
from string import Formatter

from django.utils.translation import gettext as _

from cases.letters.kinds import RULES, LetterKind
from cases.letters.models import LetterCounter
from cases.letters.wording import roman_month

FIELDS = {"sequence", "kind", "office", "month", "year"}
LONGEST_NUMBER = 100


@dataclass(frozen=True)
class LetterNumber:
    """`words` is how people write the number, e.g. 001/UND.KLARIF/BWS.33.74/XI/2024."""

    year: int
    sequence: int
    words: str


def take_number(*, office_code: str, kind: LetterKind, day: date, number_format: str) -> LetterNumber:
    """The next number of an office's letters of this kind in the year of the day.

    Inside a transaction: the counter is held until it ends, and a transaction that fails gives the number back.
    """
    LetterCounter.objects.get_or_create(office_code=office_code, kind=kind, year=day.year)
    counter = LetterCounter.objects.select_for_update(no_key=True).get(
        office_code=office_code, kind=kind, year=day.year
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    words = number_words(number_format, sequence=counter.last, kind=kind, office_code=office_code, day=day)
    return LetterNumber(day.year, counter.last, words)


def number_words(number_format: str, *, sequence: int, kind: LetterKind, office_code: str, day: date) -> str:
    """A number as the office writes it."""
    return number_format.format(
        sequence=sequence, kind=RULES[kind].code, office=office_code, month=roman_month(day), year=day.year
    )


def format_problem(number_format: str) -> str | None:
    """What is wrong with a format, in plain words; None for one that gives every letter a number of its own."""
    try:
        used = {name for _text, name, _spec, _conversion in Formatter().parse(number_format) if name is not None}
        if used - FIELDS or not {"sequence", "kind", "year"} <= used:
            raise ValueError
        longest = number_words(
            number_format,
            sequence=99_999,
            kind=LetterKind.BERITA_ACARA_KLARIFIKASI,
            office_code="BWS.33.74",
            day=date(2024, 8, 1),
        )
    except (ValueError, KeyError, IndexError):
        return _("Pakai {sequence:03d}, {kind} dan {year}; boleh juga {office} dan {month}. Contoh: %(example)s") % {
            "example": "{sequence:03d}/{kind}/{office}/{month}/{year}"
        }
    if len(longest) > LONGEST_NUMBER:
        return _("Nomor paling panjang %(most)d huruf. Pendekkan bentuknya.") % {"most": LONGEST_NUMBER}
    return None
