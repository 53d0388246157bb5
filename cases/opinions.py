"""What the machine thinks of cases: the findings of the latest run over each of their reports."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from cases.models import Case
from cases.rule_texts import NO_VIOLATION, rows_by_code, title_of
from reports.models import Classification, Finding
from rules.models import CatalogueVersion

Findings = dict[UUID, list[Finding]]


def findings_of(case: Case) -> "QuerySet[Finding]":
    """Every finding on the reports of a case, also of earlier runs."""
    findings = Finding.objects.filter(classification__report__case_link__case=case)
    return findings.select_related("classification__catalogue_version")


def finding_title(finding: Finding) -> str:
    """A finding's rule by the title of the catalogue it was made with, or the answer that is no rule."""
    if not finding.rule_code:
        return str(NO_VIOLATION.get(finding.label, finding.label))
    row = rows_by_code(finding.classification.catalogue_version.content).get(finding.rule_code)
    return title_of(row) if row else finding.rule_code


def other_answers(runs: Iterable[Classification]) -> list[str]:
    """What the word model is sure of where the rules say otherwise, in the words of the catalogue; each once."""
    titles = []
    for run in runs:
        row = rows_by_code(run.catalogue_version.content).get(run.second_rule_code)
        if run.second_label:
            titles.append(title_of(row) if row else str(NO_VIOLATION.get(run.second_label, run.second_label)))
    return list(dict.fromkeys(titles))


def latest_classifications(case_ids: Collection[UUID]) -> list[Classification]:
    """The latest run over each report of these cases, with its catalogue version."""
    runs = Classification.objects.filter(report__case_link__case_id__in=case_ids)
    newest = runs.order_by("report_id", "-made_at", "-id").distinct("report_id")
    return with_catalogues(list(newest.select_related("report__case_link")))


def with_catalogues(runs: list[Classification]) -> list[Classification]:
    """Runs with their catalogue versions: the content is a whole catalogue, too large to be joined to every run."""
    for run in runs:
        run.catalogue_version = _version(run.catalogue_version_id)
    return runs


@lru_cache(maxsize=8)
def _version(version_id: int) -> CatalogueVersion:
    """A published version. The database refuses to change one, so a process may keep it."""
    return CatalogueVersion.objects.defer("files").get(pk=version_id)


def findings_by_case(case_ids: Collection[UUID]) -> Findings:
    """The findings of the latest runs by case, most probable first; each rule or answer once.

    Two queries, and one for each catalogue version this process has not read yet; the spans are left out.
    """
    runs = {run.pk: run for run in latest_classifications(case_ids)}
    found: Findings = {case_id: [] for case_id in case_ids}
    for finding in Finding.objects.filter(classification_id__in=runs).defer("spans"):
        finding.classification = runs[finding.classification_id]
        found[finding.classification.report.case_link.case_id].append(finding)
    return {case_id: most_probable_first(findings) for case_id, findings in found.items()}


def most_probable_first(findings: Iterable[Finding]) -> list[Finding]:
    """Each rule (or answer that is no rule) once, as probable as its most probable finding."""
    ordered = sorted(findings, key=lambda finding: (-finding.probability, finding.rank, finding.pk))
    first: dict[str, Finding] = {}
    for finding in ordered:
        first.setdefault(finding.rule_code or finding.label, finding)
    return list(first.values())
