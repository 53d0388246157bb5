"""The audit trail as an auditor reads it: of their own region, narrowed, on a page and as a file."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from cases.events import event_label
from cases.models import Case, CaseReport
from cases.timeline import detail_lines
from reports.models import Evidence
from stats.exports import CHUNK, Echo, safe_cell

# Details people read under a name of their own are not repeated as they are kept.
_IN_WORDS = frozenset({"from", "to"})


@dataclass(frozen=True, kw_only=True)
class TrailRow:
    """One event in words. `case` is None where it is about no case; `lines` are (label, text) pairs."""

    event: AuditEvent
    what: str
    case: Case | None
    lines: list[tuple[str, str]]


def trail_of(by: User) -> QuerySet[AuditEvent]:
    """Events the person may read: everything, or those about the cases of their region and what belongs to them."""
    events = AuditEvent.objects.select_related("actor").order_by("-id")
    if not by.region_code:
        return events
    cases = Case.objects.visible_to(by)
    links = CaseReport.objects.filter(case__in=cases)
    pictures = Evidence.objects.filter(report__in=links.values("report"))
    return events.filter(
        Q(subject_id__in=cases.values(key=Cast("pk", CharField())))
        | Q(subject_id__in=links.values(key=Cast("report_id", CharField())))
        | Q(subject_id__in=pictures.values(key=Cast("pk", CharField())))
    )


def events_of_case(events: QuerySet[AuditEvent], case: Case) -> QuerySet[AuditEvent]:
    """Events about a case, its reports and their pictures."""
    reports = list(case.case_reports.values_list("report_id", flat=True))
    pictures = Evidence.objects.filter(report__in=reports).values_list("pk", flat=True)
    return events.filter(subject_id__in=[str(pk) for pk in (case.pk, *reports, *pictures)])


def trail_rows(events: Iterable[AuditEvent]) -> list[TrailRow]:
    """Events in words, with the cases they are about; three queries for a page."""
    listed = list(events)
    cases = _cases_about({event.subject_id for event in listed})
    return [
        TrailRow(event=event, what=event_label(event.action), case=cases.get(event.subject_id), lines=_lines(event))
        for event in listed
    ]


def trail_lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """The events as CSV, oldest first; never more than a chunk of them in memory.

    Begins with a byte order mark, without which Excel garbles letters; every cell is quoted and no formula.
    """
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    headings = (_("Nomor"), _("Waktu"), _("Orang"), _("Langkah"), _("Nama langkah"), _("Tentang"), _("Kunci"), _("Isi"))
    yield "\ufeff" + writer.writerow(headings)
    for event in events.order_by("id").iterator(chunk_size=CHUNK):
        cells = (
            event.pk,
            localtime(event.at).isoformat(timespec="seconds"),
            event.actor.username if event.actor else "",
            event.action,
            event_label(event.action),
            event.subject_kind,
            event.subject_id,
            "; ".join(f"{name}={value}" for name, value in event.details.items()),
        )
        yield writer.writerow([safe_cell(cell) for cell in cells])


def record_trail_export(*, by: User, at: datetime, asked: Mapping[str, str], count: int) -> None:
    """Note who took which part of the trail out of the house."""
    record(
        action="audit_exported",
        by=by,
        at=at,
        subject_kind="audit",
        subject_id=by.region_code or "nasional",
        details={"asked": dict(asked), "events": count},
    )


def _lines(event: AuditEvent) -> list[tuple[str, str]]:
    """What the event recorded: in words where there are words, as it is kept otherwise."""
    told = detail_lines(event)
    words = {text for _label, text in told}
    rest = [
        (name, str(value))
        for name, value in event.details.items()
        if name not in _IN_WORDS and value not in ("", None, [], {}) and str(value) not in words
    ]
    return told or rest


def _cases_about(subject_ids: set[str]) -> dict[str, Case]:
    keys = {key for key in map(_uuid, subject_ids) if key}
    found = {str(case.pk): case for case in Case.objects.filter(pk__in=keys)}
    for link in CaseReport.objects.filter(report__in=keys).select_related("case"):
        found[str(link.report_id)] = link.case
    pictures = Evidence.objects.filter(pk__in=keys, report__case_link__isnull=False)
    for picture in pictures.select_related("report__case_link__case"):
        found[str(picture.pk)] = picture.report.case_link.case
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
