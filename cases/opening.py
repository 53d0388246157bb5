"""Opens a case for each report the machine is done with. Pulled, not pushed: a lost message heals at the next run."""

import logging
from datetime import datetime

from django.db import DatabaseError, connection, transaction
from django.db.models import Max

from accounts.audit import record
from cases.clocks import start_clock
from cases.deadline_rules import clock_for
from cases.events import CaseEvent
from cases.models import Case, CaseReport, Respondent
from cases.status import Status
from regions.models import Region
from reports.models import Report
from rules.models import ElectionEvent

logger = logging.getLogger(__name__)

# Any number of our own; held until the transaction ends, so case numbers have no gaps and no report gets two cases.
OPENING_LOCK = 5_170_452
MOST_PER_RUN = 500


def open_waiting_cases(*, at: datetime) -> int:
    """Open a case for every report that has none; returns how many. Running it again, or twice at once, is safe."""
    waiting = Report.objects.ready_for_review().filter(case_link__isnull=True).oldest_first()
    return sum(_try_to_open(report, at) for report in waiting[:MOST_PER_RUN])


@transaction.atomic
def open_case(*, report: Report, at: datetime) -> Case | None:
    """Open the case of one report at the office of the place of the act; None when it has a case already."""
    _wait_for_turn()
    if CaseReport.objects.filter(report=report).exists():
        return None
    case = new_case(report=report, region=report.region, election_kind=_election_kind(report), at=at)
    CaseReport.objects.create(case=case, report=report, attached_at=at)
    record(
        action=CaseEvent.DIBUKA,
        by=None,
        at=at,
        subject_kind="case",
        subject_id=case.pk,
        details={"version": case.version, "to": str(case.status), "report": str(report.pk), "region": case.region_id},
    )
    return case


def new_case(*, report: Report, region: Region, election_kind: str, at: datetime) -> Case:
    """A case about the person a report names, with the next number; inside a transaction. It has no report yet."""
    _wait_for_turn()
    case = Case.objects.create(
        number=(Case.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        opened_at=at,
        region=region,
        respondent=_respondent(report),
        election_kind=election_kind,
        status_since=at,
    )
    _start_first_clock(case, report, at)
    return case


def _start_first_clock(case: Case, report: Report, at: datetime) -> None:
    """The clock of the preliminary study runs from the arrival of the report, not from ours."""
    clock = clock_for(case.election_kind, Status.MASUK)
    if clock is None:
        return
    zone = case.region.time_zone
    run = start_clock(case=case, clock=clock, start=report.received_at, at=at, time_zone=zone)
    case.due_at = run.due_at
    case.save(update_fields=["due_at"])


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OPENING_LOCK])


def _try_to_open(report: Report, at: datetime) -> bool:
    """One report that cannot be opened must not keep the others waiting."""
    try:
        return open_case(report=report, at=at) is not None
    except DatabaseError as error:
        # Not the message: the database quotes the row, and the row names people.
        logger.error("Report %s could not be opened as a case: %s", report.pk, type(error).__name__)
        return False


def _respondent(report: Report) -> Respondent:
    return Respondent.objects.create(
        name=report.respondent_name,
        post=report.respondent_post,
        agency=report.respondent_agency,
        nip=report.respondent_nip,
    )


def _election_kind(report: Report) -> str:
    """The kind the reporter named, else the kind of the elections watched at that place and day when all agree."""
    if report.election_event:
        return report.election_event.kind
    running = ElectionEvent.objects.in_region(report.region_id).running_on(report.act_date)
    kinds = set(running.values_list("kind", flat=True))
    return kinds.pop() if len(kinds) == 1 else ""
