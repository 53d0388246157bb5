"""What the respondent does with the code: answer, ask for another date, send evidence, name people to be heard."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from cases import respondent_code
from cases.access import required_text
from cases.documents import add_pages
from cases.events import CaseEvent
from cases.hearings import open_summons
from cases.models import (
    Case,
    CaseDocument,
    DocumentKind,
    DocumentPage,
    NamedPerson,
    RespondentAccess,
    RespondentAnswer,
    ScheduleRequest,
)
from cases.refusals import ActionRefused, FactsRefused
from cases.respondent_access import is_open
from evidence.limits import MAX_FILES
from reports.adding import TooManyPictures, columns_of_new
from reports.drafts import Draft
from reports.originals import Picture, seal_originals

LONGEST_ANSWER = 20_000
LONGEST_REASON = 2_000
LONGEST_NAME = 150
LONGEST_CONTACT = 200
MOST_ANSWERS = 50
MOST_PICTURES = 30
MOST_NAMED = 20


def answer(*, access: RespondentAccess, text: str, at: datetime) -> RespondentAnswer:
    """Keep what the respondent writes, for good. Raises ActionRefused, FactsRefused."""
    text = _own_words(access, "text", text, LONGEST_ANSWER)
    with transaction.atomic():
        case = _let_in(access, at)
        if case.respondent_answers.count() >= MOST_ANSWERS:
            raise ActionRefused(_("Jawaban Anda sudah sangat banyak. Sampaikan selebihnya saat klarifikasi."))
        written = case.respondent_answers.create(text=text, at=at)
        _tell(CaseEvent.JAWABAN_TERLAPOR, case, at, {"answer": written.pk})
    return written


def ask_for_date(*, access: RespondentAccess, wanted_date: date, reason: str, at: datetime) -> ScheduleRequest:
    """Ask the office for another date; one request waits at a time. Raises ActionRefused, FactsRefused."""
    reason = _own_words(access, "reason", reason, LONGEST_REASON)
    if wanted_date <= at.astimezone(ZoneInfo(access.case.region.time_zone)).date():
        raise FactsRefused({"wanted_date": _("Pilih tanggal mulai besok.")})
    with transaction.atomic():
        case = _let_in(access, at)
        summons = open_summons(case)
        if summons is None:
            raise ActionRefused(_("Tidak ada panggilan yang tanggalnya dapat dipindahkan."))
        if summons.schedule_requests.filter(is_granted=None).exists():
            raise ActionRefused(_("Permintaan Anda yang tadi belum dijawab petugas. Tunggu jawabannya di halaman ini."))
        asked = summons.schedule_requests.create(wanted_date=wanted_date, reason=reason, at=at)
        _tell(CaseEvent.TANGGAL_DIMINTA, case, at, {"request": asked.pk, "new_date": wanted_date.isoformat()})
    return asked


def add_evidence(
    *,
    access: RespondentAccess,
    pictures: Sequence[Picture],
    at: datetime,
    draft: Draft | None = None,
    held: Collection[UUID] = (),
) -> CaseDocument | None:
    """Seal the respondent's pictures and keep them with the case, those `held` for the form `draft` first.

    Those the respondent already sent are passed over; returns None when nothing was new. Raises ActionRefused,
    reports.adding.TooManyPictures, reports.drafts.PicturesGone or reports.originals.StorageFailed, with nothing stored.
    """
    sent = sent_pictures(access.case)
    known = set(sent.values_list("sha256", flat=True))
    new = {picture.sha256: picture for picture in pictures if picture.sha256 not in known}
    with seal_originals(new.values()) as originals, transaction.atomic():
        case = _let_in(access, at)
        received = columns_of_new(among=sent, draft=draft, held=held, originals=originals, at=at)
        if not received:
            return None
        room = min(MAX_FILES, MOST_PICTURES - sent.count())
        if len(received) > room:
            raise TooManyPictures(max(room, 0))
        document = case.documents.create(
            kind=DocumentKind.RESPONDENT_EVIDENCE,
            signed_date=at.astimezone(ZoneInfo(case.region.time_zone)).date(),
            by=None,
            at=at,
        )
        add_pages(document, received)
        _tell(CaseEvent.BUKTI_TERLAPOR, case, at, {"document": document.pk, "pages": len(received)})
    return document


def sent_pictures(case: Case) -> QuerySet[DocumentPage]:
    """The pictures the respondent of a case has sent."""
    return DocumentPage.objects.filter(document__case=case, document__kind=DocumentKind.RESPONDENT_EVIDENCE)


def name_person(
    *, access: RespondentAccess, role: NamedPerson.Role, name: str, contact: str, knows: str, at: datetime
) -> NamedPerson:
    """Name a witness or superior the respondent wants heard. Raises ActionRefused, FactsRefused."""
    name = _own_words(access, "name", name, LONGEST_NAME)
    knows = _own_words(access, "knows", knows, LONGEST_REASON)
    contact = _own_words(access, "contact", contact, LONGEST_CONTACT) if contact.strip() else ""
    with transaction.atomic():
        case = _let_in(access, at)
        if case.named_people.count() >= MOST_NAMED:
            raise ActionRefused(_("Sudah banyak nama yang Anda sebut. Sampaikan selebihnya saat klarifikasi."))
        named = case.named_people.create(role=role, name=name, contact=contact, knows=knows, at=at)
        _tell(CaseEvent.NAMA_DARI_TERLAPOR, case, at, {"named": named.pk, "heard": str(role)})
    return named


def _let_in(access: RespondentAccess, at: datetime) -> Case:
    """The case, held against a step or a revocation at the same moment. Raises ActionRefused when the page closed."""
    case = Case.objects.select_for_update(no_key=True).get(pk=access.case_id)
    now = RespondentAccess.objects.select_related("case__region").get(pk=access.pk)
    if not is_open(now, at=at):
        raise ActionRefused(_("Halaman ini sudah ditutup. Hubungi kantor yang mengundang Anda."))
    return case


def _own_words(access: RespondentAccess, field: str, text: str, longest: int) -> str:
    """The text, refused where it holds the respondent's own code: officers read it and could answer in their name.

    No other code is looked for. To say that a text holds a reporter's code would prove that there is a reporter.
    """
    text = required_text(field, text, longest)
    if access.code_digest in respondent_code.digests_in(text):
        raise FactsRefused({field: _("Tulisan ini memuat kode Anda. Hapus kodenya: hanya Anda yang memegangnya.")})
    return text


def _tell(event: CaseEvent, case: Case, at: datetime, details: dict[str, object]) -> None:
    record(action=event, by=None, at=at, subject_kind="case", subject_id=case.pk, details=details)
