"""Around a hearing: proof that the summons arrived, another date, witnesses and superiors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.documents import MOST_PAGES, add_pages
from cases.events import CaseEvent
from cases.facts import invitation_problems, text_problem
from cases.hearings import require_host
from cases.hosts import host_refusal
from cases.letters.issuing import bring_up_to_date, invite
from cases.models import (
    Case,
    CaseDocument,
    Clarification,
    ClarificationHost,
    ClarificationMethod,
    DocumentKind,
    HeardRole,
    ScheduleRequest,
    ServiceWay,
    SummonsService,
)
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_reporter_words
from reports.originals import Picture, SealedOriginal, seal_originals

LONGEST_NAME = 150
LONGEST_NOTE = 1_000
LONGEST_REMARK = 1_000


@dataclass(frozen=True, kw_only=True)
class Service:
    """How, when and by whom a summons was delivered, with photos of the receipt where there are any."""

    way: ServiceWay
    served_date: date
    served_by: str
    note: str = ""
    photos: Sequence[Picture] = field(default=(), repr=False)

    def problems(self, *, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.served_date > today:
            found["served_date"] = _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")
        if problem := text_problem(self.served_by, LONGEST_NAME):
            found["served_by"] = problem
        if self.note.strip() and (problem := text_problem(self.note, LONGEST_NOTE)):
            found["note"] = problem
        if len(self.photos) > MOST_PAGES:
            found["photos"] = _("Lampirkan paling banyak %(most)d gambar.") % {"most": MOST_PAGES}
        return found


@dataclass(frozen=True, kw_only=True)
class OtherSummons:
    """A witness or superior who is to be heard. `letter_number` is of a letter made elsewhere; empty: we make it."""

    role: HeardRole
    person_name: str
    person_post: str
    scheduled_date: date
    method: ClarificationMethod
    host: ClarificationHost
    starts: time | None = None
    place: str = ""
    letter_number: str = ""

    def problems(self, *, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.role == HeardRole.RESPONDENT:
            found["role"] = _("Terlapor dipanggil lewat langkah kasus. Pilih saksi atau atasan.")
        if problem := text_problem(self.person_name, LONGEST_NAME):
            found["person_name"] = problem
        if self.scheduled_date < today:
            found["scheduled_date"] = _("Tanggal klarifikasi sudah lewat. Pilih hari ini atau sesudahnya.")
        if self.letter_number.strip():
            return found
        return found | invitation_problems(method=self.method, starts=self.starts, place=self.place)


def record_service(*, clarification: Clarification, service: Service, by: User, at: datetime) -> SummonsService:
    """Record that a summons was delivered. Rows are only added: two ways of delivery are two rows.

    Raises ActionRefused, FactsRefused, or reports.originals.StorageFailed with nothing stored.
    """
    case = clarification.case
    require(case, Permission.CLARIFY, by)
    require_host(clarification.host, by)
    if problems := service.problems(today=_today(case, at)):
        raise FactsRefused(problems)
    with seal_originals(service.photos) as originals, transaction.atomic():
        document = _proof(clarification, service, originals, by, at) if originals else None
        row = clarification.services.create(
            way=service.way,
            served_date=service.served_date,
            served_by=service.served_by.strip(),
            note=service.note.strip(),
            document=document,
            by=by,
            at=at,
        )
        details: dict[str, object] = {
            "clarification": clarification.pk,
            "served_date": service.served_date.isoformat(),
            "way": str(service.way),
            "pages": len(originals),
        }
        _tell(CaseEvent.PANGGILAN_DISAMPAIKAN, case, by, at, details)
    return row


def move_hearing(*, clarification: Clarification, new_date: date, reason: str, by: User, at: datetime) -> Clarification:
    """Give a hearing another date; the old one stays on record. A waiting request of the respondent is granted by it.

    Raises ActionRefused once the hearing was recorded, FactsRefused for a date that cannot be.
    """
    case = clarification.case
    require(case, Permission.CLARIFY, by)
    require_host(clarification.host, by)
    reason = required_text("reason", reason)
    if new_date <= _today(case, at):
        raise FactsRefused({"new_date": _("Pilih tanggal mulai besok.")})
    with transaction.atomic():
        row = _still_open(clarification)
        if row.scheduled_date == new_date:
            raise FactsRefused({"new_date": _("Tanggal ini sudah menjadi tanggal klarifikasi. Pilih tanggal lain.")})
        row.schedule_changes.create(old_date=row.scheduled_date, new_date=new_date, reason=reason, by=by, at=at)
        row.schedule_requests.filter(is_granted=None).update(is_granted=True, decided_by=by, decided_at=at)
        row.scheduled_date = new_date
        row.save(update_fields=["scheduled_date"])
        bring_up_to_date(hearing=row, by=by, at=at)
        details: dict[str, object] = {"clarification": row.pk, "new_date": new_date.isoformat()}
        _tell(CaseEvent.JADWAL_DIPINDAHKAN, case, by, at, details)
    return row


def refuse_date(*, request: ScheduleRequest, remark: str, by: User, at: datetime) -> ScheduleRequest:
    """Say no to another date; the respondent reads the remark. Raises ActionRefused when it was decided already."""
    case = request.clarification.case
    require(case, Permission.CLARIFY, by)
    require_host(request.clarification.host, by)
    remark = required_text("remark", remark, LONGEST_REMARK)
    refuse_reporter_words(case, {"remark": remark})
    with transaction.atomic():
        waiting = ScheduleRequest.objects.filter(pk=request.pk, is_granted=None)
        if not waiting.update(is_granted=False, remark=remark, decided_by=by, decided_at=at):
            raise ActionRefused(_("Permintaan ini sudah dijawab."))
        _tell(CaseEvent.PERMINTAAN_DITOLAK, case, by, at, {"request": request.pk})
    request.refresh_from_db()
    return request


def summon_other(*, case: Case, summons: OtherSummons, by: User, at: datetime) -> Clarification:
    """Invite a witness or the superior; in any open status, since practice hears superiors before the respondent.

    Raises ActionRefused, FactsRefused.
    """
    require(case, Permission.CLARIFY, by)
    if case.outcome:
        raise ActionRefused(_("Kasus ini sudah selesai."))
    problems = summons.problems(today=_today(case, at))
    if why := host_refusal(summons.host, by):
        problems["host"] = why
    if problems:
        raise FactsRefused(problems)
    printed = ("person_name", "person_post", "place", "letter_number")
    heard = {"person_name": summons.person_name} if summons.role == HeardRole.WITNESS else {}
    refuse_reporter_words(case, {name: getattr(summons, name) for name in printed}, heard=heard)
    with transaction.atomic():
        row = case.clarifications.create(
            role=summons.role,
            person_name=summons.person_name.strip(),
            person_post=summons.person_post.strip(),
            scheduled_date=summons.scheduled_date,
            starts=summons.starts,
            place=summons.place.strip(),
            letter_number=summons.letter_number.strip(),
            method=summons.method,
            host=summons.host,
            scheduled_by=by,
            scheduled_at=at,
        )
        if not row.letter_number:
            invite(summons=row, by=by, at=at)
        details: dict[str, object] = {
            "clarification": row.pk,
            "heard": str(summons.role),
            "scheduled_date": summons.scheduled_date.isoformat(),
            "host": str(summons.host),
        }
        _tell(CaseEvent.SAKSI_DIUNDANG, case, by, at, details)
    return row


def _proof(
    clarification: Clarification, service: Service, originals: Sequence[SealedOriginal], by: User, at: datetime
) -> CaseDocument:
    document = clarification.case.documents.create(
        kind=DocumentKind.SERVICE_PROOF,
        signed_date=service.served_date,
        witness=service.served_by.strip(),
        by=by,
        at=at,
    )
    add_pages(document, [original.columns(received_at=at) for original in originals])
    return document


def _still_open(clarification: Clarification) -> Clarification:
    row = Clarification.objects.select_for_update(no_key=True).get(pk=clarification.pk)
    if not row.is_open:
        raise ActionRefused(_("Klarifikasi ini sudah dicatat hasilnya; tanggalnya tidak dapat dipindahkan lagi."))
    return row


def _today(case: Case, at: datetime) -> date:
    return at.astimezone(ZoneInfo(case.region.time_zone)).date()


def _tell(event: CaseEvent, case: Case, by: User, at: datetime, details: dict[str, object]) -> None:
    record(action=event, by=by, at=at, subject_kind="case", subject_id=case.pk, details=details)
