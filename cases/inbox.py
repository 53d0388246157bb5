"""The reviewers' inbox: which cases lie where, and what a row says of each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, TextChoices
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.alike import Cluster, Likeness, clusters, likenesses, surge_of
from cases.leave import covered_by
from cases.models import Assessment, Case, CaseReport, Reminder, ReminderKind, Verdict
from cases.news import cases_with_news
from cases.opinions import Findings, finding_title, findings_by_case
from cases.querysets import CaseQuerySet
from cases.reminders import reminders_of
from cases.status import Status
from cases.surges import Surge
from cases.wording import Deadline, deadline, percent, probability_word
from reports.models import ClassificationState, Finding, PreparationState, ReadingState


class Tab(TextChoices):
    """The lists of the inbox, in their order."""

    NEW = "baru", _("Baru")
    MINE = "saya", _("Tugas saya")
    OVERDUE = "lewat", _("Lewat batas")
    ESCALATED = "eskalasi", _("Dari kantor di bawah")
    OPEN = "semua", _("Semua terbuka")
    FINISHED = "selesai", _("Selesai")


@dataclass(frozen=True)
class TabLink:
    """One list with the number of its cases."""

    value: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Row:
    """One case of a list. `finding` and `finding_word` are empty where the machine had no opinion."""

    case: Case
    finding: str
    finding_word: str
    deadline: Deadline
    pictures: int
    needs_person: bool
    surge: Surge | None = None
    # The most reports a picture of the case was found in; None when in no other
    cluster: Cluster | None = None
    # The gravest warning about the deadline, in words; empty where there is none
    warning: str = ""
    # Whether a reporter, the respondent or the body did something since the office last looked
    has_news: bool = False


def cases_in(tab: Tab, *, by: User, at: datetime) -> CaseQuerySet:
    """The cases of a list, of those the person may see."""
    visible = Case.objects.visible_to(by)
    match tab:
        case Tab.NEW:
            return visible.new()
        case Tab.MINE:
            return visible.open().in_care_of(by, covered=covered_by(by, localdate(at)).values("user"))
        case Tab.OVERDUE:
            return visible.overdue(at)
        case Tab.ESCALATED:
            return visible.open().escalated_to(by)
        case Tab.OPEN:
            return visible.open()
        case Tab.FINISHED:
            return visible.filter(status=Status.SELESAI)


def tab_links(current: Tab, *, by: User, at: datetime) -> list[TabLink]:
    """Every list with its number of cases, filters aside. An office with none below it has no list for them."""
    tabs = [tab for tab in Tab if tab is not Tab.ESCALATED or by.has_offices_below]
    return [TabLink(tab.value, str(tab.label), cases_in(tab, by=by, at=at).count(), tab is current) for tab in tabs]


def with_row_facts(cases: CaseQuerySet) -> CaseQuerySet:
    """Everything a row needs besides the opinions: people, place, number of pictures, whether a person is needed."""
    reports = CaseReport.objects.filter(case=OuterRef("pk"))
    stuck = Q(report__classification_state=ClassificationState.NEEDS_PERSON) | Q(
        report__evidence__state=PreparationState.NEEDS_PERSON
    )
    unread = Q(report__evidence__reading_state=ReadingState.FAILED)
    return cases.select_related("respondent", "region", "assigned_to").annotate(
        pictures=Count("case_reports__report__evidence", distinct=True),
        needs_person=Exists(reports.filter(stuck | unread)),
    )


def rows(cases: Collection[Case], *, by: User, at: datetime) -> list[Row]:
    """What the list says of these cases (read with `with_row_facts`), in the same order."""
    ids = [case.pk for case in cases]
    findings, verdicts = findings_by_case(ids), _verdicts(ids)
    alike = likenesses(ids, seen_by=by)
    warnings, news = reminders_of(cases), cases_with_news(ids, by=by)
    found = [_row(case, findings, verdicts.get(case.pk, {}), alike[case.pk], at) for case in cases]
    return [replace(row, warning=_warning(warnings.get(row.case.pk)), has_news=row.case.pk in news) for row in found]


def _warning(reminder: Reminder | None) -> str:
    """What a row adds to the time left, which says by itself that it is over."""
    said = {None, ReminderKind.OVERDUE}
    return "" if reminder is None or reminder.kind in said else str(reminder.get_kind_display())


def _verdicts(case_ids: Iterable[UUID]) -> dict[UUID, dict[str, Assessment]]:
    """The verdict that counts, by case and rule."""
    newest = Assessment.objects.filter(case_id__in=list(case_ids)).order_by("case_id", "rule_code", "-id")
    found: dict[UUID, dict[str, Assessment]] = {}
    for row in newest.distinct("case_id", "rule_code"):
        found.setdefault(row.case_id, {})[row.rule_code] = row
    return found


def _row(case: Case, findings: Findings, verdicts: dict[str, Assessment], alike: list[Likeness], at: datetime) -> Row:
    held = [code for code, row in verdicts.items() if row.verdict != Verdict.REJECTED]
    considered = [finding for finding in findings[case.pk] if finding.rule_code not in verdicts]
    if held:
        finding, word = _titles(findings[case.pk], held), str(_("dinilai sesuai oleh petugas"))
    elif considered and not considered[0].classification.abstained:
        finding, word = finding_title(considered[0]), _odds(considered[0])
    else:
        finding, word = "", ""
    return Row(
        case=case,
        finding=finding,
        finding_word=word,
        deadline=deadline(case.due_at, at=at, time_zone=case.region.time_zone),
        pictures=getattr(case, "pictures", 0),
        needs_person=getattr(case, "needs_person", False),
        surge=surge_of(alike),
        cluster=max(clusters(alike).values(), key=lambda cluster: cluster.reports, default=None),
    )


def _titles(findings: list[Finding], codes: list[str]) -> str:
    """The first of the rules people hold to be broken, by its title where a finding knows it."""
    known = {finding.rule_code: finding_title(finding) for finding in findings}
    return known.get(codes[0], codes[0])


def _odds(finding: Finding) -> str:
    return f"{probability_word(finding.probability)} ({percent(finding.probability)} %)"
