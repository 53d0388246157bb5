"""Lines between the office and the reporter, who reads and writes them with the receipt code."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.models import Case, Message, MessageTemplate
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_words_of_others
from cases.reporters import readers
from reports.models import Report

LONGEST_MESSAGE = 4_000
# From one reporter about one report in a day: more than a person writes, less than buries the case team.
MOST_A_DAY = 30


def send_to_reporter(
    *,
    case: Case,
    text: str,
    by: User,
    at: datetime,
    to: Collection[UUID] | None = None,
    began_from: MessageTemplate | None = None,
) -> list[Message]:
    """Write to the reporters of these reports; a case with one report needs no choice. Raises ActionRefused.

    FactsRefused where the text repeats another reporter of the case to one of them. `began_from` is the template the
    text started as; the audit keeps its version, not the words.
    """
    require(case, Permission.MESSAGE_REPORTER, by)
    text = required_text("text", text, LONGEST_MESSAGE)
    if not case.case_reports.exists():
        raise ActionRefused(_("Kasus ini tidak memuat laporan, jadi tidak ada pelapor."))
    picked = [link.report_id for link in readers(case, to, field="to")]
    refuse_words_of_others(case, {"text": text}, to=picked)
    with transaction.atomic():
        sent = [Message.objects.create(report_id=report, text=text, by=by, at=at) for report in picked]
        record(
            action=CaseEvent.PESAN_KE_PELAPOR,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"messages": [message.pk for message in sent], **_template(began_from)},
        )
    return sent


def receive_from_reporter(*, report: Report, text: str, at: datetime) -> Message:
    """A line from the reporter, who stays unnamed. Raises FactsRefused: empty, too long, one too many.

    Works before a case exists: the case team finds it when the case is opened.
    """
    text = required_text("text", text, LONGEST_MESSAGE)
    with transaction.atomic():
        if Report.objects.select_for_update(no_key=True).get(pk=report.pk).erased_at is not None:
            raise FactsRefused({"text": _("Isi laporan ini sudah dihapus sesuai aturan penyimpanan.")})
        _require_few(report, at)
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


def _require_few(report: Report, at: datetime) -> None:
    sent = Message.objects.filter(report=report, by=None, at__gt=at - timedelta(days=1))
    if sent.count() >= MOST_A_DAY:
        raise FactsRefused(
            {
                "text": _("Anda sudah mengirim %(most)d pesan dalam 24 jam. Simpan dulu pesan ini, lalu kirim besok.")
                % {"most": MOST_A_DAY}
            }
        )


def _template(began_from: MessageTemplate | None) -> dict[str, object]:
    return {"template": began_from.kind, "template_version": began_from.version} if began_from else {}
