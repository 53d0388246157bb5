"""What a draft of the catalogue would do to reports that have come in: judged again with both, nothing stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from reports.classification import account_of, known_elections, picture_texts
from reports.models import Report
from rules.catalogue import Catalogue
from rules.current import engine_with
from rules.engine import Account, Engine
from rules.models import Stage

# So that the page answers while somebody waits for it; the page says how many there are in all.
MOST_REPORTS = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """The foremost answer for a report: its label, its row (empty for none), and other rows it may fall under.

    `level` is the level and the kind of the row's sanction, `row_stage` the stage the row is for; empty for no row.
    """

    label: str
    rule: str
    also: tuple[str, ...]
    level: str
    row_stage: str


@dataclass(frozen=True, slots=True)
class Change:
    """A report that would be answered otherwise. Nothing of its words or its people."""

    report_id: str
    received_at: datetime
    act_date: date
    stage: str
    before: Answer
    after: Answer

    @property
    def stage_words(self) -> str:
        """The stage as people read it; that it is unknown is said too."""
        return str(Stage(self.stage).label)

    @property
    def is_foremost(self) -> bool:
        """Whether the first label or row changes, and not only the rows named beside it."""
        return (self.before.label, self.before.rule) != (self.after.label, self.after.rule)

    @property
    def is_of_the_row(self) -> bool:
        """Whether the row stays foremost and its sanction or its stage becomes another."""
        before, after = self.before, self.after
        return not self.is_foremost and (before.level, before.row_stage) != (after.level, after.row_stage)


@dataclass(frozen=True, slots=True)
class Simulation:
    """`judged` of `known` reports were judged again, the latest ones."""

    judged: int
    known: int
    changes: tuple[Change, ...]

    @property
    def foremost(self) -> tuple[Change, ...]:
        """Changes of the first answer."""
        return tuple(change for change in self.changes if change.is_foremost)

    @property
    def relevelled(self) -> tuple[Change, ...]:
        """Reports whose foremost row stays and has another sanction or stage."""
        return tuple(change for change in self.changes if change.is_of_the_row)

    @property
    def beside(self) -> tuple[Change, ...]:
        """Changes of the rows named beside the first answer only."""
        return tuple(change for change in self.changes if not change.is_foremost and not change.is_of_the_row)

    @property
    def counts(self) -> dict[str, int]:
        """How many were judged and how many change, for the audit."""
        return {
            "judged": self.judged,
            "known": self.known,
            "foremost": len(self.foremost),
            "relevelled": len(self.relevelled),
            "beside": len(self.beside),
        }


def simulate(*, before: Catalogue, after: Catalogue, most: int = MOST_REPORTS) -> Simulation:
    """Judge the latest reports with both catalogues and the machine of today, so that only the catalogue differs.

    Reads only: opinions that were stored keep their own version.
    """
    reports = Report.objects.judged().newest_first()
    engines, elections = (engine_with(before), engine_with(after)), known_elections()
    latest = list(reports.select_related("region")[:most])
    accounts = ((report, account_of(report, picture_texts(report), elections)) for report in latest)
    return Simulation(judged=len(latest), known=reports.count(), changes=tuple(_changes(accounts, *engines)))


def _changes(accounts: Iterable[tuple[Report, Account]], before: Engine, after: Engine) -> Iterable[Change]:
    for report, account in accounts:
        old, new = _answer(before, account), _answer(after, account)
        if old != new:
            yield Change(str(report.id), report.received_at, report.act_date, account.stage, old, new)


def _answer(engine: Engine, account: Account) -> Answer:
    first = engine.judge(account).ranked[0]
    row = engine.catalogue.rows.get(first.rule or "")
    level = " · ".join(filter(None, (row.sanction.kind, row.sanction.level, *row.sanction.options))) if row else ""
    return Answer(first.label, first.rule or "", first.also, level, row.stage if row else "")
