"""Named figures about the cases of a region. Each function answers one question with rows ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as SqlCase
from django.db.models import CharField, Count, Exists, OuterRef, When
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.models import Assessment, Case, Recommendation, Registration, Verdict
from cases.querysets import CaseQuerySet
from cases.rulebook import title_in_force
from cases.stages import stage_of_case
from cases.status import Outcome
from rules.models import Stage

# Duplicates are left out of every figure.
COUNTED = [outcome for outcome in Outcome if outcome is not Outcome.DOBEL]


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole days, both included; None is open-ended. A case counts on the day it was opened."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a figure: what is counted, and how often."""

    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a whole; `percent` is None where the whole is empty."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The part in per cent, 0 to 100."""
        return 100 * self.part / self.whole if self.whole else None


def cases_of(region_code: str, period: Period) -> CaseQuerySet:
    """The cases all figures of a region and period are about.

    Duplicates are left out: their reports count with the case they belong to.
    """
    cases = Case.objects.within(region_code).filter(duplicate_of__isnull=True)
    if period.first:
        cases = cases.filter(opened_at__date__gte=period.first)
    if period.last:
        cases = cases.filter(opened_at__date__lte=period.last)
    return cases


def standing_assessments(cases: CaseQuerySet) -> Iterable[tuple[str, int]]:
    """(rule code, number of cases) for every rule that a person confirmed or added and nobody rejected since."""
    newest = (
        Assessment.objects.filter(case__in=cases)
        .order_by("case", "rule_code", "-at", "-pk")
        .distinct("case", "rule_code")
    )
    standing = Assessment.objects.filter(pk__in=newest.values("pk")).exclude(verdict=Verdict.REJECTED)
    return standing.values_list("rule_code").annotate(count=Count("pk")).order_by("-count", "rule_code")


def by_rule(cases: CaseQuerySet) -> list[Row]:
    """Cases per rule a person found broken; a case with two rules counts in both."""
    return [Row(label=f"{code} {title_in_force(code)}", count=count) for code, count in standing_assessments(cases)]


def by_stage(cases: CaseQuerySet) -> list[Row]:
    """Cases before and after candidates were fixed."""
    counts = dict(cases.annotate(stage=stage_of_case()).values_list("stage").annotate(count=Count("pk")).order_by())
    return [Row(label=str(stage.label), count=counts.get(stage.value, 0)) for stage in Stage]


def outcome_of_case() -> SqlCase:
    """SQL of how a case ended: its outcome, or the status that decides it before the file is closed; else empty."""
    return SqlCase(
        When(outcome="", status__in=Outcome.values, then="status"), default="outcome", output_field=CharField()
    )


def by_outcome(cases: CaseQuerySet) -> list[Row]:
    """Cases by how they ended; the first row counts those still running."""
    ended = cases.annotate(ending=outcome_of_case()).values_list("ending")
    counts = dict(ended.annotate(count=Count("pk")).order_by())
    running = Row(label=_("masih berjalan"), count=counts.get("", 0))
    return [running] + [Row(label=str(outcome.label), count=counts.get(outcome.value, 0)) for outcome in COUNTED]


def by_region(cases: CaseQuerySet) -> list[Row]:
    """Cases per kabupaten/kota (or province, where no more is known), most first."""
    counts = cases.values_list("region__name").annotate(count=Count("pk")).order_by("-count", "region__name")
    return [Row(label=name, count=count) for name, count in counts]


def by_month(cases: CaseQuerySet) -> list[Row]:
    """Cases per month of opening, oldest first; months in which none was opened are left out."""
    months = cases.annotate(month=TruncMonth("opened_at")).values_list("month").annotate(count=Count("pk"))
    return [Row(label=date_format(month, "F Y"), count=count) for month, count in months.order_by("month")]


def letter_was_sent() -> Exists:
    """SQL: a recommendation of the case was sent and stands."""
    letters = Recommendation.objects.filter(case=OuterRef("pk"), sent_at__isnull=False, withdrawn_at__isnull=True)
    return Exists(letters)


def share_recommended(cases: CaseQuerySet) -> Share:
    """Cases whose recommendation was sent, of those that were registered."""
    registered = cases.filter(Exists(Registration.objects.filter(case=OuterRef("pk"))))
    return Share(part=registered.filter(letter_was_sent()).count(), whole=registered.count())


def share_sanctioned(cases: CaseQuerySet) -> Share:
    """Recommended cases that ended with a sanction."""
    recommended = cases.filter(letter_was_sent()).annotate(ending=outcome_of_case())
    return Share(part=recommended.filter(ending=Outcome.SANKSI).count(), whole=recommended.count())


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A titled list of rows; `maximum` scales the bars."""

    title: str
    rows: list[Row]

    @property
    def maximum(self) -> int:
        """The longest bar, at least 1."""
        return max([row.count for row in self.rows], default=0) or 1


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything the page shows of a region and period."""

    total: int
    recommended: Share
    sanctioned: Share
    figures: list[Figure]


def overview(cases: CaseQuerySet) -> Overview:
    """All figures of these cases."""
    return Overview(
        total=cases.count(),
        recommended=share_recommended(cases),
        sanctioned=share_sanctioned(cases),
        figures=[
            Figure(title=_("Menurut aturan (putusan penelaah)"), rows=by_rule(cases)),
            Figure(title=_("Menurut tahap perbuatan"), rows=by_stage(cases)),
            Figure(title=_("Menurut hasil"), rows=by_outcome(cases)),
            Figure(title=_("Menurut kabupaten/kota"), rows=by_region(cases)),
            Figure(title=_("Menurut bulan dibuka"), rows=by_month(cases)),
        ],
    )
