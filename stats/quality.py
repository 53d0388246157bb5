"""What the page about the machine's quality shows: kept reports, alarms, and how far two readers agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import SecondReadingDraw
from cases.reader_pairs import ReaderPair, reader_pairs
from stats.drift import Drift, Window, drift_of
from stats.drift_alarms import FEWEST, alarms, chance_of_index, stability_index
from stats.figures import Figure, Row, Share
from stats.kappa import Kappa, cohens_kappa
from stats.models import DriftReport

_DAYS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class DayRow:
    """One nightly report as a line of the table; a share over too few cases is None."""

    report: DriftReport
    first: Share | None
    three: Share | None
    abstained: Share | None
    index: float | None
    alarms: int


@dataclass(frozen=True, slots=True)
class EngineRow:
    """How one version of the engine did among people."""

    version: str
    first: Share | None
    three: Share | None
    cases: int


@dataclass(frozen=True, slots=True)
class KappaRow:
    """Agreement of two readers on one question."""

    question: str
    kappa: Kappa


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything the page shows."""

    days: list[DayRow]
    newest: Drift | None
    alarms: list[str]
    index: float | None
    chance: float | None
    engines: list[EngineRow]
    figures: list[Figure]
    drawn: int
    agreement: list[KappaRow]


def quality(*, at: datetime) -> Quality:
    """The newest nightly report in full, the days before it as lines, and the agreement of readers up to now."""
    reports = list(DriftReport.objects.order_by("-day")[:_DAYS_SHOWN])
    newest = drift_of(reports[0].figures) if reports else None
    labels = (newest.now.first_labels, newest.before.first_labels) if newest else ({}, {})
    return Quality(
        days=[_day(report) for report in reports],
        newest=newest,
        alarms=alarms(newest) if newest else [],
        index=stability_index(*labels),
        chance=chance_of_index(*labels) if all(labels) else None,
        engines=[_engine(version, counts) for version, counts in newest.now.engines.items()] if newest else [],
        figures=_figures(newest.now) if newest else [],
        drawn=SecondReadingDraw.objects.count(),
        agreement=agreement(reader_pairs(at=at)),
    )


def agreement(pairs: Sequence[ReaderPair]) -> list[KappaRow]:
    """Whether there is a violation at all, and act by act whether it is that one; acts nobody saw are left out."""
    if not pairs:
        return []
    rows = [KappaRow(_("Ada pelanggaran atau tidak"), cohens_kappa([(bool(p.first), bool(p.second)) for p in pairs]))]
    acts = sorted({act for pair in pairs for act in pair.first | pair.second})
    rows += [KappaRow(act, cohens_kappa([(act in p.first, act in p.second) for p in pairs])) for act in acts]
    return rows


def _day(report: DriftReport) -> DayRow:
    drift = drift_of(report.figures)
    now = drift.now
    return DayRow(
        report=report,
        first=_share(now.first_right, now.judged_cases),
        three=_share(now.three_right, now.judged_cases),
        abstained=_share(now.abstained, now.reports),
        index=stability_index(now.first_labels, drift.before.first_labels),
        alarms=len(alarms(drift)),
    )


def _engine(version: str, counts: Sequence[int]) -> EngineRow:
    cases, first, three = counts
    return EngineRow(version, _share(first, cases), _share(three, cases), cases)


def _share(part: int, whole: int) -> Share | None:
    return Share(part=part, whole=whole) if whole >= FEWEST else None


def _figures(now: Window) -> list[Figure]:
    titled = [
        (_("Jawaban pertama mesin"), now.first_labels),
        (_("Temuan yang ditolak penelaah"), now.rejected),
        (_("Aturan yang ditambahkan penelaah"), now.missed),
    ]
    return [Figure(title=title, rows=[Row(label=k, count=n) for k, n in counts.items()]) for title, counts in titled]
