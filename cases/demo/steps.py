"""The demo's steps on a case, each through the use case people use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from cases import assessment, assignment, messages, notes, sharing
from cases.actions import Action
from cases.demo.facts import FACTS
from cases.demo.stories import PlannedStep
from cases.demo.timing import Calendar
from cases.handover import propose_handover
from cases.models import AsnStatus, Case, ServiceWay
from cases.respondents import RespondentFacts, edit_respondent
from cases.summons import Service, record_service
from cases.workflow import perform
from regions.models import Region
from reports.models import Finding, Report


@dataclass(frozen=True, kw_only=True)
class StepContext:
    """What a step needs besides the case: its plan, who takes it and when, the report, the cases by story."""

    plan: PlannedStep
    by: User
    at: datetime
    report: Report
    calendar: Calendar
    cases: dict[str, Case]

    def text(self, name: str) -> str:
        """A text of the plan; empty when it has none."""
        return str(self.plan.facts.get(name, ""))


def take_step(case: Case, step: StepContext) -> Case:
    """Do what is planned; returns the case as it is then. Raises what the use case raises."""
    if step.plan.do in OTHER:
        OTHER[step.plan.do](case, step)
        return case
    action = Action(step.plan.do)
    facts = FACTS[action](step.plan.facts, step.calendar, step.cases) if action in FACTS else None
    return perform(case=case, action=action, by=step.by, at=step.at, reason=step.text("reason"), facts=facts)


def _take(case: Case, step: StepContext) -> None:
    assignment.take(case=case, by=step.by, at=step.at)


def _share(case: Case, step: StepContext) -> None:
    sharing.share_with_kesbangpol(case=case, by=step.by, at=step.at)


def _hand_over(case: Case, step: StepContext) -> None:
    region = Region.objects.get(pk=step.text("region"))
    propose_handover(case=case, region=region, reason=step.text("reason"), by=step.by, at=step.at)


def _serve(case: Case, step: StepContext) -> None:
    """The summons that waits reaches the respondent."""
    service = Service(
        way=ServiceWay(step.text("way")),
        served_date=step.calendar.day(step.plan.day),
        served_by=step.text("served_by"),
    )
    summons = case.clarifications.of_respondent().open().get()
    record_service(clarification=summons, service=service, by=step.by, at=step.at)


def _respondent(case: Case, step: StepContext) -> None:
    facts = RespondentFacts(
        employer_code=step.text("employer"),
        nip=step.text("nip") or case.respondent.nip,
        asn_status=AsnStatus(step.text("status")),
        asn_status_source=step.text("source"),
        asn_status_date=step.at.date(),
    )
    edit_respondent(case=case, facts=facts, by=step.by, at=step.at)


def _confirm(case: Case, step: StepContext) -> None:
    """Confirm what the machine found; add the rule where it did not find it."""
    common: dict[str, Any] = {"case": case, "reason": step.text("reason"), "by": step.by, "at": step.at}
    for rule_code in step.plan.facts["rules"]:
        finding = _findings(step.report).filter(rule_code=rule_code).first()
        if finding:
            assessment.confirm(finding=finding, **common)
        else:
            assessment.add_rule(rule_code=rule_code, **common)


def _reject(case: Case, step: StepContext) -> None:
    """Reject the machine's first violation; there may be none."""
    finding = _findings(step.report).exclude(rule_code="").first()
    if finding:
        assessment.reject(case=case, finding=finding, reason=step.text("reason"), by=step.by, at=step.at)


def _findings(report: Report) -> Any:
    return Finding.objects.filter(classification__report=report).order_by("rank", "id")


def _note(case: Case, step: StepContext) -> None:
    notes.add_note(case=case, text=step.text("text"), by=step.by, at=step.at)


def _propose(case: Case, step: StepContext) -> None:
    notes.propose(case=case, text=step.text("text"), by=step.by, at=step.at)


def _message(case: Case, step: StepContext) -> None:
    messages.send_to_reporter(case=case, text=step.text("text"), to=[step.report.pk], by=step.by, at=step.at)


def _reply(case: Case, step: StepContext) -> None:
    messages.receive_from_reporter(report=step.report, text=step.text("text"), at=step.at)


OTHER: dict[str, Callable[[Case, StepContext], None]] = {
    "take": _take,
    "share": _share,
    "hand_over": _hand_over,
    "serve": _serve,
    "respondent": _respondent,
    "confirm": _confirm,
    "reject": _reject,
    "note": _note,
    "propose": _propose,
    "message": _message,
    "reply": _reply,
}
