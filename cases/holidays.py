"""The officers' calendar: add, remove and confirm holidays; open deadlines follow at once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.clocks import compute_again
from cases.facts import text_problem
from cases.refusals import ActionRefused, FactsRefused
from regions.models import Holiday, HolidayKind

ADDED, REMOVED, CONFIRMED = "holiday.added", "holiday.removed", "holiday.confirmed"
LONGEST_NAME = 200
# A slip of the keyboard in the year is the likeliest mistake.
YEARS_AROUND = timedelta(days=20 * 365)


def add_holiday(*, day: date, name: str, kind: HolidayKind, by: User, at: datetime) -> int:
    """Make a day no working day, confirmed by who adds it; returns how many open deadlines moved.

    A day removed earlier comes back. Raises ActionRefused, or FactsRefused by field (`day`, `name`).
    """
    _require(by)
    problems = {"name": problem} if (problem := text_problem(name, LONGEST_NAME)) else {}
    if abs(day - at.date()) > YEARS_AROUND:
        problems["day"] = _("Tahunnya terlalu jauh. Periksa lagi tanggalnya.")
    elif Holiday.objects.counting().filter(day=day).exists():
        problems["day"] = _("Tanggal ini sudah tercatat sebagai hari libur.")
    if problems:
        raise FactsRefused(problems)
    facts = {"name": name.strip(), "kind": kind, "is_removed": False, "confirmed_by": str(by), "confirmed_at": at}
    with transaction.atomic():
        Holiday.objects.update_or_create(day=day, defaults=facts)
        return _changed(ADDED, day, by, at, details={"kind": str(kind)}, words={"name": name.strip()})


def remove_holiday(*, day: date, by: User, at: datetime) -> int:
    """Make a day a working day again; returns how many open deadlines moved. Raises ActionRefused."""
    _require(by)
    with transaction.atomic():
        if (
            not Holiday.objects.counting()
            .filter(day=day)
            .update(is_removed=True, confirmed_by=str(by), confirmed_at=at)
        ):
            raise ActionRefused(_("Tanggal ini tidak tercatat sebagai hari libur."))
        return _changed(REMOVED, day, by, at)


def confirm_holiday(*, day: date, by: User, at: datetime) -> None:
    """Say that a day agrees with the decree. Raises ActionRefused when it is no holiday or confirmed already."""
    _require(by)
    with transaction.atomic():
        waiting = Holiday.objects.counting().filter(day=day, confirmed_at=None)
        if not waiting.update(confirmed_by=str(by), confirmed_at=at):
            raise ActionRefused(_("Tanggal ini tidak menunggu konfirmasi."))
        record(action=CONFIRMED, by=by, at=at, subject_kind="holiday", subject_id=day.isoformat())


def _require(by: User) -> None:
    if not by.may(Permission.EDIT_RULES):
        raise ActionRefused(_("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()})


def _changed(
    action: str,
    day: date,
    by: User,
    at: datetime,
    *,
    details: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> int:
    moved = compute_again(day=day, by=by, at=at)
    told = {**(details or {}), "deadlines_moved": moved}
    record(action=action, by=by, at=at, subject_kind="holiday", subject_id=day.isoformat(), details=told, words=words)
    return moved
