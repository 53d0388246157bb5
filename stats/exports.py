"""Rows of cases as CSV: streamed, of one region only, and harmless in a spreadsheet."""

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from cases.models import Assessment, Case, Recommendation, Sanction, Verdict
from cases.querysets import CaseQuerySet
from cases.stages import stage_of_case
from cases.status import Outcome
from rules.models import Stage
from stats.figures import Period, outcome_of_case

# What a spreadsheet takes for the start of a formula, full-width forms folded (OWASP ASVS 5.0, 1.2.10)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
INVISIBLE = " \u00a0\u200b\u200e\u200f\ufeff"
CHUNK = 500


class Echo:
    """A file for csv.writer that hands each line straight back."""

    def write(self, line: str) -> str:
        return line


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading and how its cell is read off a case."""

    heading: str | Promise
    read: Callable[[Case], object]


def standing_rules(case: Case) -> list[str]:
    """Codes of the rules that a person confirmed or added and nobody rejected since, sorted.

    Expects the case's assessments prefetched oldest first.
    """
    verdicts = {assessment.rule_code: assessment.verdict for assessment in case.assessments.all()}
    return sorted(code for code, verdict in verdicts.items() if verdict != Verdict.REJECTED)


def sent_recommendation(case: Case) -> str:
    """The body the case was recommended to, empty when it was not."""
    sent = [letter.body.name for letter in case.recommendations.all() if letter.sent_at and not letter.withdrawn_at]
    return sent[-1] if sent else ""


def sanction_level(case: Case) -> str:
    """The weight of the sanction, empty when there is none."""
    standing = [sanction.get_level_display() for sanction in case.sanctions.all() if not sanction.withdrawn_at]
    return standing[-1] if standing else ""


def annotation(case: Case, name: str) -> str:
    """A value the query added to the case under this name."""
    return str(vars(case)[name])


def ending(case: Case) -> object:
    """How the case ended, empty while it runs."""
    outcome = annotation(case, "ending")
    return Outcome(outcome).label if outcome else ""


# No name, no free text, no day: who opens this file may know the people (months are coarse enough to hide behind).
COLUMNS: tuple[Column, ...] = (
    Column(heading=_("Nomor kasus"), read=lambda case: case.reference),
    Column(heading=_("Bulan dibuka"), read=lambda case: f"{localtime(case.opened_at):%Y-%m}"),
    Column(heading=_("Kode wilayah"), read=lambda case: case.region_id),
    Column(heading=_("Wilayah"), read=lambda case: case.region.name),
    Column(heading=_("Tahap perbuatan"), read=lambda case: Stage(annotation(case, "stage")).label),
    Column(heading=_("Aturan menurut penelaah"), read=lambda case: " ".join(standing_rules(case))),
    Column(heading=_("Status"), read=lambda case: case.get_status_display()),
    Column(heading=_("Hasil"), read=ending),
    Column(heading=_("Direkomendasikan kepada"), read=sent_recommendation),
    Column(heading=_("Tingkat sanksi"), read=sanction_level),
)


def safe_cell(value: object) -> str:
    """The value as text no spreadsheet takes for a formula: an apostrophe goes before a dangerous start."""
    text = str(value).replace("\0", "")
    folded = unicodedata.normalize("NFKC", text.lstrip(INVISIBLE))
    return f"'{text}" if text.startswith(FORMULA_STARTS) or folded.startswith(FORMULA_STARTS) else text


def csv_lines(cases: CaseQuerySet) -> Iterator[str]:
    """The file line by line, oldest case first; never more than a chunk of cases in memory.

    Begins with a byte order mark, without which Excel garbles letters; every cell is quoted.
    """
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff" + writer.writerow([str(column.heading) for column in COLUMNS])
    rows = (
        cases.annotate(stage=stage_of_case(), ending=outcome_of_case())
        .select_related("region")
        .prefetch_related(
            Prefetch("assessments", Assessment.objects.order_by("pk")),
            Prefetch("recommendations", Recommendation.objects.select_related("body").order_by("pk")),
            Prefetch("sanctions", Sanction.objects.order_by("pk")),
        )
        .order_by("number")
    )
    for case in rows.iterator(chunk_size=CHUNK):
        yield writer.writerow([safe_cell(column.read(case)) for column in COLUMNS])


def record_export(*, by: User, at: datetime, period: Period, count: int) -> None:
    """Note in the audit trail who took which figures out of the house."""
    record(
        action="figures_exported",
        by=by,
        at=at,
        subject_kind="region",
        subject_id=by.region_code or "nasional",
        details={"first": str(period.first or ""), "last": str(period.last or ""), "cases": count},
    )
