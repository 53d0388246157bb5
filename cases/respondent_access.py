"""Who may open the respondent's page, and until when: the code is issued, used, revoked, and closes by itself."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases import respondent_code
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.hearings import inviting_refusal
from cases.letters.issuing import bring_up_to_date
from cases.models import Allegation, Case, RespondentAccess
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_reporter_words
from cases.status import Status
from reports.receipt import MalformedReceipt

# So long after the hearing was recorded the respondent may still add to what they said.
OPEN_AFTER_HEARING = timedelta(days=3)
LONGEST_ADDRESSEE = 150
LONGEST_PLACE = 200
LONGEST_ALLEGATION = 4_000


def write_allegation(
    *, case: Case, addressed_to: str, text: str, act_date: date, place: str, by: User, at: datetime
) -> Allegation:
    """Tell the respondent in an officer's words what is held against them; an invitation not signed yet says it too.

    Raises ActionRefused, FactsRefused.
    """
    _require_inviting(case, by)
    words = {
        "addressed_to": required_text("addressed_to", addressed_to, LONGEST_ADDRESSEE),
        "text": required_text("text", text, LONGEST_ALLEGATION),
        "place": required_text("place", place, LONGEST_PLACE),
    }
    if act_date > at.astimezone(ZoneInfo(case.region.time_zone)).date():
        raise FactsRefused({"act_date": _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")})
    refuse_reporter_words(case, words)
    with transaction.atomic():
        allegation = Allegation.objects.create(case=case, act_date=act_date, by=by, at=at, **words)
        for summons in case.clarifications.of_respondent().open():
            bring_up_to_date(hearing=summons, by=by, at=at)
        _tell(CaseEvent.DUGAAN_DITULIS, case, by, at, {"allegation": allegation.pk})
    return allegation


def issue_code(*, case: Case, by: User, at: datetime) -> str:
    """Make a code for the respondent and return it, this once; a code issued earlier stops working.

    Raises ActionRefused outside clarification, or while the respondent would find an empty page.
    """
    _require_inviting(case, by)
    code = respondent_code.new_code()
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if why := issuing_refusal(case):
            raise ActionRefused(why)
        case.respondent_accesses.filter(revoked_at=None).update(revoked_at=at)
        access = case.respondent_accesses.create(code_digest=respondent_code.digest(code), issued_by=by, issued_at=at)
        _tell(CaseEvent.KODE_TERLAPOR_DIBUAT, case, by, at, {"access": access.pk})
    return code


def revoke_code(*, case: Case, by: User, at: datetime) -> None:
    """Make the code useless, also in a browser that is using it. Raises ActionRefused when there is none."""
    _require_inviting(case, by)
    with transaction.atomic():
        if not case.respondent_accesses.filter(revoked_at=None).update(revoked_at=at):
            raise ActionRefused(_("Tidak ada kode yang berlaku."))
        _tell(CaseEvent.KODE_TERLAPOR_DICABUT, case, by, at, {})


def close_with_step(*, case: Case, target: Status, by: User, at: datetime) -> None:
    """A step is about to take the case from its status to `target`: beyond the hearing the code is dead for good.

    From the hearing to the study it lives a few days on. Every other change of status revokes it, also one back to the
    hearing (a correction, a merge that is undone): a case that was elsewhere meanwhile needs a code made on purpose.
    """
    stays = case.status == target or (case.status, target) == (Status.KLARIFIKASI, Status.KAJIAN)
    if not stays and case.respondent_accesses.filter(revoked_at=None).update(revoked_at=at):
        _tell(CaseEvent.KODE_TERLAPOR_DICABUT, case, by, at, {"with_step": True})


def issuing_refusal(case: Case) -> str | None:
    """Why no code can be issued now; None when one can."""
    if case.status != Status.KLARIFIKASI:
        return _("Kode hanya dapat dibuat selama kasus berstatus «%(status)s».") % {"status": Status.KLARIFIKASI.label}
    if not case.allegations.exists():
        return _("Tulis dulu ringkasan dugaan: tanpa itu halaman terlapor kosong.")
    return None


def current_access(case: Case) -> RespondentAccess | None:
    """The code that was issued last and not revoked."""
    return case.respondent_accesses.filter(revoked_at=None).first()


def access_with_code(code: str, *, at: datetime) -> RespondentAccess | None:
    """What a code opens now. A slip, an unknown code, a revoked and a closed one are the same: None."""
    try:
        found = RespondentAccess.objects.filter(code_digest=respondent_code.digest(code), revoked_at=None)
    except MalformedReceipt:
        return None
    access = found.select_related("case__region").first()
    return access if access and is_open(access, at=at) else None


def open_access(access_id: int, *, at: datetime) -> RespondentAccess | None:
    """The access a browser was let in with, while it is still open."""
    access = RespondentAccess.objects.filter(pk=access_id).select_related("case__region").first()
    return access if access and is_open(access, at=at) else None


def is_open(access: RespondentAccess, *, at: datetime) -> bool:
    """Open during clarification, a few days longer once the hearing is recorded, closed when the case leaves."""
    if access.revoked_at:
        return False
    if access.case.status == Status.KLARIFIKASI:
        return True
    closes = closes_at(access)
    return closes is not None and at <= closes


def closes_at(access: RespondentAccess) -> datetime | None:
    """When the page closes; None while nobody has recorded the hearing, or when the case left the office's study."""
    if access.case.status != Status.KAJIAN:
        return None
    held = access.case.clarifications.of_respondent().exclude(recorded_at=None).newest_first().first()
    return held.recorded_at + OPEN_AFTER_HEARING if held and held.recorded_at else None


def record_entry(*, access: RespondentAccess, by: User | None, at: datetime) -> None:
    """Write down that somebody came in with the code; without `by`, also a proof that the summons arrived (`absence`).

    `by` is the officer logged in in the same browser: who tries the code before handing it over proves nothing.
    """
    _tell(CaseEvent.TERLAPOR_MASUK, access.case, by, at, {"access": access.pk})


def _require_inviting(case: Case, by: User) -> None:
    require(case, Permission.CLARIFY, by)
    if why := inviting_refusal(case, by):
        raise ActionRefused(why)


def _tell(event: CaseEvent, case: Case, by: User | None, at: datetime, details: dict[str, object]) -> None:
    record(action=event, by=by, at=at, subject_kind="case", subject_id=case.pk, details=details)
