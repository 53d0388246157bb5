"""A first information becomes a finding (temuan) of an officer, and the law's clock starts."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.claim import claim, require_current
from cases.clocks import start_clock
from cases.deadline_rules import clock_for
from cases.events import CaseEvent
from cases.facts import text_problem
from cases.models import Case, OwnFinding
from cases.refusals import ActionRefused, FactsRefused
from cases.reporting_time import last_moment_to_report
from cases.status import Status
from regions.models import Holiday
from reports.models import Lane

LONGEST_BASIS = 4_000
# Before the register: what is registered already rests on what it was registered as.
MAY_BECOME = frozenset({Status.MASUK, Status.KAJIAN_AWAL, Status.PERBAIKAN})


@dataclass(frozen=True, kw_only=True)
class FindingFacts:
    """Since when the office knows of the act, and what the finding rests on."""

    known_since: date
    basis: str

    def problems(self, today: date, last_day: date) -> dict[str, str]:
        """What is wrong, by field. A finding is made within 7 days of being known (UU 7/2017 art. 454(5))."""
        found = {}
        if problem := text_problem(self.basis, LONGEST_BASIS):
            found["basis"] = problem
        if self.known_since > today:
            found["known_since"] = _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")
        elif last_day < today:
            found["known_since"] = _(
                "Temuan dibuat paling lambat 7 hari sejak diketahui; untuk tanggal ini batasnya %(day)s. "
                "Periksa tanggalnya."
            ) % {"day": date_format(last_day, "j F Y")}
        return found


def adopting_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot make the case a finding now, in plain words; None when they can."""
    if not by.may(Permission.REGISTER):
        return _("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()}
    if case.status not in MAY_BECOME:
        return _("Temuan dibuat sebelum kasus didaftarkan.")
    if OwnFinding.objects.filter(case=case).exists():
        return _("Kasus ini sudah menjadi temuan.")
    if case.case_reports.filter(report__lane=Lane.LAPORAN).exists():
        return _("Kasus ini memuat laporan resmi, jadi tidak perlu dijadikan temuan.")
    return None


def adopt_as_finding(
    *, case: Case, facts: FindingFacts, by: User, at: datetime, seen_version: int | None = None
) -> OwnFinding:
    """Make the case a finding of this officer. Raises NotVisible, FactsRefused, SomebodyWasFaster, ActionRefused.

    The clock of the preliminary study starts now; while the reporter is asked to complete something, that date stays.
    """
    require(case, Permission.REGISTER, by)
    require_current(case, seen_version)
    if why := adopting_refusal(case, by):
        raise ActionRefused(why)
    today = at.astimezone(ZoneInfo(case.region.time_zone)).date()
    if problems := facts.problems(today, _last_day(case, min(facts.known_since, today))):
        raise FactsRefused(problems)
    with transaction.atomic():
        version = claim(case)
        made = OwnFinding.objects.create(
            case=case, known_since=facts.known_since, basis=facts.basis.strip(), by=by, at=at
        )
        clock = clock_for(case.election_kind, case.status)
        if clock:
            case.clock_runs.filter(ended_at=None).update(ended_at=at)
            run = start_clock(case=case, clock=clock, start=at, at=at, time_zone=case.region.time_zone)
            Case.objects.filter(pk=case.pk).update(due_at=run.due_at)
        record(
            action=CaseEvent.JADI_TEMUAN,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "known_since": facts.known_since.isoformat()},
        )
    case.refresh_from_db()
    return made


def _last_day(case: Case, known_since: date) -> date:
    """By the calendar the officers keep, as every clock of the case."""
    return last_moment_to_report(
        known_since,
        election_kind=case.election_kind,
        time_zone=case.region.time_zone,
        holidays=Holiday.objects.counting().days(),
    ).date()
