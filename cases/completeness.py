"""What the reports of a case still lack, for the office and for the reporter."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects

from cases.models import Case
from reports.completeness import Given, Requirement, missing, missing_in_any
from reports.models import Lane, Report
from rules.models import ElectionKind

# What the requirements look at beside the report itself
ASKED = ("region", "election_event", "evidence")


def missing_in_case(case: Case) -> list[Requirement]:
    """What at least one report of the case lacks. No query after cases.case_rows.read_rows() but for the calendar."""
    return missing_in_any(_given(case).values())


def lacking_reports(case: Case) -> set[UUID]:
    """The reports of the case that lack something the machine can tell; queries as above."""
    return {report for report, given in _given(case).items() if missing(given)}


def _given(case: Case) -> dict[UUID, Given]:
    prefetch_related_objects([case], *(f"case_reports__report__{name}" for name in ASKED))
    reports = [link.report for link in sorted(case.case_reports.all(), key=lambda link: link.pk)]
    holidays, kind = reporting_holidays(case), case.election_kind
    return {
        report.pk: Given.of(report, pictures=len(report.evidence.all()), holidays=holidays, election_kind=kind)
        for report in reports
    }


def missing_in_report(
    report: Report, *, pictures: int, holidays: frozenset[date], election_kind: str
) -> list[Requirement]:
    """What one report lacks, the pictures added later counted."""
    return missing(Given.of(report, pictures=pictures, holidays=holidays, election_kind=election_kind))


def reporting_holidays(case: Case) -> frozenset[date]:
    """The officers' holidays for the time to report; none are read where no report is counted in working days."""
    is_counted = case.election_kind == ElectionKind.PEMILU and any(
        link.report.lane == Lane.LAPORAN for link in case.case_reports.all()
    )
    return case.holidays if is_counted else frozenset()


def as_request(requirements: Iterable[Requirement]) -> str:
    """What is missing as lines a reviewer can send to the reporter, or change first."""
    return "\n".join(f"- {requirement.label}: {requirement.how}" for requirement in requirements)
