"""Letters that come with a step of a case: numbered in its transaction, drafts until somebody signs them off."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from cases.letters.contents import Draft, facts_naming, facts_of
from cases.letters.kinds import RULES, LetterKind
from cases.letters.wording import day_and_date
from cases.letters.writing import draft_letter, finish, take_out, update_facts
from cases.models import Case, Clarification, HeardRole, Letter, Recommendation, Respondent
from cases.refusals import ActionRefused
from reports.models import Lane, Report

INVITATIONS = frozenset({LetterKind.UNDANGAN_KLARIFIKASI, LetterKind.UNDANGAN_KETERANGAN})


@transaction.atomic
def invite(*, summons: Clarification, by: User, at: datetime) -> Letter:
    """The invitation to a hearing; the summons bears its number from now on. Raises ActionRefused, NotVisible."""
    if why := invitation_refusal(summons):
        raise ActionRefused(why)
    is_respondent = summons.role == HeardRole.RESPONDENT
    kind = LetterKind.UNDANGAN_KLARIFIKASI if is_respondent else LetterKind.UNDANGAN_KETERANGAN
    letter = draft_letter(case=summons.case, kind=kind, extra={}, about=summons, with_number=True, by=by, at=at)
    summons.letter_number = letter.number
    summons.save(update_fields=["letter_number"])
    return letter


def invitation_refusal(summons: Clarification) -> str | None:
    """Why no invitation can be made now; None when one can: there is none, or the date has changed since."""
    if not summons.is_open:
        return _("Klarifikasi ini sudah dicatat hasilnya; undangan tidak diperlukan lagi.")
    letters = [letter for letter in summons.letters.all() if letter.kind in INVITATIONS]
    if summons.letter_number and not letters:
        return _("Undangan ini bernomor dari register di luar portal.")
    in_use = [letter for letter in letters if letter.withdrawn_at is None]
    if any(letter.data.get("day") == day_and_date(summons.scheduled_date) for letter in in_use):
        return _("Surat undangan untuk jadwal ini sudah ada.")
    return None


def write_up(*, hearing: Clarification, by: User, at: datetime) -> Letter:
    """The minutes of a hearing on paper. Raises ActionRefused, NotVisible."""
    if why := writing_up_refusal(hearing):
        raise ActionRefused(why)
    kind = LetterKind.BERITA_ACARA_KLARIFIKASI
    return draft_letter(case=hearing.case, kind=kind, extra={}, about=hearing, with_number=True, by=by, at=at)


def writing_up_refusal(hearing: Clarification) -> str | None:
    """Why the minutes cannot be made a paper now; None when they can."""
    if not hearing.is_signed:
        return _("Isi tanggal tanda tangan di berita acara lebih dulu.")
    papers = (letter for letter in hearing.letters.all() if letter.kind == LetterKind.BERITA_ACARA_KLARIFIKASI)
    if any(letter.withdrawn_at is None for letter in papers):
        return _("Berita acara klarifikasi ini sudah ada.")
    return None


@transaction.atomic
def bring_up_to_date(*, hearing: Clarification, by: User, at: datetime) -> None:
    """Drafts about a hearing say what is known of it now; what was signed off stays as it is, also a moment ago."""
    drafts = hearing.letters.filter(signed_off_at=None, withdrawn_at=None).order_by("pk")
    letters = list(drafts.select_for_update(no_key=True, of=("self",)))
    if not letters:
        return
    # Read after the drafts are held: whoever changed the hearing and them meanwhile has committed both.
    rows = Clarification.objects.select_related("case__region", "case__respondent")
    about = rows.get(pk=hearing.pk)
    for letter in letters:
        with override(settings.LANGUAGE_CODE):
            data = facts_of(LetterKind(letter.kind), Draft(case=about.case, at=at, about=about))
        update_facts(letter, data, by=by, at=at)


def write_recommendation(*, recommendation: Recommendation, by: User, at: datetime) -> Letter:
    """The letter that carries a recommendation, which bears its number and date from now on."""
    letter = draft_letter(
        case=recommendation.case,
        kind=LetterKind.SURAT_REKOMENDASI,
        extra={},
        about=recommendation,
        with_number=True,
        by=by,
        at=at,
    )
    recommendation.letter_number = letter.number
    recommendation.save(update_fields=["letter_number"])
    return letter


def sign_recommendation(*, recommendation: Recommendation, by: User, at: datetime) -> None:
    """Its letter gets its final form; there is none where the office numbers its letters elsewhere.

    Raises writing.LetterNotSet.
    """
    for letter in _waiting(recommendation):
        finish(letter, by=by, at=at)


def withdraw_recommendation(*, recommendation: Recommendation, reason: str, by: User, at: datetime) -> None:
    """Its letter goes out of use; the number is not given again."""
    for letter in _waiting(recommendation):
        take_out(letter, reason=reason or _("Rekomendasi ditarik."), by=by, at=at)


def follow_the_respondent(*, case: Case, respondent: Respondent, by: User, at: datetime) -> None:
    """Drafts of the case name the respondent as known now; what their writers added stays, and so does what was signed.

    Inside the transaction that corrected the respondent and holds the case.
    """
    drafts = case.letters.filter(signed_off_at=None, withdrawn_at=None).select_related("clarification").order_by("pk")
    for letter in drafts.select_for_update(no_key=True, of=("self",)):
        naming = facts_naming(respondent, kind=LetterKind(letter.kind), hearing=letter.clarification)
        update_facts(letter, letter.data | naming, by=by, at=at)


def withdraw_drafts(*, case: Case, by: User, at: datetime) -> None:
    """The case is another office's from now on: what the one before drafted is not signed any more, by nobody.

    Numbers taken stay taken. What was signed off stays in force. The reason is kept in the portal's language.
    """
    with override(settings.LANGUAGE_CODE):
        reason = _("Kasus ini kini ditangani kantor lain, yang menyusun suratnya sendiri.")
    _take_out_drafts(case.letters.all(), reason=reason, by=by, at=at)


def withdraw_notices_of_the_end(*, case: Case, by: User, at: datetime) -> None:
    """The case is open again: nobody signs any more that it ended. `case` is as it was, finished.

    Notices drafted before the end say nothing of it and stay; so do signed ones, which the reporter may have read.
    """
    with override(settings.LANGUAGE_CODE):
        reason = _("Kasus ini dibuka lagi, jadi pemberitahuan bahwa kasus selesai tidak berlaku.")
    notices = case.letters.filter(kind=LetterKind.PEMBERITAHUAN_STATUS, drafted_at__gte=case.status_since)
    _take_out_drafts(notices, reason=reason, by=by, at=at)


def acknowledge(*, case: Case, by: User, at: datetime) -> None:
    """A receipt to each sender of a laporan who has none, when the office takes the case up.

    Perbawaslu 7/2022 owes these letters to who reports with a name. Who sent an informasi awal follows it by code, and
    an officer may write to them too.
    """
    kind = LetterKind.TANDA_TERIMA
    thanked = case.letters.filter(kind=kind, withdrawn_at=None, report__isnull=False).values("report")
    _write_to_reporters(case, kind, _named(case).exclude(pk__in=thanked), by, at)


def tell_the_end(*, case: Case, by: User, at: datetime) -> None:
    """A notice to each sender of a laporan of how the case ended, as it stands in the database."""
    _write_to_reporters(case, LetterKind.PEMBERITAHUAN_STATUS, _named(case), by, at)


def _named(case: Case) -> QuerySet[Report]:
    return Report.objects.filter(case_link__case=case, lane=Lane.LAPORAN).order_by("received_at", "pk")


def _write_to_reporters(case: Case, kind: LetterKind, reports: QuerySet[Report], by: User, at: datetime) -> None:
    """Nothing where the person takes the step but may not write to reporters; the letter stays on offer then."""
    if not by.may(RULES[kind].permission):
        return
    for report in reports:
        draft_letter(case=case, kind=kind, extra={}, report=report, with_number=True, by=by, at=at)


def _take_out_drafts(letters: QuerySet[Letter], *, reason: str, by: User, at: datetime) -> None:
    drafts = letters.filter(signed_off_at=None, withdrawn_at=None).order_by("pk")
    for letter in drafts.select_for_update(no_key=True, of=("self",)):
        take_out(letter, reason=reason, by=by, at=at)


def _waiting(recommendation: Recommendation) -> list[Letter]:
    drafts = recommendation.letters.filter(signed_off_at=None, withdrawn_at=None)
    return list(
        drafts.select_related("case__region", "layout", "template").select_for_update(no_key=True, of=("self",))
    )
