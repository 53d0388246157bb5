"""The receipt code: 130 bits that let a reporter find the report again. Shown once, kept nowhere.

26 characters of Crockford's base 32 (https://www.crockford.com/base32.html), which has no I, L, O and U, so
that a code survives being read aloud and copied by hand. More than 112 random bits may be stored as a plain
keyed hash (OWASP ASVS 5.0, 6.5.2); guessing is hopeless and looking a code up costs one HMAC.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
BITS = 5 * LENGTH
GROUPS = (5, 5, 5, 5, 6)

# What people put between groups, and what messengers add unseen.
SEPARATORS = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]+")
CONFUSED = str.maketrans("OIL", "011")
# Something that may be a code inside a longer text: in its groups or in one piece.
GROUPED = re.compile(
    r"(?<![0-9A-Za-z])"
    + r"[\s\-\u2010-\u2015\u2212]{1,3}".join(f"[0-9A-Za-z]{{{size}}}" for size in GROUPS)
    + r"(?![0-9A-Za-z])"
)
IN_ONE_PIECE = re.compile(rf"(?<![0-9A-Za-z])[0-9A-Za-z]{{{LENGTH}}}(?![0-9A-Za-z])")


class MalformedReceipt(ValueError):
    """A text that cannot be a receipt code. `length` is how many characters were left to judge."""

    def __init__(self, length: int) -> None:
        super().__init__(f"A receipt code has {LENGTH} characters, this has {length} or others than allowed.")
        self.length = length


def keyed_digest(purpose: str, *parts: str) -> bytes:
    """HMAC-SHA-256 of the parts under the pepper, 32 bytes; different purposes never give the same digest.

    Raises ImproperlyConfigured without RECEIPT_PEPPER.
    """
    if not settings.RECEIPT_PEPPER:
        raise ImproperlyConfigured("RECEIPT_PEPPER is not set; make one with: openssl rand -hex 32")
    message = "\0".join((purpose, *parts))
    return hmac.new(settings.RECEIPT_PEPPER.encode(), message.encode(), hashlib.sha256).digest()


def derive(*, idempotency_key: str, browser_secret: str) -> str:
    """The code of a form in a browser, in its groups: the same for each time it is sent, another elsewhere."""
    number = int.from_bytes(keyed_digest("receipt code", idempotency_key, browser_secret)) >> (256 - BITS)
    characters = (ALPHABET[(number >> shift) & 31] for shift in range(BITS - 5, -1, -5))
    return grouped("".join(characters))


def grouped(code: str) -> str:
    """26 characters in groups with hyphens, as people are shown them."""
    pieces = []
    for size in GROUPS:
        pieces.append(code[:size])
        code = code[size:]
    return "-".join(pieces)


def normalise(text: str) -> str:
    """The 26 characters somebody meant: without spaces and hyphens, in capitals, O as 0, I and L as 1.

    Raises MalformedReceipt when that is no code, so that a slip of the pen is told apart from an unknown code.
    """
    code = SEPARATORS.sub("", text).upper().translate(CONFUSED)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        raise MalformedReceipt(len(code))
    return code


def digest(text: str) -> str:
    """What is stored in place of a code: 64 hexadecimal digits. Raises MalformedReceipt."""
    return keyed_digest("receipt", normalise(text)).hex()


def digests_in(text: str) -> Iterator[str]:
    """The digest of everything in a text that has the form of a code."""
    for form in (GROUPED, IN_ONE_PIECE):
        for found in form.findall(text):
            try:
                yield digest(found)
            except MalformedReceipt:
                continue
