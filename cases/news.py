"""What came in from outside on a case since the reader's office last looked at it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max, Q

from accounts.models import AuditEvent, User
from accounts.roles import Permission
from cases.events import CaseEvent
from cases.hosts import hosts_for
from cases.models import CaseReport, Clarification

FROM_THE_RESPONDENT = frozenset(
    {
        CaseEvent.JAWABAN_TERLAPOR,
        CaseEvent.BUKTI_TERLAPOR,
        CaseEvent.NAMA_DARI_TERLAPOR,
        CaseEvent.TANGGAL_DIMINTA,
    }
)
FROM_THE_BODY = frozenset({CaseEvent.TANDA_TERIMA, CaseEvent.KABAR_LEMBAGA})
MORE_PICTURES = "report.evidence_added"


def cases_with_news(case_ids: Collection[UUID], *, by: User) -> set[UUID]:
    """Those of these cases on which a reporter, a respondent or a body did something after the last look.

    A look is the page of the case opened by anybody of this person's office; it need not be this person. Two queries,
    however many cases, and a third for Kesbangpol, which hears only some respondents. The order of the audit decides,
    not the clock.
    """
    links = dict(CaseReport.objects.filter(case__in=case_ids).values_list("report_id", "case_id"))
    case_of = {str(report): case for report, case in links.items()} | {str(case): case for case in case_ids}
    incoming, answering = Q(action__in=_readable_by(by)), Q(action__in=FROM_THE_RESPONDENT)
    heard = _heard_by(by, case_ids)
    look = Q(action=CaseEvent.DILIHAT, actor__role=by.role, actor__region_code=by.region_code)
    events = AuditEvent.objects.about(*case_of).filter(incoming | answering | look).values_list("subject_id")
    came: dict[UUID, int] = {}
    seen: dict[UUID, int] = {}
    newest = {"news": Max("id", filter=incoming), "answered": Max("id", filter=answering)}
    for subject, looked, news, answered in events.annotate(looked=Max("id", filter=look), **newest):
        case = case_of[subject]
        read = max(news or 0, answered or 0 if case in heard else 0)
        came[case], seen[case] = max(came.get(case, 0), read), max(seen.get(case, 0), looked or 0)
    return {case for case, newest in came.items() if newest > seen[case]}


def _heard_by(by: User, case_ids: Collection[UUID]) -> set[UUID]:
    """The cases whose respondent this person may hear, as `hearings.inviting_refusal` judges each."""
    if not by.powers.needs_sharing:
        return set(case_ids)
    hearings = Clarification.objects.filter(case__in=case_ids).of_respondent().order_by("id")
    newest = dict(hearings.values_list("case_id", "host"))
    own = hosts_for(by)
    return {case for case in case_ids if case not in newest or newest[case] in own}


def _readable_by(by: User) -> set[str]:
    """The events whose contents this person finds on the case; the lines of reporters are not for every office."""
    events = {*FROM_THE_BODY, MORE_PICTURES}
    if by.may(Permission.MESSAGE_REPORTER) or by.may(Permission.SEE_AUDIT):
        events.add(CaseEvent.PESAN_DARI_PELAPOR)
    return {str(event) for event in events}
