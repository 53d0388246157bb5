"""What the respondent reads, all of it written by officers, the catalogue or the respondent.

Nothing here is read from a report or a message: what is not read cannot be shown. Of a picture there is the copy the
case team released, and no word read from it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from cases.assessment import confirmed_rules
from cases.documents import documents_of
from cases.models import (
    Allegation,
    Case,
    CaseDocument,
    Clarification,
    DocumentKind,
    NamedPerson,
    Release,
    RespondentAccess,
    RespondentAnswer,
    ScheduleChange,
    ScheduleRequest,
)
from cases.oversight import body_name
from cases.released_evidence import released_pictures
from cases.respondent_access import closes_at
from cases.rule_texts import Row, rows_by_code, rule_text, title_of
from rules.models import CatalogueVersion


@dataclass(frozen=True, kw_only=True)
class SummonsSheet:
    """One summons of the respondent. `may_ask` says whether another date can be asked for now."""

    summons: Clarification
    changes: list[ScheduleChange]
    requests: list[ScheduleRequest]
    may_ask: bool


@dataclass(frozen=True)
class AllegedRule:
    """A rule as the catalogue says it. `plain` is Indonesian and may be empty; `sources` are articles."""

    title: str
    plain: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RespondentPage:
    """The respondent's page. `rules` are those an officer holds to apply, until now a suspicion.

    `oversight` is the body that would get a recommendation made today, empty while none is in force.
    """

    allegation: Allegation | None
    rules: list[AllegedRule]
    pictures: list[Release]
    oversight: str
    summonses: list[SummonsSheet]
    answers: list[RespondentAnswer]
    evidence: list[CaseDocument]
    named: list[NamedPerson]
    closes: date | None

    @property
    def may_ask_for_date(self) -> bool:
        """Whether a summons waits whose date can still be moved."""
        return any(sheet.may_ask for sheet in self.summonses)


def respondent_page(access: RespondentAccess, *, at: datetime) -> RespondentPage:
    """What the code opens now."""
    case = access.case
    zone = ZoneInfo(case.region.time_zone)
    closes, today = closes_at(access), at.astimezone(zone).date()
    return RespondentPage(
        allegation=case.allegations.order_by("-id").first(),
        rules=_rules(case, today),
        pictures=released_pictures(case),
        oversight=body_name(today),
        summonses=_summonses(case),
        answers=list(case.respondent_answers.order_by("at", "pk")),
        evidence=documents_of(case, DocumentKind.RESPONDENT_EVIDENCE),
        named=list(case.named_people.order_by("at", "pk")),
        closes=closes.astimezone(zone).date() if closes else None,
    )


def _summonses(case: Case) -> list[SummonsSheet]:
    rows = (
        case.clarifications.of_respondent()
        .order_by("pk")
        .prefetch_related(
            Prefetch("schedule_changes", queryset=ScheduleChange.objects.order_by("pk")),
            Prefetch("schedule_requests", queryset=ScheduleRequest.objects.order_by("pk")),
        )
    )
    return [_sheet(row) for row in rows]


def _sheet(row: Clarification) -> SummonsSheet:
    requests = list(row.schedule_requests.all())
    return SummonsSheet(
        summons=row,
        changes=list(row.schedule_changes.all()),
        requests=requests,
        may_ask=row.is_open and all(request.is_granted is not None for request in requests),
    )


def _rules(case: Case, today: date) -> list[AllegedRule]:
    version = CatalogueVersion.objects.in_force_on(today)
    rows = rows_by_code(version.content if version else None)
    return [_rule(code, rows[code]) for code in confirmed_rules(case) if code in rows]


def _rule(code: str, row: Row) -> AllegedRule:
    return AllegedRule(title_of(row), str(row.get("plain") or ""), rule_text(code, row).sources)
