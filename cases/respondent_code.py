"""The respondent's code: 130 random bits, shown once to the office that issues it, kept nowhere.

It has the form of a receipt code, so that it survives being copied by hand, but another purpose under the pepper: a
respondent's code never opens a report, a receipt code never opens a respondent's page.
"""

import secrets
from collections.abc import Iterator

from reports.receipt import (
    ALPHABET,
    GROUPED,
    IN_ONE_PIECE,
    LENGTH,
    MalformedReceipt,
    grouped,
    keyed_digest,
    normalise,
)

PURPOSE = "respondent code"


def new_code() -> str:
    """A code nobody has seen, in its groups."""
    return grouped("".join(secrets.choice(ALPHABET) for _position in range(LENGTH)))


def digest(text: str) -> str:
    """What is stored in place of a code: 64 hexadecimal digits. Raises reports.receipt.MalformedReceipt."""
    return keyed_digest(PURPOSE, normalise(text)).hex()


def digests_in(text: str) -> Iterator[str]:
    """The digest of everything in a text that has the form of a code."""
    for form in (GROUPED, IN_ONE_PIECE):
        for found in form.findall(text):
            try:
                yield digest(found)
            except MalformedReceipt:
                continue
