"""The clocks that run on cases: started, stopped and paused by the steps, extended once, computed again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.claim import claim, require_current
from cases.deadline_rules import Clock, Unit, clock_for, clock_pausing_in, read_rules
from cases.deadlines import DAY, due_at
from cases.events import CaseEvent
from cases.models import Case, ClockRun
from cases.refusals import ActionRefused
from cases.status import Status
from regions.models import Holiday
from regions.working_days import calendar_version

LONGEST_REASON = 4_000
GAKKUMDU = "gakkumdu"
MOST_PER_RUN = 1_000


def start_clock(*, case: Case, clock: Clock, start: datetime, at: datetime, time_zone: str) -> ClockRun:
    """Let a clock run on a case from an aware moment. The row says by which rule and calendar it was computed."""
    run = new_run(case=case, clock=clock, start=start)
    compute(run, holidays=Holiday.objects.counting().days(), time_zone=time_zone, at=at)
    run.save()
    return run


def new_run(*, case: Case, clock: Clock, start: datetime) -> ClockRun:
    """A clock by the rule in force, neither computed nor saved yet."""
    return ClockRun(
        case=case,
        name=clock.name,
        started_at=start,
        length=clock.length,
        extension=clock.extension,
        unit=clock.unit,
        starts=clock.starts,
        source=clock.source,
        rules_version=read_rules().version,
    )


def turn_clock(*, case: Case, target: Status, at: datetime, time_zone: str) -> datetime | None:
    """What a step does to the clocks: `case` is as it was before, `target` the status it enters.

    A status of the running clock lets it run on, one it pauses in stops it for a while, any other ends it and may
    start the next. Where a clock of its own runs through a pause, the first one goes on after it with what was left.
    A case that goes back from where nobody hurries to the clock that ran last was decided by mistake: that clock never
    stopped, unless what it waited for was done. Called inside the transaction of the step. Returns the deadline, None
    where no clock runs.
    """
    clock, run = clock_for(case.election_kind, target), running(case)
    held = clock or clock_pausing_in(case.election_kind, target)
    if run is None and held and (last := _last(case)) and last.name == held.name:
        if _is_done(last):
            return None
        return _as_if_never_ended(last, is_paused=clock is None, at=at, time_zone=time_zone)
    if run and clock is None and _pauses(case, target):
        run.paused_at = at
        run.save(update_fields=["paused_at"])
        return None
    if run and clock and clock.name == run.name:
        return _run_on(run, at, time_zone)
    end_clock(case=case, at=at)
    if clock is None:
        return None
    if left := _interrupted(case, clock):
        left.ended_at = None
        return _run_on(left, at, time_zone)
    return start_clock(case=case, clock=clock, start=at, at=at, time_zone=time_zone).due_at


def end_clock(*, case: Case, at: datetime) -> None:
    """Nobody has to hurry any more. A case without a running clock stays as it is; no clock ends before it began."""
    if run := running(case):
        run.ended_at = max(at, run.started_at)
        run.save(update_fields=["ended_at"])


def reopen_clock(*, case: Case, ended_at: datetime, at: datetime) -> ClockRun | None:
    """Let the clock that ended at that moment run on as if it never had; a calendar that changed since counts.

    Returns the clock, None where none ended then.
    """
    run = max((run for run in case.clock_runs.all() if run.ended_at == ended_at), key=lambda run: run.pk, default=None)
    if run is None:
        return None
    run.ended_at = None
    holidays = Holiday.objects.counting().days()
    if run.paused_at is None and run.holidays_version != calendar_version(holidays):
        compute(run, holidays=holidays, time_zone=case.region.time_zone, at=at)
    run.save()
    return run


def running(case: Case) -> ClockRun | None:
    """The clock that has not ended, paused or not."""
    return next((run for run in case.clock_runs.all() if run.ended_at is None), None)


def extending_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot have the law's extension on the case as it is; None when they can."""
    run = running(case)
    if run is None or run.paused_at or not run.extension:
        return _("Batas waktu langkah ini tidak dapat diperpanjang menurut undang-undang.")
    if any(other.name == run.name and other.extended_at for other in case.clock_runs.all()):
        return _("Batas waktu ini sudah pernah diperpanjang. Undang-undang memberi satu kali saja.")
    if not by.may(Permission.STUDY):
        return _("Peran Anda (%(role)s) tidak berwenang memperpanjang batas waktu.") % {"role": by.get_role_display()}
    return None


def extend(*, case: Case, reason: str, by: User, at: datetime, seen_version: int | None = None) -> Case:
    """Take the extension the law gives once for further information, with the reason on record.

    Raises NotVisible, SomebodyWasFaster, FactsRefused (`reason`) or another ActionRefused.
    """
    require(case, Permission.STUDY, by)
    require_current(case, seen_version)
    if why := extending_refusal(case, by):
        raise ActionRefused(why)
    given = required_text("reason", reason, LONGEST_REASON)
    with transaction.atomic():
        version = claim(case)
        run = case.clock_runs.select_for_update(no_key=True).get(ended_at=None)
        old, run.extended_at, run.extended_by = run.due_at, at, by
        compute(run, holidays=Holiday.objects.counting().days(), time_zone=case.region.time_zone, at=at)
        run.save()
        Case.objects.filter(pk=case.pk).update(due_at=run.due_at)
        record(
            action=CaseEvent.DIPERPANJANG,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "old_due": old, "new_due": run.due_at, "clock": run.name},
            words={"reason": given},
        )
    case.refresh_from_db()
    return case


def compute_again(*, day: date, by: User, at: datetime) -> int:
    """Compute the deadlines of open cases that a day's being a holiday or not can move; returns how many moved.

    Only clocks that count working days and run across the day; finished cases keep what they had. Called inside
    the transaction that changed the calendar. Each moved deadline leaves one event with the old and the new one.
    """
    # A day of margin on both sides for the time zones
    across = _counting_working_days().filter(started_at__date__lte=day + DAY, due_at__date__gte=day - DAY)
    return _compute_all(across, by, at)


def compute_stale(*, at: datetime) -> int:
    """Compute the deadlines that rest on another calendar than today's; returns how many moved.

    A step that read the calendar before it changed and was written after it leaves one behind that `compute_again` did
    not see. Running it again moves nothing twice. Each case has a transaction of its own, so that nobody waits long.
    """
    version = calendar_version(Holiday.objects.counting().days())
    stale = _counting_working_days().exclude(holidays_version=version)
    # Those computed last first: a change of the calendar leaves many that it does not touch, computed long before it.
    found = list(stale.order_by("-computed_at", "pk").values_list("case_id", flat=True)[:MOST_PER_RUN])
    moved = 0
    for case_id in found:
        with transaction.atomic():
            moved += _compute_all(stale.filter(case_id=case_id), None, at)
    return moved


def compute(run: ClockRun, *, holidays: frozenset[date], time_zone: str, at: datetime) -> None:
    """Set the deadline of a run (not saved) and which calendar it rests on."""
    run.due_at = _due_at(run, holidays=holidays, time_zone=time_zone)
    run.holidays_version, run.computed_at = calendar_version(holidays), at


def due_at_office(run: ClockRun, *, holidays: frozenset[date], time_zone: str) -> datetime | None:
    """The deadline a running clock would have at an office of that time zone; None while it stands still."""
    return None if run.paused_at else _due_at(run, holidays=holidays, time_zone=time_zone)


def _due_at(run: ClockRun, *, holidays: frozenset[date], time_zone: str) -> datetime:
    return due_at(
        run,
        start=run.started_at,
        time_zone=time_zone,
        holidays=holidays,
        extended=run.extended_at is not None,
        pauses=run.pause_days,
    )


def _counting_working_days() -> QuerySet[ClockRun]:
    """Clocks a change of the calendar can move."""
    return ClockRun.objects.filter(ended_at=None, paused_at=None, unit=Unit.WORKING_DAYS)


def _compute_all(chosen: QuerySet[ClockRun], by: User | None, at: datetime) -> int:
    # Cases before clocks, as the steps lock them; the calendar after both, so that it is the one that counts now
    cases = Case.objects.filter(pk__in=chosen.values("case_id")).order_by("pk")
    locked = {case.pk: case for case in cases.select_related("region").select_for_update(no_key=True, of=("self",))}
    runs = list(chosen.filter(case_id__in=locked).order_by("case_id"))
    holidays = Holiday.objects.counting().days()
    return sum(_move(run, locked[run.case_id], holidays, by, at) for run in runs)


def _pauses(case: Case, target: Status) -> bool:
    """Whether the clock of the status the case leaves stands still in the one it enters."""
    held = clock_for(case.election_kind, case.status)
    return held is not None and target in held.pauses_in


def _last(case: Case, *, before: datetime | None = None, but: str = "") -> ClockRun | None:
    """The clock that ended last, until a moment and under another name than `but` where those are given."""
    ended = [(run.ended_at, run.pk, run) for run in case.clock_runs.all() if run.ended_at and run.name != but]
    in_time = [row for row in ended if before is None or row[0] <= before]
    return max(in_time)[-1] if in_time else None


def _is_done(run: ClockRun) -> bool:
    """Whether the file reached Gakkumdu, which ends its day for good."""
    return run.name == GAKKUMDU and run.case.gakkumdu_steps.filter(at__gte=run.started_at).exists()


def _interrupted(case: Case, clock: Clock) -> ClockRun | None:
    """The run of this clock that another one interrupted where the rule lets it go on; it stands still since then."""
    away = _last(case)
    pausing = {other.name for status in clock.pauses_in if (other := clock_for(case.election_kind, status))}
    if away is None or away.name not in pausing:
        return None
    left = _last(case, before=away.started_at, but=away.name)
    if left is None or left.name != clock.name:
        return None
    left.paused_at = away.started_at
    return left


def _as_if_never_ended(run: ClockRun, *, is_paused: bool, at: datetime, time_zone: str) -> datetime | None:
    """The deadline, None while the clock stands still; a pause it ended in lasted until now."""
    run.ended_at = None
    if not is_paused:
        return _run_on(run, at, time_zone)
    run.paused_at = run.paused_at or at
    run.save()
    return None


def _run_on(run: ClockRun, at: datetime, time_zone: str) -> datetime:
    """Also when the office changed: the deadline is the end of the day where the case is handled."""
    if run.paused_at:
        zone = ZoneInfo(time_zone)
        days = [run.paused_at.astimezone(zone).date(), at.astimezone(zone).date()]
        run.pauses, run.paused_at = [*run.pauses, [day.isoformat() for day in days]], None
    compute(run, holidays=Holiday.objects.counting().days(), time_zone=time_zone, at=at)
    run.save()
    return run.due_at


def _move(run: ClockRun, case: Case, holidays: frozenset[date], by: User | None, at: datetime) -> bool:
    old = run.due_at
    compute(run, holidays=holidays, time_zone=case.region.time_zone, at=at)
    run.save()
    if run.due_at == old:
        return False
    Case.objects.filter(pk=case.pk).update(due_at=run.due_at)
    record(
        action=CaseEvent.BATAS_DIHITUNG_ULANG,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=case.pk,
        details={"old_due": old, "new_due": run.due_at, "clock": run.name, "holidays_version": run.holidays_version},
    )
    return True
