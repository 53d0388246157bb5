"""Was a laporan made within seven days of knowing? Told to reporter and reviewer, never a reason to refuse it here.

UU 7/2017 art. 454(6) for the general election, UU 1/2015 as amended by UU 10/2016 art. 134 for the pilkada.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from cases.deadline_rules import reporting_clock
from cases.deadlines import due_at
from reports.models import Lane, Report


@dataclass(frozen=True)
class ReportingTime:
    """The last day on which the laporan was in time, and whether it came after that."""

    known_since: date
    last_day: date
    is_late: bool


def reporting_time(report: Report, *, election_kind: str, holidays: frozenset[date]) -> ReportingTime | None:
    """How the report stands to the time to report; None for an informasi awal or where the day is not known.

    While the election is not known the shorter clock is used: the answer is a hint for people, not a decision.
    """
    if report.lane != Lane.LAPORAN or report.known_since is None:
        return None
    last = last_moment_to_report(
        report.known_since, election_kind=election_kind, time_zone=report.region.time_zone, holidays=holidays
    )
    return ReportingTime(report.known_since, last.date(), report.received_at > last)


def last_moment_to_report(
    known_since: date, *, election_kind: str, time_zone: str, holidays: frozenset[date]
) -> datetime:
    """Until when an act known of since a day may be reported or found, in the region's time.

    While the election is not known the shorter clock is used.
    """
    start = datetime.combine(known_since, time.min, ZoneInfo(time_zone))
    return due_at(reporting_clock(election_kind), start=start, time_zone=time_zone, holidays=holidays)
