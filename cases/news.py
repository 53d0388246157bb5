"""What came in from outside on a case since the reader's office last looked at it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max, Q

from accounts.models import AuditEvent, User
from accounts.roles import Permission
from cases.events import CaseEvent
from cases.models import CaseReport

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
    however many cases. The order of the audit decides, not the clock.
    """
    links = dict(CaseReport.objects.filter(case__in=case_ids).values_list("report_id", "case_id"))
    case_of = {str(report): case for report, case in links.items()} | {str(case): case for case in case_ids}
    incoming = Q(action__in=_readable_by(by))
    look = Q(action=CaseEvent.DILIHAT, actor__role=by.role, actor__region_code=by.region_code)
    events = AuditEvent.objects.about(*case_of).filter(incoming | look).values_list("subject_id")
    came: dict[UUID, int] = {}
    seen: dict[UUID, int] = {}
    for subject, news, looked in events.annotate(news=Max("id", filter=incoming), looked=Max("id", filter=look)):
        case = case_of[subject]
        came[case], seen[case] = max(came.get(case, 0), news or 0), max(seen.get(case, 0), looked or 0)
    return {case for case, newest in came.items() if newest > seen[case]}


def _readable_by(by: User) -> set[str]:
    """The events whose contents this person finds on the case; the lines of reporters are not for every office."""
    events = {*FROM_THE_RESPONDENT, *FROM_THE_BODY, MORE_PICTURES}
    if by.may(Permission.MESSAGE_REPORTER) or by.may(Permission.SEE_AUDIT):
        events.add(CaseEvent.PESAN_DARI_PELAPOR)
    return {str(event) for event in events}
