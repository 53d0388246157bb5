"""What the case page shows of letters: those there are, those this person may write."""

from dataclasses import dataclass

from accounts.models import User
from cases.hosts import hosts_for
from cases.letters.kinds import LetterKind, kinds_open_to, kinds_readable_with, kinds_written_by
from cases.letters.writing import signing_refusal
from cases.models import Case, Letter
from cases.status import Status

# Studies a person writes, and the statuses that show that what they are about was decided. A machine may number and
# lay out; the reasons of a decision are a person's words, so these are offered and not issued.
DUE: dict[LetterKind, frozenset[Status]] = {
    LetterKind.KAJIAN_AWAL: frozenset({Status.DIREGISTRASI, Status.TIDAK_DIREGISTRASI}),
    LetterKind.KAJIAN: frozenset({Status.BUKAN_PELANGGARAN, Status.GAKKUMDU, Status.REKOMENDASI}),
}


@dataclass(frozen=True)
class LetterRow:
    """A letter; `waits_for` says why this person cannot sign a draft, empty where the button stands."""

    letter: Letter
    may_sign: bool
    waits_for: str
    may_withdraw: bool


@dataclass(frozen=True)
class LetterPanel:
    """Letters, latest first, the kinds the person may begin, and those of them that should be written now."""

    rows: list[LetterRow]
    kinds: list[LetterKind]
    due: list[LetterKind]


def letter_panel(case: Case, by: User) -> LetterPanel:
    """As LetterQuerySet.readable_by() reads them. No query after cases.case_rows.read_rows()."""
    own, written = kinds_open_to(by.powers.permissions), kinds_written_by(by.powers.permissions)
    readable = kinds_readable_with(by.powers.permissions)
    letters = [letter for letter in _with_hearings(case, by) if letter.kind in readable]
    newest_first = sorted(letters, key=lambda letter: (letter.drafted_at, letter.pk), reverse=True)
    there = {letter.kind for letter in letters if letter.withdrawn_at is None}
    due = [kind for kind in written if case.status in DUE.get(kind, ()) and kind not in there]
    return LetterPanel(rows=[_row(letter, by, own) for letter in newest_first], kinds=written, due=due)


def _with_hearings(case: Case, by: User) -> list[Letter]:
    """The letters of the case, each with its hearing at hand; none about a hearing of somebody else's."""
    hearings = {row.pk: row for row in case.clarifications.all()}
    letters = list(case.letters.all())
    for letter in letters:
        letter.clarification = hearings[letter.clarification_id] if letter.clarification_id else None
    hosts = hosts_for(by)
    return [letter for letter in letters if letter.clarification is None or letter.clarification.host in hosts]


def _row(letter: Letter, by: User, own: list[LetterKind]) -> LetterRow:
    writes = letter.kind in own and letter.withdrawn_at is None
    refused = signing_refusal(letter, by)
    waits_for = refused or "" if letter.is_draft and writes else ""
    may_withdraw = writes and not (letter.is_draft and letter.recommendation_id)
    return LetterRow(letter, may_sign=writes and refused is None, waits_for=waits_for, may_withdraw=may_withdraw)
