"""Words that lead to a private person: numbers, handles, e-mail addresses. Pure, for suggestions only."""

import re
from enum import StrEnum


class Giveaway(StrEnum):
    """What a line of text gives away."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    NIK = "nik"


# Readers put blanks and dots into numbers, and take 0 for O; so a number may be broken up, but begins like one.
PATTERNS = {
    Giveaway.EMAIL: re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    Giveaway.PHONE: re.compile(r"(?<!\d)(?:\+?\s?62|[0O])[\s.()-]*8(?:[\s.()-]*\d){7,11}(?!\d)"),
    # 16 digits; the 18 of a NIP belong to the office, not to the private person.
    Giveaway.NIK: re.compile(r"(?<!\d)\d(?:[\s.-]?\d){15}(?![\s.-]?\d)"),
    Giveaway.HANDLE: re.compile(r"(?<![\w.])@\s?[A-Za-z][\w.]{2,}"),
}


def giveaway(text: str) -> Giveaway | None:
    """Return what a line gives away, the first of the table that fits, or None."""
    return next((kind for kind, pattern in PATTERNS.items() if pattern.search(text)), None)
