"""Letters of a case: writing, reading, signing, withdrawing."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.models import User
from accounts.roles import Permission
from cases.forms.letters import LetterForm
from cases.letters.issuing import invite, write_up
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import draft_letter, read_letter, sign_off, withdraw_letter
from cases.models import Case, Clarification, Letter
from cases.refusals import ActionRefused
from cases.views.answers import FormPage, act, answer, posted, visible_case

HEARING_LETTERS: dict[str, Callable[[Clarification, User, datetime], Letter]] = {
    "undangan": lambda hearing, by, at: invite(summons=hearing, by=by, at=at),
    "berita-acara": lambda hearing, by, at: write_up(hearing=hearing, by=by, at=at),
}


@require_http_methods(["GET", "HEAD", "POST"])
def write_letter(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The form of a draft, and keeping it."""
    if kind not in LetterKind.values or RULES[LetterKind(kind)].comes_with_step:
        raise Http404
    case, by, wanted = visible_case(request, case_id), current_user(request), LetterKind(kind)
    if not by.may(RULES[wanted].permission):
        raise PermissionDenied
    form = LetterForm(posted(request), case=case, kind=wanted)
    lead = _("Fakta kasus terisi sendiri. Konsep belum bernomor sampai ditandatangani.")
    return answer(
        request,
        FormPage(case=case, form=form, title=str(wanted.label), submit=_("Simpan konsep"), lead=lead),
        lambda: draft_letter(case=case, kind=wanted, **form.given(), by=by, at=timezone.now()),
        done=_("Konsep surat disimpan. Unduh dan periksa sebelum ditandatangani."),
    )


@require_safe
def letter(request: HttpRequest, case_id: UUID, letter_id: int) -> HttpResponse:
    """The PDF; every look is on record."""
    found = _letter(request, visible_case(request, case_id), letter_id)
    try:
        pdf = read_letter(letter=found, by=current_user(request), at=timezone.now())
    except ActionRefused as refused:
        context = {"reason": str(refused), "back_url": reverse("cases:case", args=[case_id])}
        return render(request, "409.html", context, status=409)
    return pdf_answer(found, pdf)


@require_POST
def sign_letter(request: HttpRequest, case_id: UUID, letter_id: int) -> HttpResponse:
    """Give a draft its number and its final form."""
    case, by = visible_case(request, case_id), current_user(request)
    found = _letter(request, case, letter_id)
    return act(
        request,
        case,
        lambda: sign_off(letter=found, by=by, at=timezone.now(), seen_facts=request.POST.get("seen_facts", "")),
        done=_("Surat ditandatangani dan bernomor. Isinya tidak berubah lagi."),
    )


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, letter_id: int) -> HttpResponse:
    """Take a letter out of use."""
    case, by = visible_case(request, case_id), current_user(request)
    found = _letter(request, case, letter_id)
    return act(
        request,
        case,
        lambda: withdraw_letter(letter=found, reason=request.POST.get("reason", ""), by=by, at=timezone.now()),
        done=_("Surat ditarik. Nomornya tidak dipakai lagi."),
    )


@require_POST
@permission_required(Permission.CLARIFY)
def make_hearing_letter(request: HttpRequest, case_id: UUID, clarification_id: int, kind: str) -> HttpResponse:
    """The invitation or the minutes anew, where the letter that came with the step is out of use."""
    if kind not in HEARING_LETTERS:
        raise Http404
    case, by = visible_case(request, case_id), current_user(request)
    rows = case.clarifications.readable_by(by).select_related("case__region", "case__respondent")
    hearing = get_object_or_404(rows, pk=clarification_id)
    return act(
        request,
        case,
        lambda: HEARING_LETTERS[kind](hearing, by, timezone.now()),
        done=_("Konsep surat disimpan. Unduh dan periksa sebelum ditandatangani."),
    )


def pdf_answer(letter: Letter, pdf: bytes) -> HttpResponse:
    """A letter to be kept as a file; a browser neither guesses what it is nor runs anything in it."""
    name = f"{letter.kind}-{letter.number.replace('/', '-') or 'konsep'}.pdf"
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _letter(request: HttpRequest, case: Case, letter_id: int) -> Letter:
    letters = case.letters.readable_by(current_user(request))
    return get_object_or_404(letters.select_related("case__region", "layout", "template"), pk=letter_id)
