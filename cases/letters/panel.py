"""What the case page shows of letters: those there are, those this person may write."""

from dataclasses import dataclass

from accounts.models import User
from cases.letters.kinds import LetterKind, kinds_open_to, kinds_readable_with
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
    """No query after cases.case_rows.read_rows()."""
    own = kinds_open_to(by.powers.permissions)
    readable = kinds_readable_with(by.powers.permissions)
    letters = [letter for letter in case.letters.all() if letter.kind in readable]
    newest_first = sorted(letters, key=lambda letter: (letter.drafted_at, letter.pk), reverse=True)
    return LetterPanel(rows=[_row(letter, by, own) for letter in newest_first], kinds=own)


def _row(letter: Letter, by: User, own: list[LetterKind]) -> LetterRow:
    writes = letter.kind in own and letter.withdrawn_at is None
    refused = signing_refusal(letter, by)
    waits_for = refused or "" if letter.is_draft and writes else ""
    return LetterRow(letter, may_sign=writes and refused is None, waits_for=waits_for, may_withdraw=writes)
