"""Looking at a picture of a case."""

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.evidence_access import record_look, record_view, small_copy, watermarked_copy
from cases.hints import hint_sheets
from cases.models import Case
from cases.reading_again import read_again
from cases.refusals import ActionRefused, NotVisible
from cases.viewer_page import picture_page
from cases.views.answers import visible_case
from evidence.children import ChildUnavailable
from evidence.painting import PaintingFailed
from evidence.vault import NotInVault
from reports.models import Evidence

# In an address, asks for the masked copy where there is one.
MASKED = "tersamar"
# In an address, turns the picture clockwise by so many degrees: for browsers without JavaScript.
TURN = "putar"

Answer = TypeVar("Answer", bound=HttpResponseBase)


@require_safe
def evidence(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """One picture with the text read from it and every step that was taken with it."""
    case, by, at = visible_case(request, case_id), current_user(request), timezone.now()
    shown = picture_of(case, evidence_id)
    masked = MASKED in request.GET
    page = picture_page(shown, case, by=by, at=at, masked=masked, turn=_turn(request))
    if page.is_viewable:
        record_look(case=case, evidence=shown, by=by, at=at)
    else:
        record_view(case=case, by=by, at=at)
    # What a picture seems to say is read from the unmasked text: for those alone who judge it.
    may_judge = by.may(Permission.ASSESS)
    context = {"case": case, "picture": page, "masked": masked}
    context |= {"hints": hint_sheets(shown) if may_judge else [], "may_judge_hints": may_judge}
    return render(request, "cases/evidence.html", context)


@require_safe
def evidence_image(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """The picture, marked with who looks; every look is on record."""
    picture = picture_of(visible_case(request, case_id), evidence_id)
    return picture_answer(request, picture, masked=MASKED in request.GET)


def picture_answer(
    request: HttpRequest, picture: Evidence, *, masked: bool = False, blind: bool = False
) -> HttpResponse:
    """The marked copy as a file no browser runs, after writing down who looked. Raises Http404 where there is none."""
    by, at = current_user(request), timezone.now()
    try:
        painted = watermarked_copy(evidence=picture, by=by, at=at, masked=masked, blind=blind, turn=_turn(request))
    except (ActionRefused, NotInVault) as refused:
        raise Http404 from refused
    except (PaintingFailed, ChildUnavailable):
        return HttpResponse(status=503)
    return jpeg(painted.data, f"bukti-{picture.position}.jpg")


@require_safe
def evidence_thumbnail(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """The picture too small to read; no look."""
    picture = picture_of(visible_case(request, case_id), evidence_id)
    try:
        small = small_copy(evidence=picture, by=current_user(request))
    except (ActionRefused, NotInVault) as refused:
        raise Http404 from refused
    except (PaintingFailed, ChildUnavailable):
        return HttpResponse(status=503)
    return jpeg(small, f"bukti-{picture.position}-kecil.jpg")


@require_POST
@permission_required(Permission.ASSESS)
def reread_evidence(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Let the machine try once more to read a picture."""
    case, by = visible_case(request, case_id), current_user(request)
    picture = picture_of(case, evidence_id)
    try:
        read_again(case=case, evidence=picture, by=by, at=timezone.now())
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Gambar ini dibaca ulang. Muat ulang halaman ini sebentar lagi."))
    return redirect("cases:evidence", case.pk, picture.pk)


def picture_of(case: Case, evidence_id: UUID) -> Evidence:
    """A picture of this case. Raises Http404."""
    return get_object_or_404(Evidence, pk=evidence_id, report__case_link__case=case)


def _turn(request: HttpRequest) -> int:
    """How far the address asks to turn; anything else is upright."""
    return {"90": 90, "180": 180, "270": 270}.get(request.GET.get(TURN, ""), 0)


def jpeg(data: bytes, name: str) -> HttpResponse:
    """A drawn picture as a file no browser runs."""
    response = HttpResponse(data, content_type="image/jpeg")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return only_a_picture(response)


def only_a_picture(response: Answer) -> Answer:
    """Headers of a file that a browser shows as a picture and nothing else."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
