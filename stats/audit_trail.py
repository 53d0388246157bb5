"""The audit trail as an auditor reads it: of their own region, narrowed, on a page and as a file."""

import csv
import json
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
from cases.models import Case, CaseReport
from cases.timeline import detail_lines
from reports.models import Evidence
from stats.audit_names import event_name
from stats.exports import Echo, safe_cell

EVENTS_PER_PAGE = 50
CHUNK = 5_000

# Details people read under a name of their own are not repeated as they are kept.
_IN_WORDS = frozenset({"from", "to"})


@dataclass(frozen=True, kw_only=True)
class TrailRow:
    """One event in words. `case` is None where it is about no case; `lines` are (label, text) pairs."""

    event: AuditEvent
    what: str
    case: Case | None
    lines: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class TrailPage:
    """Events newest first, and whether there are others before and after them."""

    events: list[AuditEvent]
    has_newer: bool
    has_older: bool


def trail_of(by: User) -> QuerySet[AuditEvent]:
    """Events the person may read: everything, or those about the cases of their region and what belongs to them."""
    events = AuditEvent.objects.to_read().order_by("-id")
    if not by.region_code:
        return events
    cases = Case.objects.visible_to(by)
    links = CaseReport.objects.filter(case__in=cases)
    pictures = Evidence.objects.filter(report__in=links.values("report"))
    # Three lists and not their union: PostgreSQL hashes each and walks the trail backwards until the page is full.
    return events.filter(
        Q(subject_id__in=cases.order_by().values(key=Cast("pk", CharField())))
        | Q(subject_id__in=links.order_by().values(key=Cast("report_id", CharField())))
        | Q(subject_id__in=pictures.order_by().values(key=Cast("pk", CharField())))
    )


def trail_page(events: QuerySet[AuditEvent], *, before: int | None, after: int | None) -> TrailPage:
    """Events older than an id, or newer than one, newest first. By id and not by number of page, so that the last
    page of a million costs what the first does, and events written meanwhile move nothing.
    """
    if after is not None:
        found = list(events.filter(pk__gt=after).order_by("id")[: EVENTS_PER_PAGE + 1])
        shown = found[EVENTS_PER_PAGE - 1 :: -1]
        return TrailPage(events=shown, has_newer=len(found) > EVENTS_PER_PAGE, has_older=True)
    found = list((events.filter(pk__lt=before) if before is not None else events)[: EVENTS_PER_PAGE + 1])
    return TrailPage(
        events=found[:EVENTS_PER_PAGE], has_newer=before is not None, has_older=len(found) > EVENTS_PER_PAGE
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
        TrailRow(event=event, what=event_name(event.action), case=cases.get(event.subject_id), lines=_lines(event))
        for event in listed
    ]


def trail_lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """The events as CSV, oldest first; never more than a chunk of them in memory. Columns: docs/audit.md.

    Begins with a byte order mark, without which Excel garbles letters; every cell is quoted and no formula.
    """
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    headings = (_("Nomor"), _("Waktu"), _("Orang"), _("Langkah"), _("Nama langkah"), _("Tentang"), _("Kunci"))
    yield "\ufeff" + writer.writerow((*headings, _("Isi"), _("Teks")))
    for event in _in_chunks(events):
        cells = (
            event.pk,
            localtime(event.at).isoformat(timespec="seconds"),
            event.actor.username if event.actor else "",
            event.action,
            event_name(event.action),
            event.subject_kind,
            event.subject_id,
            _as_json(event.details),
            _("sudah dihapus") if event.is_erased else _as_json(event.words_there),
        )
        yield writer.writerow([safe_cell(cell) for cell in cells])


def _in_chunks(events: QuerySet[AuditEvent]) -> Iterator[AuditEvent]:
    """By id, because a cursor over everything would have the database write it all down before the first line."""
    last = 0
    while chunk := list(events.filter(pk__gt=last).order_by("id")[:CHUNK]):
        yield from chunk
        last = chunk[-1].pk


def _as_json(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else ""


def record_trail_export(*, by: User, at: datetime, asked: Mapping[str, str], count: int) -> int:
    """Note who took which part of the trail out of the house; returns the event's id, where the file ends."""
    return record(
        action="audit_exported",
        by=by,
        at=at,
        subject_kind="audit",
        subject_id=by.region_code or "nasional",
        details={"events": count},
        words={"asked": dict(asked)},
    )


def _lines(event: AuditEvent) -> list[tuple[str, str]]:
    """What the event recorded: in words where there are words, as it is kept otherwise."""
    told = detail_lines(event)
    words = {text for _label, text in told}
    rest = [
        (name, str(value))
        for name, value in event.told.items()
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
