"""What the catalogue consists of: frozen values, as read from the YAML files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

STAGES = ("bakal_calon", "calon", "any")
ASKED_STAGES = ("bakal_calon", "calon", "unknown")


@dataclass(frozen=True, slots=True)
class Elements:
    """The four elements that together make the act."""

    actor: str
    act: str
    object: str
    channel: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One article, how sure we are that the row rests on it, and where that was read."""

    ref: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sanction:
    """What may follow. `level` is None where sources disagree or a task force decides; figures only with a warning."""

    kind: str
    level: str | None
    options: tuple[str, ...]
    legal: str = ""
    conflict: str = ""
    conflict_note: str = ""
    as_enacted: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A text that looks like the act and is not; `label` is the right answer for it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the catalogue."""

    code: str
    table: str
    stage: str
    labels: tuple[str, ...]
    title_id: str
    title_en: str
    plain: str
    elements: Elements
    aggravating: tuple[str, ...]
    negating: tuple[str, ...]
    phrases: tuple[str, ...]
    legal_basis: tuple[LegalBasis, ...]
    sanction: Sanction
    confidence: Mapping[str, str]
    sources: tuple[str, ...]
    allowed: tuple[str, ...]
    not_allowed: tuple[str, ...]
    depends: tuple[str, ...]
    matches: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]
    counterpart: str | None = None
    event_kind: str = ""
    chosen_by_machine: bool = True
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every row with the tables that give its words their meaning. `version` is a hash of the content.

    `english` is the English of a text by the text itself; `untranslated` says which texts have none, each as
    file:line and reason.
    """

    version: str
    label: str
    effective_date: date
    caution: str
    instrument: str
    rows: Mapping[str, Row]
    answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    sanction_words: Mapping[str, str]
    sources: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]
    untranslated: tuple[str, ...]
    content: Mapping[str, Any]

    def rules_for(self, label: str, *, stage: str, event_kind: str = "") -> tuple[str, ...]:
        """Rows an act falls under at a stage, the first one foremost; none for the NONE answers.

        A row of an election law counts only in its own kind of election.
        """
        codes = self.answers.get(label, {}).get(stage, ())
        return tuple(code for code in codes if self.rows[code].event_kind in ("", event_kind))
