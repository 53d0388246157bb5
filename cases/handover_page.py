"""What both offices see of a handover: who asks whom and why, and the clock of each. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from cases.clocks import due_at_office, running
from cases.handover import answering_refusal
from cases.models import Case, Handover
from cases.wording import Deadline, deadline, zone_name
from regions.models import Holiday, Region

HOUR = 3600
# Regions are read apart: joined six times they led the database through all pairs of them before it looked for a row.
SHOWN_WITH = ("case", "proposed_by", "answered_by")
READ_WITH = ("case__case_reports__report", "case__clock_runs")


@dataclass(frozen=True, kw_only=True)
class OfficeClock:
    """The deadline of a case as one office has it. `due` is in that office's time zone, None where no clock runs."""

    office: Region
    zone: str
    due: datetime | None
    deadline: Deadline

    @property
    def day(self) -> date | None:
        """The last day there."""
        return self.due.date() if self.due else None

    @property
    def clock_time(self) -> str:
        """The time of that day there; a template would turn it into the portal's own."""
        return f"{self.due:%H.%M}" if self.due else ""


@dataclass(frozen=True, kw_only=True)
class HandoverSheet:
    """A proposal with both clocks. `giver` runs until the case is accepted, `receiver` from then on.

    `difference` says in words how far apart they are.
    """

    handover: Handover
    giver: OfficeClock
    receiver: OfficeClock
    difference: str
    reports: int
    act_dates: list[date]
    is_waiting: bool
    sees_case: bool
    may_answer: bool
    may_withdraw: bool


def handover_of(case: Case, *, by: User, at: datetime) -> HandoverSheet | None:
    """The proposal that waits on a case, for those it concerns. `case` was read by `visible_case`."""
    if not getattr(case, "is_offered", False):
        return None
    row = Handover.objects.visible_to(by).waiting().filter(case=case).select_related(*SHOWN_WITH).first()
    if row is None:
        return None
    _put_regions([row])
    # What the page read of the case already
    row.case = case
    return _sheets([row], {case.pk}, by, at)[0]


def handovers_waiting(by: User, *, at: datetime) -> list[HandoverSheet]:
    """Proposals somebody's office has made or has to answer, the one that waits longest first."""
    if not by.may(Permission.REGISTER):
        return []
    rows = Handover.objects.visible_to(by).waiting().select_related(*SHOWN_WITH).prefetch_related(*READ_WITH)
    return _read(list(rows.oldest_first()), by, at)


def handover_sheet(row: Handover, *, by: User, at: datetime) -> HandoverSheet:
    """A proposal as either office reads it. Names nobody the case is about, and no reporter."""
    return _read([row], by, at)[0]


def _read(rows: list[Handover], by: User, at: datetime) -> list[HandoverSheet]:
    if not rows:
        return []
    _put_regions(rows)
    seen = Case.objects.visible_to(by).filter(pk__in=[row.case_id for row in rows])
    return _sheets(rows, set(seen.values_list("pk", flat=True)), by, at)


def _put_regions(rows: Iterable[Handover]) -> None:
    """Both offices and where each case is, with their provinces. One query."""
    codes = {code for row in rows for code in (row.from_region_id, row.to_region_id, row.case.region_id)}
    known = Region.objects.in_bulk(codes | {code[:2] for code in codes})
    for region in known.values():
        region.parent = known.get(region.parent_id or "")
    for row in rows:
        row.from_region, row.to_region = known[row.from_region_id], known[row.to_region_id]
        row.case.region = known[row.case.region_id]


def _sheets(rows: list[Handover], seen: set[UUID], by: User, at: datetime) -> list[HandoverSheet]:
    holidays = Holiday.objects.counting().days()
    return [_sheet(row, holidays, row.case_id in seen, by, at) for row in rows]


def _sheet(row: Handover, holidays: frozenset[date], sees_case: bool, by: User, at: datetime) -> HandoverSheet:
    giver, receiver = (
        _clock(office, _due(row.case, office, holidays), at) for office in (row.from_region, row.to_region)
    )
    reports = [link.report for link in row.case.case_reports.all()]
    return HandoverSheet(
        handover=row,
        giver=giver,
        receiver=receiver,
        difference=_difference(giver.due, receiver.due),
        reports=len(reports),
        act_dates=sorted({report.act_date for report in reports if report.act_date}),
        is_waiting=row.is_waiting,
        sees_case=sees_case,
        may_answer=row.is_waiting and answering_refusal(row, by) is None,
        may_withdraw=row.is_waiting and sees_case and by.may(Permission.REGISTER),
    )


def _due(case: Case, office: Region, holidays: frozenset[date]) -> datetime | None:
    """The deadline an office has or would have. The law's days that are gone stay gone."""
    if case.region_id == office.pk:
        return case.due_at
    run = running(case)
    return due_at_office(run, holidays=holidays, time_zone=office.time_zone) if run else None


def _clock(office: Region, due: datetime | None, at: datetime) -> OfficeClock:
    local = due.astimezone(ZoneInfo(office.time_zone)) if due else None
    left = deadline(due, at=at, time_zone=office.time_zone)
    return OfficeClock(office=office, zone=zone_name(office.time_zone), due=local, deadline=left)


def _difference(giver: datetime | None, receiver: datetime | None) -> str:
    if giver is None or receiver is None:
        return _("Tidak ada batas waktu yang sedang berjalan.")
    hours = round((receiver - giver).total_seconds() / HOUR)
    if hours == 0:
        return _("Kedua batas jatuh pada saat yang sama.")
    words = (
        ngettext(
            "Di kantor tujuan batasnya %(hours)d jam lebih awal.",
            "Di kantor tujuan batasnya %(hours)d jam lebih awal.",
            -hours,
        )
        if hours < 0
        else ngettext(
            "Di kantor tujuan batasnya %(hours)d jam lebih lambat.",
            "Di kantor tujuan batasnya %(hours)d jam lebih lambat.",
            hours,
        )
    )
    return words % {"hours": abs(hours)}
