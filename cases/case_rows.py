"""What the page of a case reads of the case's own tables, in one query; `case.notes.all()` then asks nothing more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet

from cases.models import (
    Appeal,
    Case,
    Delivery,
    DeliveryNotice,
    DocumentPage,
    MaskedCopy,
    Message,
    OwnFinding,
    ReminderLetter,
    Respondent,
)
from cases.opinions import with_catalogues
from cases.rows_together import Together, fill, together
from regions.models import Region
from reports.models import Classification, Evidence, Finding, Report
from reports.models_capture import LinkCapture
from reports.models_likeness import Alike
from rules.models import ElectionEvent

# Relations of Case that the page shows or that decide which steps it offers, in the order the page has them.
OWN = {
    "case_reports": ("pk",),
    "notes": ("at", "pk"),
    "assessments": ("pk",),
    "registrations": ("pk",),
    "clarifications": ("scheduled_at", "pk"),
    "gakkumdu_steps": ("happened_date", "pk"),
    "recommendations": ("drafted_at", "pk"),
    "follow_ups": ("happened_date", "pk"),
    "no_sanctions": ("pk",),
    "sanctions": ("pk",),
    "letters": ("-drafted_at", "-pk"),
    "legal_holds": ("pk",),
    "disposals": ("pk",),
    "documents": ("at", "pk"),
    "clock_runs": ("pk",),
    "reminders": ("made_at", "pk"),
}


@dataclass(frozen=True)
class Part:
    """Rows that belong to rows of the case: `relation` of the rows called `owners`, pointing back by `link`."""

    name: str
    owners: str
    relation: str
    link: str
    table: type[Model]
    of_case: str
    order: tuple[str, ...]


PARTS = (
    Part("pages", "documents", "pages", "document", DocumentPage, "document__case", ("position",)),
    Part("deliveries", "recommendations", "deliveries", "recommendation", Delivery, "recommendation__case", ("pk",)),
    Part("notices", "deliveries", "notices", "delivery", DeliveryNotice, "delivery__recommendation__case", ("pk",)),
    Part("urgings", "recommendations", "reminders", "recommendation", ReminderLetter, "recommendation__case", ("pk",)),
    Part("appeals", "sanctions", "appeals", "sanction", Appeal, "sanction__case", ("pk",)),
)


@dataclass(frozen=True, kw_only=True)
class CaseRows:
    """What belongs to the reports of a case. `runs` are the latest over each report; masks oldest first."""

    runs: dict[UUID, Classification]
    findings: list[Finding]
    masks: list[MaskedCopy]
    messages: list[Message]
    employer: Region | None
    # Whether anything was found alike; most reports are like no other, and their page need not look for more.
    has_alike: bool


def read_rows(case: Case) -> CaseRows:
    """Read them, and let the case answer for its own tables without asking again until it is refreshed."""
    rows = _statement().read(case.pk)
    for name in OWN:
        fill(case, name, rows[name])
    for part in PARTS:
        _put(rows[part.owners], part, rows[part.name])
    places = _places(rows["places"])
    _put_own(case, rows, places)
    _put_reports(case, rows, places)
    runs: list[Classification] = with_catalogues(rows["runs"])
    known = {run.pk: run for run in runs}
    for finding in rows["findings"]:
        if finding.classification_id in known:
            finding.classification = known[finding.classification_id]
    return CaseRows(
        runs={run.report_id: run for run in runs},
        findings=[finding for finding in rows["findings"] if finding.classification_id in known],
        masks=rows["masks"],
        messages=rows["messages"],
        employer=next(iter(rows["employer"]), None),
        has_alike=bool(rows["alike"]),
    )


@lru_cache(maxsize=1)
def _statement() -> Together:
    own = {name: _own(name).order_by(*order) for name, order in OWN.items()}
    parts = {part.name: _of_part(part) for part in PARTS}
    return together(Case, own | parts | _further())


# Any: query sets of every model of the page
def _own(relation: str) -> QuerySet[Any]:
    field = Case._meta.get_field(relation)
    model: Any = field.related_model
    return cast("QuerySet[Any]", model._default_manager.filter(case=OuterRef("pk")))


def _further() -> dict[str, QuerySet[Any]]:
    runs = Classification.objects.filter(report__case_link__case=OuterRef("pk"))
    findings = Finding.objects.filter(classification__report__case_link__case=OuterRef("pk"))
    masks = MaskedCopy.objects.filter(evidence__report__case_link__case=OuterRef("pk"))
    return {
        "runs": runs.order_by("report_id", "-made_at", "-id").distinct("report_id"),
        "findings": findings.order_by("pk"),
        "reports": Report.objects.filter(case_link__case=OuterRef("pk")).order_by("received_at", "pk"),
        "places": Region.objects.filter(_own_place() | _places_of_reports()),
        "elections": ElectionEvent.objects.filter(pk__in=_of_reports("election_event")),
        "captures": LinkCapture.objects.filter(report__case_link__case=OuterRef("pk")),
        "evidence": Evidence.objects.filter(report__case_link__case=OuterRef("pk")).order_by("position"),
        "masks": masks.order_by("at", "pk"),
        "messages": Message.objects.filter(report__case_link__case=OuterRef("pk")).order_by("at", "pk"),
        "alike": Alike.objects.filter(report__case_link__case=OuterRef("pk"))[:1],
        "employer": Region.objects.filter(pk=OuterRef("respondent__employer_code")),
        "respondent": Respondent.objects.filter(pk=OuterRef("respondent")),
        "own_finding": OwnFinding.objects.filter(case=OuterRef("pk")),
    }


def _own_place() -> Q:
    return Q(pk=OuterRef("region")) | Q(pk=OuterRef("region__parent"))


def _places_of_reports() -> Q:
    return Q(pk__in=_of_reports("region")) | Q(pk__in=_of_reports("region__parent"))


# Any: keys of whatever the column names
def _of_reports(column: str) -> QuerySet[Any, Any]:
    reports: QuerySet[Any, Any] = Report.objects.filter(case_link__case=OuterRef(OuterRef("pk")))
    return reports.values(column)


# Any: as above
def _of_part(part: Part) -> QuerySet[Any]:
    return part.table._default_manager.filter(**{part.of_case: OuterRef("pk")}).order_by(*part.order)


def _put(owners: Iterable[Model], part: Part, rows: list[Model]) -> None:
    for owner in owners:
        own = [row for row in rows if getattr(row, f"{part.link}_id") == owner.pk]
        for row in own:
            setattr(row, part.link, owner)
        fill(owner, part.relation, own)


def _places(rows: list[Region]) -> dict[str, Region]:
    places = {row.pk: row for row in rows}
    for place in rows:
        place.parent = places.get(place.parent_id) if place.parent_id else None
    return places


# Any: as above
def _put_own(case: Case, rows: Mapping[str, list[Any]], places: Mapping[str, Region]) -> None:
    """Whom the case is about, where it happened, and the officer who found it where no report did."""
    case.region = places[case.region_id]
    case.respondent = rows["respondent"][0]
    # Also where there is none: otherwise the page would ask
    case._state.fields_cache["own_finding"] = next(iter(rows["own_finding"]), None)


# Any: as above
def _put_reports(case: Case, rows: Mapping[str, list[Any]], places: Mapping[str, Region]) -> None:
    """The reports of the case, oldest first, each with its place, election, capture and pictures."""
    elections = {row.pk: row for row in rows["elections"]}
    captures = {row.pk: row for row in rows["captures"]}
    for report in rows["reports"]:
        report.region = places[report.region_id]
        report.election_event = elections.get(report.election_event_id)
        # Also where there is none: otherwise the page would ask
        report._state.fields_cache["link_capture"] = captures.get(report.pk)
        pictures = [picture for picture in rows["evidence"] if picture.report_id == report.pk]
        for picture in pictures:
            picture.report = report
        fill(report, "evidence", pictures)
    links = {link.report_id: link for link in rows["case_reports"]}
    for report in rows["reports"]:
        links[report.pk].report = report
    fill(case, "case_reports", [links[report.pk] for report in rows["reports"]])
