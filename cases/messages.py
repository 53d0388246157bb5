"""Lines between the office and the reporter, who reads and writes them with the receipt code."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.models import Case, Message
from cases.refusals import ActionRefused, FactsRefused
from reports.models import Report

LONGEST_MESSAGE = 4_000


def send_to_reporter(*, case: Case, text: str, by: User, at: datetime) -> list[Message]:
    """Write to the reporters of every report in the case. Raises ActionRefused."""
    require(case, Permission.MESSAGE_REPORTER, by)
    text = required_text("text", text, LONGEST_MESSAGE)
    links = case.case_reports.select_related("report").order_by("id")
    if not links:
        raise ActionRefused(_("Kasus ini tidak memuat laporan, jadi tidak ada pelapor."))
    with transaction.atomic():
        sent = [Message.objects.create(report=link.report, text=text, by=by, at=at) for link in links]
        record(
            action=CaseEvent.PESAN_KE_PELAPOR,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"messages": [message.pk for message in sent]},
        )
    return sent


def receive_from_reporter(*, report: Report, text: str, at: datetime) -> Message:
    """A line from the reporter, who stays unnamed. Raises FactsRefused for an empty or too long text.

    Works before a case exists: the case team finds it when the case is opened.
    """
    text = required_text("text", text, LONGEST_MESSAGE)
    with transaction.atomic():
        if Report.objects.select_for_update(no_key=True).get(pk=report.pk).erased_at is not None:
            raise FactsRefused({"text": _("Isi laporan ini sudah dihapus sesuai aturan penyimpanan.")})
        message = Message.objects.create(report=report, text=text, by=None, at=at)
        record(
            action=CaseEvent.PESAN_DARI_PELAPOR,
            by=None,
            at=at,
            subject_kind="report",
            subject_id=report.pk,
            details={"message": message.pk},
        )
    return message
