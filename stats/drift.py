"""How the machine does among people, and whether the reports it gets have changed. Reads only; counts, no cases.

Two windows are compared: the last 30 days, and the 90 days before them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import make_aware

from cases.models import Assessment, Verdict
from reports.models import Classification, Finding, Report
from rules.known_words import known_words

WINDOW_DAYS = 30
BEFORE_DAYS = 90
# Texts read for the share of unknown words, the newest of a window
_TEXTS_READ = 300


@dataclass(frozen=True, slots=True)
class Window:
    """Counts of one window. `first_labels` counts the machine's first answers; shares are parts of wholes.

    `judged_cases`: cases in which a person held a rule to be broken within the window and the machine had an opinion;
    in `first_right` of them its first answer was such a rule, in `three_right` one of its first three.
    """

    reports: int = 0
    abstained: int = 0
    first_labels: Mapping[str, int] = field(default_factory=dict)
    mean_probability: float | None = None
    unknown_words: float | None = None
    judged_cases: int = 0
    first_right: int = 0
    three_right: int = 0
    confirmed: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[str, int] = field(default_factory=dict)
    missed: Mapping[str, int] = field(default_factory=dict)
    # engine version -> [cases, first right, within three]
    engines: Mapping[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """Both windows up to the end of a day."""

    day: str
    now: Window
    before: Window

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a row of the database keeps them."""
        return asdict(self)


def drift_of(figures: Mapping[str, Any]) -> Drift:
    """The figures of a kept report."""
    return Drift(figures["day"], Window(**figures["now"]), Window(**figures["before"]))


def drift_until(day: date) -> Drift:
    """Look at the days up to and including `day`, in the portal's time zone."""
    end = make_aware(datetime.combine(day + timedelta(days=1), time.min))
    start = end - timedelta(days=WINDOW_DAYS)
    return Drift(day.isoformat(), now=_window(start, end), before=_window(start - timedelta(days=BEFORE_DAYS), start))


def _window(start: datetime, end: datetime) -> Window:
    runs = list(_newest_runs(start, end).values_list("pk", "abstained"))
    firsts = Finding.objects.filter(classification_id__in=[pk for pk, _ in runs], rank=1)
    answers = list(firsts.values_list("label", "probability"))
    texts = Report.objects.filter(received_at__gte=start, received_at__lt=end).newest_first()[:_TEXTS_READ]
    verdicts = _newest_verdicts(start, end)
    agreement = _agreement(verdicts)
    return Window(
        reports=len(runs),
        abstained=sum(abstained for _, abstained in runs),
        first_labels=_counted(label for label, _ in answers),
        mean_probability=sum(share for _, share in answers) / len(answers) if answers else None,
        unknown_words=known_words().unknown_share(texts.values_list("narrative", flat=True)),
        judged_cases=sum(cases for cases, _, _ in agreement.values()),
        first_right=sum(first for _, first, _ in agreement.values()),
        three_right=sum(three for _, _, three in agreement.values()),
        confirmed=_counted(row.finding.label for row in verdicts if row.finding and row.verdict == Verdict.CONFIRMED),
        rejected=_counted(row.finding.label for row in verdicts if row.finding and row.verdict == Verdict.REJECTED),
        missed=_missed(verdicts),
        engines=agreement,
    )


def _newest_runs(start: datetime, end: datetime) -> "QuerySet[Classification]":
    """The newest run over each report, of those made in the window."""
    runs = Classification.objects.filter(made_at__gte=start, made_at__lt=end)
    later = runs.filter(report=OuterRef("report"), pk__gt=OuterRef("pk"))
    return runs.exclude(Exists(later))


def _newest_verdicts(start: datetime, end: datetime) -> list[Assessment]:
    """The verdict per case and rule that counted at the end of the window, where it was given within it."""
    verdicts = Assessment.objects.filter(at__gte=start, at__lt=end)
    later = verdicts.filter(case=OuterRef("case"), rule_code=OuterRef("rule_code"), pk__gt=OuterRef("pk"))
    return list(verdicts.exclude(Exists(later)).select_related("finding"))


def _agreement(verdicts: Iterable[Assessment]) -> dict[str, list[int]]:
    """By engine version: cases with a rule that stands, those whose first answer it was, and within three."""
    standing: dict[Any, set[str]] = {}
    for row in verdicts:
        if row.verdict != Verdict.REJECTED:
            standing.setdefault(row.case_id, set()).add(row.rule_code)
    counts: dict[str, list[int]] = {}
    for case_id, (version, ranked) in _opinions(standing).items():
        right = [place for place, codes in enumerate(ranked) if codes & standing[case_id]]
        count = counts.setdefault(version, [0, 0, 0])
        count[0] += 1
        count[1] += 0 in right
        count[2] += any(place < 3 for place in right)
    return dict(sorted(counts.items()))


def _opinions(case_ids: Iterable[Any]) -> dict[Any, tuple[str, list[set[str]]]]:
    """By case: the engine and the rules of each answer by rank, of the run its team saw first."""
    runs = Classification.objects.filter(report__case_link__case_id__in=list(case_ids))
    first = runs.order_by("report__case_link__case_id", "made_at", "pk").distinct("report__case_link__case_id")
    found = {}
    for run in first.select_related("report__case_link").prefetch_related("findings"):
        ranked = sorted(run.findings.all(), key=lambda finding: finding.rank)
        codes = [{finding.rule_code, *finding.also_rule_codes} - {""} for finding in ranked]
        found[run.report.case_link.case_id] = (run.engine_version, codes)
    return found


def _missed(verdicts: Iterable[Assessment]) -> dict[str, int]:
    """Rules that people named because the machine had not, by code."""
    return _counted(row.rule_code for row in verdicts if row.verdict == Verdict.ADDED)


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
