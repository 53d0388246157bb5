"""What the page of a case reads of the case's own tables, in one query; `case.notes.all()` then asks nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.db.models import Model, OuterRef, QuerySet

from cases.models import (
    Appeal,
    Case,
    Delivery,
    DeliveryNotice,
    DocumentPage,
    MaskedCopy,
    Message,
    ReminderLetter,
)
from cases.opinions import with_catalogues
from cases.rows_together import Together, fill, together
from regions.models import Region
from reports.models import Classification, Evidence, Finding

# Relations of Case that the page shows or that decide which steps it offers, in the order the page has them.
OWN = {
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
    evidence: list[Evidence]
    masks: list[MaskedCopy]
    messages: list[Message]
    employer: Region | None


def read_rows(case: Case) -> CaseRows:
    """Read them, and let the case answer for its own tables without asking again until it is refreshed."""
    rows = _statement().read(case.pk)
    for name in OWN:
        fill(case, name, rows[name])
    for part in PARTS:
        _put(rows[part.owners], part, rows[part.name])
    runs: list[Classification] = with_catalogues(rows["runs"])
    known = {run.pk: run for run in runs}
    for finding in rows["findings"]:
        if finding.classification_id in known:
            finding.classification = known[finding.classification_id]
    return CaseRows(
        runs={run.report_id: run for run in runs},
        findings=[finding for finding in rows["findings"] if finding.classification_id in known],
        evidence=rows["evidence"],
        masks=rows["masks"],
        messages=rows["messages"],
        employer=next(iter(rows["employer"]), None),
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
        "evidence": Evidence.objects.filter(report__case_link__case=OuterRef("pk")).order_by("position"),
        "masks": masks.order_by("at", "pk"),
        "messages": Message.objects.filter(report__case_link__case=OuterRef("pk")).order_by("at", "pk"),
        "employer": Region.objects.filter(pk=OuterRef("respondent__employer_code")),
    }


# Any: as above
def _of_part(part: Part) -> QuerySet[Any]:
    return part.table._default_manager.filter(**{part.of_case: OuterRef("pk")}).order_by(*part.order)


def _put(owners: Iterable[Model], part: Part, rows: list[Model]) -> None:
    for owner in owners:
        own = [row for row in rows if getattr(row, f"{part.link}_id") == owner.pk]
        for row in own:
            setattr(row, part.link, owner)
        fill(owner, part.relation, own)
