"""The case page's contents: what was reported, what the machine and the people think of it. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.alike import Cluster, clusters, likenesses, surge_of
from cases.assessment import assessing_refusal, current_assessments
from cases.case_rows import read_rows
from cases.completeness import reporting_holidays
from cases.copies import binding_masks, shown_text
from cases.decisions import decisions
from cases.events import CaseEvent
from cases.highlights import HighlightedText, highlight, locate
from cases.models import Assessment, Case, CaseDocument, DocumentKind, MaskedCopy, Note, Verdict
from cases.notes import readable_notes
from cases.opinions import finding_title, most_probable_first, other_answers
from cases.reason_texts import reason_text
from cases.reporters import TalkLine, reporter_names, talk
from cases.reporting_time import ReportingTime, reporting_time
from cases.respondents import MINISTRY
from cases.results import Decision
from cases.rule_texts import RuleText, rows_by_code, rule_text
from cases.surges import Surge
from cases.timeline import TimelineEntry, timeline
from cases.viewer_page import picture_lines
from cases.wording import Deadline, deadline, percent, probability_word
from regions.models import Region
from reports.completeness import Checked, Given, checklist
from reports.models import Classification, Evidence, Finding, PreparationState, Report
from rules.current import catalogue_in_force

# Words behind less probable findings would only clutter the text.
FINDINGS_MARKED = 4
FINDINGS_SHOWN_FIRST = 3


@dataclass(frozen=True)
class PictureSheet:
    """A picture of a report with its read text."""

    evidence: Evidence
    is_viewable: bool
    text: HighlightedText
    doubtful_lines: int
    cluster: Cluster | None = None


@dataclass(frozen=True)
class Seen:
    """What is known of the pictures of a case, by picture: the like ones, and the masks that bind the reader."""

    clusters: Mapping[UUID, Cluster]
    masks: Mapping[UUID, MaskedCopy]


@dataclass(frozen=True)
class ReportSheet:
    """One report: its words with the telling ones marked, and its pictures. `reasons` are numbered from 1.

    `reporter` is what the page calls who sent it.
    """

    report: Report
    classification: Classification | None
    narrative: HighlightedText
    reasons: tuple[str, ...]
    pictures: list[PictureSheet]
    checklist: list[Checked] = field(default_factory=list)
    reporting_time: ReportingTime | None = None
    reporter: str = ""

    @property
    def lacking(self) -> int:
        """How many requirements the answers do not meet."""
        return sum(row.is_missing for row in self.checklist)


@dataclass(frozen=True)
class FindingSheet:
    """The machine's opinion on a rule, with the person's verdict where there is one.

    `rule` is None for an answer that is no rule; `title` is always there.
    """

    finding: Finding
    title: str
    rule: RuleText | None
    word: str
    percent: int
    reasons: tuple[str, ...]
    catalogue: str
    verdict: Assessment | None


@dataclass(frozen=True)
class AddedRule:
    """A rule a person named."""

    rule: RuleText
    verdict: Assessment


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything the case page shows of a case, as far as the person may see it."""

    case: Case
    deadline: Deadline
    employer: str
    reports: list[ReportSheet]
    first_findings: list[FindingSheet]
    further_findings: list[FindingSheet]
    added_rules: list[AddedRule]
    has_abstained: bool
    other_answers: list[str]
    may_assess: bool
    is_withheld: bool
    timeline: list[TimelineEntry]
    decisions: list[Decision]
    notes: list[Note]
    proposals: list[Note]
    documents: list[CaseDocument]
    sees_messages: bool
    talk: list[TalkLine] = field(default_factory=list)
    surge: Surge | None = None


def dossier(case: Case, *, by: User, at: datetime) -> Dossier:
    """Read a case the person may see. The reporter's identity is no part of anything read here.

    Messages with the reporter are for those who may write them or check the work: what a reporter writes can
    give the reporter away, so an office that may only triage does not read it.
    """
    rows = read_rows(case)
    runs, findings = rows.runs, rows.findings
    assessments = current_assessments(case)
    sheets = _finding_sheets(findings, {row.rule_code: row for row in assessments})
    alike = likenesses([case.pk], seen_by=by)[case.pk] if rows.has_alike else []
    sees_messages = by.may(Permission.MESSAGE_REPORTER) or by.may(Permission.SEE_AUDIT)
    told, notes = timeline(case, by=by), readable_notes(case, by=by)
    return Dossier(
        case=case,
        deadline=deadline(case.due_at, at=at, time_zone=case.region.time_zone),
        reports=_report_sheets(case, runs, findings, Seen(clusters(alike), binding_masks(rows.masks, case, by))),
        first_findings=sheets[:FINDINGS_SHOWN_FIRST],
        further_findings=sheets[FINDINGS_SHOWN_FIRST:],
        added_rules=_added_rules(assessments, findings, list(runs.values()), at),
        has_abstained=not runs or all(run.abstained for run in runs.values()),
        other_answers=other_answers(runs.values()),
        may_assess=assessing_refusal(case, by) is None,
        is_withheld=_is_withheld(case),
        employer=_employer(case.respondent.employer_code, rows.employer),
        decisions=decisions(case, by=by),
        timeline=told,
        notes=_notes(notes, told, by),
        proposals=[note for note in notes if note.is_proposal],
        documents=[paper for paper in case.documents.all() if paper.kind == DocumentKind.INTEGRITY_PACT],
        sees_messages=sees_messages,
        talk=talk(case, rows.messages) if sees_messages else [],
        surge=surge_of(alike),
    )


def _notes(notes: list[Note], told: list[TimelineEntry], by: User) -> list[Note]:
    """The team's notes. What somebody wrote about keeping out of the case is not for the local government's office."""
    kept = {(entry.who, entry.at) for entry in told if entry.name == CaseEvent.MUNDUR and by.powers.needs_sharing}
    return [note for note in notes if not note.is_proposal and (str(note.by), note.at) not in kept]


def _finding_sheets(findings: list[Finding], verdicts: Mapping[str, Assessment]) -> list[FindingSheet]:
    return [_finding_sheet(finding, verdicts.get(finding.rule_code)) for finding in most_probable_first(findings)]


def _finding_sheet(finding: Finding, verdict: Assessment | None) -> FindingSheet:
    version = finding.classification.catalogue_version
    rule = rule_text(finding.rule_code, rows_by_code(version.content).get(finding.rule_code))
    return FindingSheet(
        finding=finding,
        title=finding_title(finding),
        rule=rule if finding.rule_code else None,
        word=probability_word(finding.probability),
        percent=percent(finding.probability),
        reasons=tuple(dict.fromkeys(reason_text(str(span["why"])) for span in finding.spans)),
        catalogue=str(version),
        verdict=verdict if finding.rule_code else None,
    )


def _added_rules(
    assessments: list[Assessment], findings: list[Finding], runs: Collection[Classification], at: datetime
) -> list[AddedRule]:
    """Rules people named and did not take back, which the machine does not list anyway."""
    listed = {finding.rule_code for finding in findings}
    rows: dict[str, Mapping[str, object]] = {}
    for run in runs:
        rows |= rows_by_code(run.catalogue_version.content)
    # A report the machine could not judge brought no catalogue along.
    if not rows and assessments:
        rows = rows_by_code(catalogue_in_force(localdate(at)).content)
    return [
        AddedRule(rule_text(row.rule_code, rows.get(row.rule_code)), row)
        for row in assessments
        if row.rule_code not in listed and row.verdict != Verdict.REJECTED
    ]


def _report_sheets(
    case: Case, runs: Mapping[UUID, Classification], findings: list[Finding], seen: Seen
) -> list[ReportSheet]:
    kind, holidays, names = case.election_kind, reporting_holidays(case), reporter_names(case)
    sheets = [_report_sheet(link.report, runs.get(link.report_id), findings, seen) for link in case.case_reports.all()]
    return [replace(_on_the_calendar(row, kind, holidays), reporter=names[row.report.pk]) for row in sheets]


def _on_the_calendar(sheet: ReportSheet, kind: str, holidays: frozenset[date]) -> ReportSheet:
    """What hangs on the kind of election and the officers' calendar: completeness, and the time to report."""
    report, pictures = sheet.report, len(sheet.pictures)
    given = Given.of(report, pictures=pictures, holidays=holidays, election_kind=kind)
    time = reporting_time(report, election_kind=kind, holidays=holidays)
    return replace(sheet, checklist=checklist(given), reporting_time=time)


def _report_sheet(report: Report, run: Classification | None, findings: list[Finding], seen: Seen) -> ReportSheet:
    own = most_probable_first(finding for finding in findings if run and finding.classification_id == run.pk)
    spans = [span for finding in own[:FINDINGS_MARKED] for span in finding.spans]
    narrative = highlight(report.narrative, locate(report.narrative, _of(spans, "report")))
    reasons, pictures = narrative.reasons, []
    for evidence in sorted(report.evidence.all(), key=lambda row: row.position):
        read = shown_text(evidence, seen.masks.get(evidence.pk))
        text = highlight(read, locate(read, _of(spans, "screenshot")), known=reasons)
        reasons = text.reasons
        pictures.append(_picture_sheet(evidence, text, seen.clusters.get(evidence.pk)))
    return ReportSheet(report, run, narrative, tuple(reason_text(why) for why in reasons), pictures)


def _picture_sheet(evidence: Evidence, text: HighlightedText, cluster: Cluster | None) -> PictureSheet:
    return PictureSheet(
        evidence=evidence,
        is_viewable=evidence.state == PreparationState.READY,
        text=text,
        doubtful_lines=sum(line.is_doubtful for line in picture_lines(evidence)),
        cluster=cluster,
    )


def _of(spans: list[dict[str, object]], source: str) -> list[dict[str, object]]:
    return [span for span in spans if span["source"] == source]


def _is_withheld(case: Case) -> bool:
    """Whether Kesbangpol of the place, or of its province, waits for Bawaslu to share the case."""
    own_house = {"", case.region_id, case.region.province_code}
    return case.shared_with_kesbangpol_at is None and case.respondent.employer_code in own_house


def _employer(code: str, region: Region | None) -> str:
    """Whose government employs the respondent, in words."""
    if code == MINISTRY:
        return _("Kementerian atau lembaga pusat")
    return str(region or _("Belum diketahui"))
