"""How long a finished case is kept: rules in `data/retention_rules.yaml`, a hold wins, and who is due now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from accounts.audit import record
from cases.events import CaseEvent
from cases.models import Case, CaseReport, LegalHold
from cases.querysets import CaseQuerySet
from cases.status import Outcome, Status
from reports.models import Lane
from rules.catalogue.lined_yaml import LINE, read_yaml

RULES_FILE = Path(__file__).parent / "data" / "retention_rules.yaml"
FIELDS = {"name", "outcomes", "lanes", "years", "confirmed", "source"}
LONGEST_YEARS = 100


class BadRetentionRules(ValueError):
    """The file of rules cannot be used; the message begins with file:line."""


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """Cases of these endings with reports of these lanes are kept so many calendar years after they were finished."""

    name: str
    outcomes: frozenset[Outcome]
    lanes: frozenset[Lane]
    years: int
    # False where nobody read the figure in an archive schedule
    confirmed: bool
    source_id: str
    source_en: str

    @property
    def title(self) -> str:
        """The endings it keeps, as people read them; the lane too where it is for one of them only."""
        endings = ", ".join(str(outcome.label) for outcome in Outcome if outcome in self.outcomes)
        lanes = ", ".join(str(lane.label) for lane in Lane if lane in self.lanes)
        return endings if len(self.lanes) == len(Lane) else f"{endings} · {lanes}"

    @property
    def source(self) -> str:
        """Where the figure comes from, in the language of the page."""
        return self.source_en if (get_language() or "").startswith("en") else self.source_id


@lru_cache(maxsize=1)
def retention_rules() -> tuple[RetentionRule, ...]:
    """The rules in force. Raises BadRetentionRules."""
    return parse_rules(RULES_FILE.name, RULES_FILE.read_text(encoding="utf-8"))


def parse_rules(name: str, text: str) -> tuple[RetentionRule, ...]:
    """The rules of a file; each ending and lane stands in exactly one. Raises BadRetentionRules."""
    try:
        rows = read_yaml(name, text)
    except ValueError as error:
        raise BadRetentionRules(str(error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadRetentionRules(f"{name}:1: expected a list of rules")
    _check_cover(name, rows)
    return tuple(_rule(row) for row in rows)


def _rule(row: Mapping[str, Any]) -> RetentionRule:
    years, given = row["years"], row["source"] if isinstance(row["source"], dict) else {}
    if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= LONGEST_YEARS:
        raise BadRetentionRules(f"{row[LINE]}: years must be a whole number from 1 to {LONGEST_YEARS}")
    if not isinstance(row["confirmed"], bool):
        raise BadRetentionRules(f"{row[LINE]}: confirmed must be true or false")
    source = {language: str(given.get(language) or "").strip() for language in ("id", "en")}
    if not all(source.values()):
        raise BadRetentionRules(f"{row[LINE]}: source must say in id and en where the figure comes from")
    return RetentionRule(
        name=str(row["name"]),
        outcomes=frozenset(Outcome(value) for value in row["outcomes"]),
        lanes=frozenset(Lane(value) for value in row["lanes"]),
        years=years,
        confirmed=row["confirmed"],
        source_id=source["id"],
        source_en=source["en"],
    )


def _check_cover(name: str, rows: list[dict[str, Any]]) -> None:
    known = {(outcome, lane) for outcome in Outcome.values for lane in Lane.values}
    seen: set[tuple[object, object]] = set()
    for row in rows:
        for pair in _pairs(row):
            if pair not in known or pair in seen:
                why = "is in two rules" if pair in seen else "is no ending and lane"
                raise BadRetentionRules(f"{row[LINE]}: {pair[0]} / {pair[1]} {why}")
            seen.add(pair)
    if missing := sorted(known - seen):
        raise BadRetentionRules(f"{name}:1: no rule for {missing[0][0]} / {missing[0][1]}")


def _pairs(row: Mapping[str, Any]) -> list[tuple[object, object]]:
    if given := FIELDS ^ (set(row) - {LINE}):
        raise BadRetentionRules(f"{row[LINE]}: missing or unknown: {', '.join(sorted(given))}")
    if not isinstance(row["outcomes"], list) or not isinstance(row["lanes"], list):
        raise BadRetentionRules(f"{row[LINE]}: outcomes and lanes must be lists")
    return [(outcome, lane) for outcome in row["outcomes"] for lane in row["lanes"]]


def due_on(finished: date, years: int) -> date:
    """The first day on which a case finished on a day may go. The 29th of February runs out on the 1st of March."""
    try:
        return finished.replace(year=finished.year + years)
    except ValueError:
        return date(finished.year + years, 3, 1)


def rule_of(case: Case) -> RetentionRule:
    """The rule that keeps a finished case the longest."""
    return rules_of([case])[case.pk]


def rules_of(cases: Collection[Case]) -> dict[UUID, RetentionRule]:
    """The rule of each finished case by its key, in one query."""
    lanes: dict[UUID, set[str]] = {case.pk: set() for case in cases}
    for case_id, lane in CaseReport.objects.filter(case__in=cases).values_list("case_id", "report__lane"):
        lanes[case_id].add(lane)
    return {case.pk: _longest(case.outcome, lanes[case.pk] or set(Lane.values)) for case in cases}


def _longest(outcome: str, lanes: Collection[str]) -> RetentionRule:
    fitting = [rule for rule in retention_rules() if outcome in rule.outcomes and rule.lanes.intersection(lanes)]
    return max(fitting, key=lambda rule: rule.years)


def rule_title(name: str) -> str:
    """A rule as people read it; the name itself where the file has it no longer."""
    return next((rule.title for rule in retention_rules() if rule.name == name), name)


def due_date(case: Case, rule: RetentionRule | None = None) -> date:
    """The first day, in the portal's time zone, on which a finished case may go. `rule`: its rule, where known."""
    finished = case.status_since.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return due_on(finished, (rule or rule_of(case)).years)


def due_cases(*, at: datetime) -> CaseQuerySet:
    """Finished cases whose time is over, without a hold, not erased yet; longest finished first."""
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    held = LegalHold.objects.filter(case=OuterRef("pk"), lifted_at=None)
    cases = Case.objects.filter(status=Status.SELESAI, erased_at=None)
    cases = cases.exclude(Exists(held)).exclude(Exists(holds_elsewhere(OuterRef("pk"))))
    cases = cases.filter(Q(duplicate_of=None) | Q(duplicate_of__erased_at__isnull=False))
    for rule in retention_rules():
        reports = CaseReport.objects.filter(case=OuterRef("pk"), report__lane__in=rule.lanes)
        cases = cases.exclude(
            Q(outcome__in=rule.outcomes, status_since__date__gt=_finished_by(today, rule.years)) & Exists(reports)
        )
    return cases.order_by("status_since", "pk")


def holds_elsewhere(case: Case | OuterRef) -> QuerySet[LegalHold]:
    """Holds on cases whose reports have come into this one: what was to be kept there is here now."""
    return LegalHold.objects.filter(
        lifted_at=None,
        case__regroupings_out__undone_at=None,
        case__regroupings_out__moved__report__case_link__case=case,
    )


def note_due_cases(*, at: datetime) -> int:
    """Write down how many cases are due today. Nothing is erased by the clock."""
    count = due_cases(at=at).count()
    if count:
        record(
            action=CaseEvent.PENYIMPANAN_DITINJAU,
            by=None,
            at=at,
            subject_kind="retention",
            subject_id=f"{at:%Y-%m-%d}",
            details={"due": count},
        )
    return count


def _finished_by(today: date, years: int) -> date:
    """The last day of finishing that is over today: the other way round of `due_on`."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)
