"""What the case page shows of letters: those there are, those this person may write."""

from dataclasses import dataclass

from accounts.models import User
from cases.letters.kinds import LetterKind, kinds_open_to
from cases.letters.writing import signing_refusal
from cases.models import Case, Letter


@dataclass(frozen=True)
class LetterRow:
    """A letter; `waits_for` says why this person cannot sign a draft, empty where the button stands."""

    letter: Letter
    may_sign: bool
    waits_for: str
    may_withdraw: bool


@dataclass(frozen=True)
class LetterPanel:
    """Letters, latest first, and the kinds the person may begin."""

    rows: list[LetterRow]
    kinds: list[LetterKind]


def letter_panel(case: Case, by: User) -> LetterPanel:
    """One query, however many letters there are."""
    own = kinds_open_to(by.powers.permissions)
    letters = case.letters.readable_by(by).latest_first().select_related("drafted_by", "signed_off_by")
    return LetterPanel(rows=[_row(letter, by, own) for letter in letters], kinds=own)


def _row(letter: Letter, by: User, own: list[LetterKind]) -> LetterRow:
    writes = letter.kind in own and letter.withdrawn_at is None
    refused = signing_refusal(letter, by)
    waits_for = refused or "" if letter.is_draft and writes else ""
    return LetterRow(letter, may_sign=writes and refused is None, waits_for=waits_for, may_withdraw=writes)
