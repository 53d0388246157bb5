"""The kind of election a case belongs to, as an officer says. Which deadlines of the law run hangs on it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.claim import claim, require_current
from cases.clocks import LONGEST_REASON, compute, new_run, running
from cases.deadline_rules import clock_named
from cases.events import CaseEvent
from cases.facts import text_problem
from cases.models import Case, ClockRun
from cases.refusals import ActionRefused, FactsRefused
from regions.models import Holiday
from rules.models import ElectionKind


def choosing_refusal(case: Case) -> str | None:
    """Why the kind of election cannot be chosen now; None when it can."""
    if case.outcome:
        return _("Kasus ini sudah selesai, jadi tidak ada batas waktu yang berjalan. Jenis pemilihannya tidak diubah.")
    return None


def choose_election_kind(
    *, case: Case, kind: ElectionKind, reason: str, by: User, at: datetime, seen_version: int | None = None
) -> Case:
    """Say or mend which kind of election the case is about; its clock is counted again from the start it had.

    Pauses stay and so does an extension. What was counted before stays as a clock that ended. Raises NotVisible,
    SomebodyWasFaster, FactsRefused (`kind`, `reason`) or another ActionRefused.
    """
    require(case, Permission.STUDY, by)
    require_current(case, seen_version)
    if why := choosing_refusal(case):
        raise ActionRefused(why)
    _check(case, kind, reason)
    with transaction.atomic():
        version = claim(case)
        moved = _count_again(case, kind, at)
        Case.objects.filter(pk=case.pk).update(election_kind=kind, **({"due_at": moved.due_at} if moved else {}))
        told = {"old_due": case.due_at, "new_due": moved.due_at, "clock": moved.name} if moved else {}
        record(
            action=CaseEvent.PEMILIHAN_DIPILIH,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "old_kind": case.election_kind, "new_kind": str(kind), **told},
            words={"reason": reason.strip()},
        )
    case.refresh_from_db()
    return case


def _check(case: Case, kind: ElectionKind, reason: str) -> None:
    problems = {"reason": problem} if (problem := text_problem(reason, LONGEST_REASON)) else {}
    if kind == case.election_kind:
        problems["kind"] = _("Kasus ini sudah tercatat untuk %(kind)s. Pilih jenis yang lain.") % {"kind": kind.label}
    if problems:
        raise FactsRefused(problems)


def _count_again(case: Case, kind: ElectionKind, at: datetime) -> ClockRun | None:
    """The clock whose deadline the case now has; None where none runs or it stands still."""
    now = running(case)
    # Of each clock the last: also one that ended may go on, after the criminal route or a correction of the status.
    last = {run.name: run for run in sorted(case.clock_runs.all(), key=lambda run: (run.ended_at or at, run.pk))}
    if now:
        last[now.name] = now
        ClockRun.objects.filter(pk=now.pk).update(ended_at=at)
    counted = {run.pk: _by_the_rule(kind, run, at) for run in sorted(last.values(), key=lambda run: run.pk)}
    return counted[now.pk] if now and now.paused_at is None else None


def _by_the_rule(kind: ElectionKind, run: ClockRun, at: datetime) -> ClockRun:
    """The same clock from the same start to the same end with the same pauses, by the rule of that kind of election."""
    counted = new_run(case=run.case, clock=clock_named(kind, run.name), start=run.started_at)
    counted.ended_at, counted.pauses, counted.paused_at = run.ended_at, run.pauses, run.paused_at
    if counted.extension:
        counted.extended_at, counted.extended_by = run.extended_at, run.extended_by
    compute(counted, holidays=Holiday.objects.counting().days(), time_zone=run.case.region.time_zone, at=at)
    counted.save()
    return counted
