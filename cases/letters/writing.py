"""Letters from draft to signature. A number is taken once: with the step a letter comes with, else at signature."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.audit import record
from accounts.models import User
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.facts import text_problem
from cases.hosts import host_refusal
from cases.letters.contents import Draft, facts_of
from cases.letters.kinds import RULES, LetterKind
from cases.letters.models import LAYOUT
from cases.letters.numbering import take_number
from cases.letters.offices import Office, office_code, office_of, writes_for
from cases.letters.typesetting import TemplateBroken, typeset
from cases.letters.wording import long_date
from cases.models import Case, Clarification, Letter, LetterTemplate, Recommendation, Respondent
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_words_of_others
from evidence.children import ChildUnavailable
from reports.models import Report


class LetterNotSet(ActionRefused):
    """The letter could not be set; nothing was written and no number taken. The cause is chained."""


LONGEST_REASON = 500
SIGNED_FORMAT = "{day}, pukul {time:%H.%M}"


def draft_letter(
    *,
    case: Case,
    kind: LetterKind,
    extra: Mapping[str, str],
    by: User,
    at: datetime,
    report: Report | None = None,
    about: Clarification | Recommendation | None = None,
    with_number: bool = False,
) -> Letter:
    """Write a draft. `extra` holds texts by the names of the kind's additions, e.g. `formal` and `conclusion`.

    Letters to the reporter name their `report`, letters that come with a step what they are `about`. Raises NotVisible,
    FactsRefused (an addition is missing, too long, unknown or another reporter's), NothingToWrite or ActionRefused.
    """
    require(case, RULES[kind].permission, by)
    _check_additions(kind, extra)
    _check_report(case, kind, report, extra)
    _check_host(about, by)
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        source = Draft(case=_with_the_respondent(case), at=at, additions=extra, report=report, about=about)
        letter = Letter(
            case=case,
            report=report,
            clarification=about if isinstance(about, Clarification) else None,
            recommendation=about if isinstance(about, Recommendation) else None,
            kind=kind,
            office_code=office_code(by),
            data=facts_of(kind, source),
            template=LetterTemplate.objects.in_force(kind),
            layout=LetterTemplate.objects.in_force(LAYOUT),
            drafted_by=by,
            drafted_at=at,
        )
        if with_number:
            _number(letter, office_of(by, letter.office_code), at)
        letter.save()
        _record(CaseEvent.SURAT_DISUSUN, letter, by=by, at=at)
    return letter


def _with_the_respondent(case: Case) -> Case:
    """The respondent as known now and held: whoever corrects them comes before the draft, or finds it."""
    case.respondent = Respondent.objects.select_for_update(no_key=True).get(pk=case.respondent_id)
    return case


def update_facts(held: Letter, data: Mapping[str, object], *, by: User, at: datetime) -> None:
    """A draft says something else from now on, for callers that hold the row; the same facts leave no trace."""
    if data == held.data:
        return
    held.data = dict(data)
    held.save(update_fields=["data"])
    _record(CaseEvent.SURAT_DIPERBARUI, held, by=by, at=at)


def sign_off(*, letter: Letter, by: User, at: datetime, seen_facts: str | None = None) -> Letter:
    """Give a draft its final form, and its number if it has none. Of two people at once, one signs.

    `seen_facts` is Letter.facts_version on the page the person acted on. Raises NotVisible, or ActionRefused when it is
    no draft any more, says something else than it did there or takes another person than the one who drafted it, or
    LetterNotSet. Nothing is written then and no number taken.
    """
    require(letter.case, RULES[LetterKind(letter.kind)].permission, by)
    with transaction.atomic():
        held = _held(letter)
        if refused := signing_refusal(held, by):
            raise ActionRefused(refused)
        if seen_facts not in {None, held.facts_version}:
            raise ActionRefused(_("Isi surat ini berubah sejak Anda membuka halaman. Unduh lagi, lalu periksa."))
        return finish(held, by=by, at=at)


def finish(held: Letter, *, by: User, at: datetime) -> Letter:
    """The signature itself, for callers that have judged it and hold the row. Raises LetterNotSet."""
    office = office_of(held.drafted_by, held.office_code)
    if not held.number:
        _number(held, office, at)
    held.signed_off_by, held.signed_off_at = by, at
    held.pdf = _set(held, office)
    held.pdf_sha256 = hashlib.sha256(held.pdf).hexdigest()
    held.save()
    _record(CaseEvent.SURAT_DITANDATANGANI, held, by=by, at=at)
    return held


def issue_letter(
    *,
    case: Case,
    kind: LetterKind,
    extra: Mapping[str, str],
    by: User,
    at: datetime,
    report: Report | None = None,
    signed_by: User | None = None,
) -> Letter:
    """Draft and sign off in one go; nothing is left where either is refused. Raises what they raise.

    `by` drafts. `signed_by` signs, the same person unless given; a kajian and a surat rekomendasi take another one.
    """
    with transaction.atomic():
        letter = draft_letter(case=case, kind=kind, extra=extra, by=by, at=at, report=report)
        return sign_off(letter=letter, by=signed_by or by, at=at)


def withdraw_letter(*, letter: Letter, reason: str, by: User, at: datetime) -> Letter:
    """Take a letter out of use. It keeps its number, its bytes and the reason. Raises NotVisible or ActionRefused."""
    require(letter.case, RULES[LetterKind(letter.kind)].permission, by)
    reason = required_text("reason", reason, LONGEST_REASON)
    with transaction.atomic():
        held = _held(letter)
        _check_host(held.clarification, by)
        if held.withdrawn_at:
            raise ActionRefused(_("Surat ini sudah ditarik."))
        if held.is_draft and held.recommendation_id:
            raise ActionRefused(_("Surat ini ditarik dengan langkah «Kembalikan rekomendasi»."))
        return take_out(held, reason=reason, by=by, at=at)


def take_out(held: Letter, *, reason: str, by: User, at: datetime) -> Letter:
    """The withdrawal itself, for callers that have judged it and hold the row."""
    held.withdrawn_by, held.withdrawn_at, held.withdrawal_reason = by, at, reason
    held.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    _record(CaseEvent.SURAT_DITARIK, held, by=by, at=at)
    return held


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF/A: as it was signed off, or as a draft with the mark across it. Raises LetterNotSet."""
    if letter.pdf is not None:
        return bytes(letter.pdf)
    return _set(letter, office_of(letter.drafted_by, letter.office_code))


def read_letter(*, letter: Letter, by: User | None, at: datetime) -> bytes:
    """The PDF for somebody who may read it; the look is on record. `by=None` is the reporter it was written to."""
    _record(CaseEvent.SURAT_DILIHAT, letter, by=by, at=at)
    return letter_pdf(letter)


def signing_refusal(letter: Letter, by: User) -> str | None:
    """Why this person cannot sign the letter off now; None when they can."""
    return _closed(letter) or _other_signer(letter, by)


def _closed(letter: Letter) -> str | None:
    """Why nobody can sign the letter off now; None when somebody can."""
    if letter.withdrawn_at:
        return _("Surat ini sudah ditarik.")
    if not letter.is_draft:
        return _("Surat ini sudah ditandatangani.")
    if letter.recommendation_id:
        return _("Langkah «Setujui dan kirim rekomendasi» menandatangani surat ini.")
    if letter.kind == LetterKind.UNDANGAN_KLARIFIKASI and letter.data.get("allegation") == []:
        return _("Tulis dulu ringkasan dugaan di halaman undangan dan berita acara: surat ini memuatnya.")
    return None


def _other_signer(letter: Letter, by: User) -> str | None:
    """Why it takes somebody else to sign the letter off; None when this person can."""
    rules = RULES[LetterKind(letter.kind)]
    if not by.may(rules.permission):
        return _("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()}
    if letter.clarification and (why := host_refusal(letter.clarification.host, by)):
        return why
    if not writes_for(by, letter.office_code):
        return _("Konsep ini memakai kop dan nomor kantor lain. Kantor itu yang menandatanganinya.")
    if rules.needs_two_people and letter.drafted_by_id == by.pk:
        return _("Surat ini harus ditandatangani orang lain. Minta rekan Anda memeriksanya.")
    return None


def facts_on_paper(letter: Letter, office: Office) -> dict[str, object]:
    """Everything a template reads: the facts of the letter, and its number, day, office and signer."""
    local = (letter.signed_off_at or letter.drafted_at).astimezone(ZoneInfo(letter.case.region.time_zone))
    signer = letter.signed_off_by or letter.drafted_by
    frame: dict[str, object] = {
        "title": letter.data["subject"],
        "draft": letter.is_draft,
        "number": letter.number,
        "date": long_date(letter.letter_date) if letter.letter_date else "",
        "signed_at": SIGNED_FORMAT.format(day=long_date(local.date()), time=local),
        "office": office.as_data(),
        "signer": {
            "title": office.signer_title,
            "name": office.signer_name or str(signer),
            "on_behalf": not office.signer_name,
        },
    }
    return dict(letter.data) | frame


def _held(letter: Letter) -> Letter:
    held: Letter = Letter.objects.select_for_update(no_key=True, of=("self",)).get(pk=letter.pk)
    return held


def _number(letter: Letter, office: Office, at: datetime) -> None:
    """The next number of the office's series, and with it the date of the letter."""
    day = at.astimezone(ZoneInfo(letter.case.region.time_zone)).date()
    kind = LetterKind(letter.kind)
    number = take_number(office_code=office.code, kind=kind, day=day, number_format=office.number_format)
    letter.number, letter.year, letter.sequence, letter.letter_date = number.words, number.year, number.sequence, day


def _set(letter: Letter, office: Office) -> bytes:
    at = letter.signed_off_at or letter.drafted_at
    data = facts_on_paper(letter, office)
    try:
        return typeset(layout=letter.layout.source, body=letter.template.source, data=data, at=at)
    except TemplateBroken as broken:
        raise LetterNotSet(
            _("Templat surat ini rusak, jadi surat tidak bisa dibuat. Minta admin nasional memperbaikinya.")
        ) from broken
    except ChildUnavailable as full:
        raise LetterNotSet(_("Mesin penyusun surat sedang tidak bisa dipakai. Coba lagi sebentar lagi.")) from full


def _check_additions(kind: LetterKind, extra: Mapping[str, str]) -> None:
    additions = RULES[kind].additions
    problems = {name: _("Surat ini tidak punya isian itu.") for name in extra.keys() - additions.keys()}
    for name, addition in additions.items():
        text = extra.get(name, "")
        if (addition.required or text.strip()) and (problem := text_problem(text, addition.longest)):
            problems[name] = problem
    if problems:
        raise FactsRefused(problems)


def _check_report(case: Case, kind: LetterKind, report: Report | None, extra: Mapping[str, str]) -> None:
    if RULES[kind].goes_to_reporter:
        if report is None or not case.case_reports.filter(report=report).exists():
            raise FactsRefused({"report": _("Pilih laporan yang dijawab surat ini.")})
        refuse_words_of_others(case, extra, to=[report.pk])
    elif report is not None:
        raise FactsRefused({"report": _("Surat ini tidak ditujukan kepada pelapor.")})


def _check_host(about: Clarification | Recommendation | None, by: User) -> None:
    """Letters about a hearing are for whoever has to do with it. Raises ActionRefused."""
    if isinstance(about, Clarification) and (why := host_refusal(about.host, by)):
        raise ActionRefused(why)


def _record(event: CaseEvent, letter: Letter, *, by: User | None, at: datetime) -> None:
    details: dict[str, object] = {"letter": letter.pk, "kind": letter.kind}
    if letter.pdf_sha256:
        details["sha256"] = letter.pdf_sha256
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=letter.case_id,
        details=details,
        # Not `number`, which the timeline shows to all who see the case.
        words={"numbered": letter.number},
    )
