"""What a second reader is shown of a drawn case: reports and evidence, nothing the machine or the team made of them."""

from dataclasses import dataclass

from cases.models import Case
from reports.models import Evidence, PreparationState, Report


@dataclass(frozen=True)
class BlindPicture:
    """A picture and the text read from it, without a mark in it."""

    evidence: Evidence
    is_viewable: bool


@dataclass(frozen=True)
class BlindReport:
    """One report as it came in."""

    report: Report
    pictures: tuple[BlindPicture, ...]


def blind_reports(case: Case) -> list[BlindReport]:
    """The reports of a case in the order of arrival. No classification, finding or verdict is read."""
    reports = Report.objects.filter(case_link__case=case).select_related("region__parent", "election_event")
    return [
        BlindReport(
            report,
            tuple(
                BlindPicture(evidence, evidence.state == PreparationState.READY)
                for evidence in sorted(report.evidence.all(), key=lambda row: row.position)
            ),
        )
        for report in reports.prefetch_related("evidence").oldest_first()
    ]
