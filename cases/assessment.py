"""What a person says of a rule. Rows are only added; a finding of the machine is never changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require_visible, required_text
from cases.events import CaseEvent
from cases.models import Assessment, Case, Verdict
from cases.refusals import ActionRefused, FactsRefused
from cases.rulebook import is_in_force
from cases.status import Status
from reports.models import Finding

# Once a letter rests on the verdicts they stand; the way back is to return the recommendation.
ASSESSED_IN = frozenset(
    {
        Status.MASUK,
        Status.KAJIAN_AWAL,
        Status.PERBAIKAN,
        Status.DIREGISTRASI,
        Status.KLARIFIKASI,
        Status.KAJIAN,
        Status.GAKKUMDU,
    }
)


def assessing_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot assess rules on this case now; None when they can."""
    if not by.may(Permission.ASSESS):
        return _("Peran Anda tidak berwenang menilai aturan.")
    if case.status not in ASSESSED_IN:
        return _("Penilaian aturan sudah ditutup karena kasus berstatus «%(status)s».") % {
            "status": case.get_status_display()
        }
    return None


def confirm(*, case: Case, finding: Finding, reason: str, by: User, at: datetime) -> Assessment:
    """Say that the machine's finding fits. Raises ActionRefused."""
    _require_assessing(case, by)
    _check_finding(case, finding)
    return _assess(case, finding.rule_code, Verdict.CONFIRMED, finding, reason, by, at)


def reject(*, case: Case, finding: Finding, reason: str, by: User, at: datetime) -> Assessment:
    """Say that the machine's finding does not fit. Raises ActionRefused."""
    _require_assessing(case, by)
    _check_finding(case, finding)
    return _assess(case, finding.rule_code, Verdict.REJECTED, finding, reason, by, at)


def add_rule(*, case: Case, rule_code: str, reason: str, by: User, at: datetime) -> Assessment:
    """Name a rule the machine did not find. Raises ActionRefused, also for a rule the catalogue does not have."""
    _require_assessing(case, by)
    if not is_in_force(rule_code):
        raise FactsRefused({"rule_code": _("Aturan ini tidak ada dalam katalog. Pilih dari daftar.")})
    return _assess(case, rule_code, Verdict.ADDED, None, reason, by, at)


def withdraw_rule(*, case: Case, rule_code: str, reason: str, by: User, at: datetime) -> Assessment:
    """Take back a rule that was confirmed or added. Raises ActionRefused when it does not count now."""
    _require_assessing(case, by)
    if rule_code not in confirmed_rules(case):
        raise FactsRefused({"rule_code": _("Aturan ini tidak sedang dinyatakan sesuai.")})
    return _assess(case, rule_code, Verdict.REJECTED, None, reason, by, at)


def current_assessments(case: Case) -> list[Assessment]:
    """The newest verdict per rule, by rule code."""
    newest = {row.rule_code: row for row in sorted(case.assessments.all(), key=lambda row: row.pk)}
    return [newest[code] for code in sorted(newest)]


def confirmed_rules(case: Case) -> list[str]:
    """Codes of the rules people hold to be broken, in order."""
    return [row.rule_code for row in current_assessments(case) if row.verdict != Verdict.REJECTED]


def _require_assessing(case: Case, by: User) -> None:
    require_visible(case, by)
    if refused := assessing_refusal(case, by):
        raise ActionRefused(refused)


def _check_finding(case: Case, finding: Finding) -> None:
    if not case.case_reports.filter(report__classifications=finding.classification_id).exists():
        raise ActionRefused(_("Temuan ini bukan dari laporan dalam kasus ini."))
    if not finding.rule_code:
        raise ActionRefused(_("Temuan ini bukan aturan, jadi tidak perlu dinilai."))


def _assess(
    case: Case, rule_code: str, verdict: Verdict, finding: Finding | None, reason: str, by: User, at: datetime
) -> Assessment:
    reason = required_text("reason", reason)
    with transaction.atomic():
        assessment = Assessment.objects.create(
            case=case, rule_code=rule_code, verdict=verdict, finding=finding, reason=reason, by=by, at=at
        )
        record(
            action=CaseEvent.ATURAN_DINILAI,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"rule_code": rule_code, "verdict": str(verdict)},
        )
    return assessment
