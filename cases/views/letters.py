"""Letters of a case: writing, reading, signing, withdrawing."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user
from cases.forms.letters import LetterForm
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import draft_letter, read_letter, sign_off, withdraw_letter
from cases.models import Case, Letter
from cases.refusals import ActionRefused
from cases.views.answers import FormPage, act, answer, posted, visible_case


@require_http_methods(["GET", "HEAD", "POST"])
def write_letter(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The form of a draft, and keeping it."""
    if kind not in LetterKind.values:
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
        lambda: sign_off(letter=found, by=by, at=timezone.now()),
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
        lambda: withdraw_letter(letter=found, by=by, at=timezone.now()),
        done=_("Surat ditarik. Nomornya tidak dipakai lagi."),
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
