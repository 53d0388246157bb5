"""The report a reporter follows: found by its receipt code, remembered for half an hour, shown without any name."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from cases.completeness import missing_in_report
from cases.follow_up import ReporterStatus, status_for_reporter
from cases.models import CaseReport, Letter, Message, Sanction
from cases.reporting_time import ReportingTime, reporting_time
from cases.respondent_session import KEY as RESPONDENT_KEY
from regions.models import Holiday
from reports.completeness import Requirement
from reports.models import Report

REMEMBERED_FOR = timedelta(minutes=30)
KEY = "followed_report"

# What components/steps.html calls the stops of the road
MARKS = {"done": "done", "current": "now", "ahead": "next"}


@dataclass(frozen=True)
class RoadStep:
    """One stop as the page draws it."""

    label: str
    state: str


@dataclass(frozen=True, kw_only=True)
class FollowedPage:
    """What the reporter's page shows. `sanction` is the words of the outcome once there is a decision, else empty."""

    report: Report
    status: ReporterStatus
    road: list[RoadStep]
    messages: list[Message]
    pictures: int
    sanction: str
    letters: list[Letter]
    reporting_time: ReportingTime | None = None
    # What the office is waiting for, where the machine can tell
    missing: list[Requirement] = field(default_factory=list)

    @property
    def is_erased(self) -> bool:
        """Whether everything but the fact of the report is gone."""
        return self.report.erased_at is not None


def remember(session: SessionBase, report: Report, *, at: datetime) -> None:
    """Let this browser see the report for a while. Under a new session key, so that nobody can plant one."""
    session.cycle_key()
    # On a shared computer the accused may have been here before: neither page stands beside the other.
    session.pop(RESPONDENT_KEY, None)
    session[KEY] = {"report": str(report.pk), "until": (at + REMEMBERED_FOR).isoformat()}


def followed_report(session: SessionBase, *, at: datetime) -> Report | None:
    """The report this browser follows, while it is remembered; each look prolongs the time."""
    kept = session.get(KEY)
    if not kept:
        return None
    if datetime.fromisoformat(kept["until"]) < at:
        del session[KEY]
        return None
    session[KEY] = kept | {"until": (at + REMEMBERED_FOR).isoformat()}
    return Report.objects.select_related("region").filter(pk=kept["report"]).first()


def forget(session: SessionBase) -> None:
    """Leave nothing of the visit on this device."""
    session.flush()


def followed_page(report: Report, *, at: datetime) -> FollowedPage:
    """What the reporter may know: the state, the road, the lines to and from the office. No name, no reason."""
    status = status_for_reporter(report, at)
    pictures, kind, holidays = report.evidence.count(), _election_kind(report), Holiday.objects.counting().days()
    lacking = missing_in_report(report, pictures=pictures, holidays=holidays, election_kind=kind)
    return FollowedPage(
        report=report,
        status=status,
        road=[RoadStep(step.label, MARKS[step.state]) for step in status.steps],
        messages=list(Message.objects.filter(report=report).order_by("at", "pk")),
        pictures=pictures,
        sanction=_sanction(report),
        letters=list(Letter.objects.for_reporter(report).latest_first()),
        reporting_time=reporting_time(report, election_kind=kind, holidays=holidays),
        missing=lacking if status.answer_by else [],
    )


def _election_kind(report: Report) -> str:
    """The kind the case has; empty before there is one."""
    kinds = CaseReport.objects.filter(report=report).values_list("case__election_kind", flat=True)
    return kinds.first() or ""


def _sanction(report: Report) -> str:
    """The weight of what was imposed. Its form and number would name the person to whoever holds the decree."""
    imposed = Sanction.objects.filter(case__case_reports__report=report, withdrawn_at=None).first()
    return str(imposed.get_level_display()) if imposed else ""
