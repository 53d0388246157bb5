"""Reports whose stage would be another by the elections as they stand now, and judging them again.

Needed when somebody corrects an election: its penetapan decides the stage of acts that were judged long ago.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch

from accounts import audit
from accounts.models import User
from reports import outbox, publishing
from reports.classification import BETWEEN_PICTURES, election_of, known_elections, words_on_the_election
from reports.models import Classification, Evidence, OutboxEntry, Report, Step
from rules.models import Stage
from rules.stage import stage_of

# Reports are read in portions, so that a country's worth of them does not fill the memory.
PORTION = 500


@dataclass(frozen=True, slots=True)
class Move:
    """A report the machine would place at another stage today."""

    report: Report
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moves:
    """How many reports go from one stage to another."""

    before: str
    after: str
    count: int

    @property
    def before_words(self) -> str:
        """The stage of the last opinion as people read it."""
        return str(Stage(self.before).label)

    @property
    def after_words(self) -> str:
        """The stage by the dates of today as people read it."""
        return str(Stage(self.after).label)


def moved() -> Iterator[Move]:
    """Judged reports whose last opinion has another stage than their date has now. Reads only."""
    last = Classification.objects.order_by("report_id", "-id").distinct("report_id")
    last_stages = dict(last.values_list("report_id", "stage"))
    pictures = Prefetch("evidence", queryset=Evidence.objects.in_order().exclude(text=""))
    elections = known_elections()
    judged = Report.objects.judged().oldest_first().prefetch_related(pictures)
    for report in judged.iterator(chunk_size=PORTION):
        read = BETWEEN_PICTURES.join(picture.text for picture in report.evidence.all())
        election = election_of(report, words_on_the_election(report, read), elections)
        stage = stage_of(report.act_date, election)
        before = last_stages.get(report.pk, stage)
        if stage != before:
            yield Move(report, before, stage)


def summed_up() -> tuple[Moves, ...]:
    """How many reports would move, by stage before and after; the most frequent first."""
    counts = Counter((move.before, move.after) for move in moved())
    return tuple(Moves(before, after, count) for (before, after), count in counts.most_common())


@transaction.atomic
def rejudge_moved(*, by: User, at: datetime) -> int:
    """Promise a new opinion on every report that would move; returns how many.

    The new opinion is a row of its own and the old one stays. A report whose new opinion is already promised is not
    promised another.
    """
    promised = set(OutboxEntry.objects.open().to_classify_unbegun().values_list("report_id", flat=True))
    affected = [move.report for move in moved() if move.report.pk not in promised]
    entries = [outbox.enqueue(step=Step.CLASSIFY_REPORT, report=report, at=at) for report in affected]
    if entries:
        details: dict[str, object] = {"reports": len(entries)}
        audit.record(
            action="reports.rejudged", by=by, at=at, subject_kind="election", subject_id="all", details=details
        )
        publishing.announce_on_commit(entries)
    return len(entries)
