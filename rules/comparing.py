"""What differs between two states of the catalogue. Pure."""

from dataclasses import dataclass

from rules.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Differences:
    """Codes of rows, in the order of their tables; `answers` are labels that point to other rows than before."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    answers: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.answers)


def differences(before: Catalogue, after: Catalogue) -> Differences:
    """Rows that came, went or read otherwise, and labels answered by other rows."""
    return Differences(
        added=tuple(code for code in after.rows if code not in before.rows),
        removed=tuple(code for code in before.rows if code not in after.rows),
        changed=tuple(code for code in after.rows if code in before.rows and after.rows[code] != before.rows[code]),
        answers=tuple(label for label in after.answers if after.answers[label] != before.answers.get(label)),
    )
