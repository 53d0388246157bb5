"""Looking at a picture of a case."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import current_user
from accounts.roles import Permission
from cases.dossier import picture_page
from cases.evidence_access import clean_copy
from cases.hints import hint_sheets
from cases.models import Case
from cases.refusals import ActionRefused
from cases.views.answers import visible_case
from reports.models import Evidence

# The clean copies the pipeline makes; anything else is never sent.
MEDIA_TYPES = {"image/png": "png", "image/jpeg": "jpg"}


@require_safe
def evidence(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """One picture with the text read from it."""
    case = visible_case(request, case_id)
    picture = _picture(case, evidence_id)
    may_judge = current_user(request).may(Permission.ASSESS)
    context = {"case": case, "picture": picture_page(picture)}
    context |= {"hints": hint_sheets(picture), "may_judge_hints": may_judge}
    return render(request, "cases/evidence.html", context)


@require_safe
def evidence_image(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """The bytes of the clean copy; every look is on record."""
    return picture_answer(request, _picture(visible_case(request, case_id), evidence_id))


def picture_answer(request: HttpRequest, picture: Evidence) -> HttpResponseBase:
    """The clean copy as a file no browser runs, after writing down who looked. Raises Http404 where there is none."""
    try:
        name = f"bukti-{picture.position}.{MEDIA_TYPES[picture.clean_media_type]}"
        content = clean_copy(evidence=picture, by=current_user(request), at=timezone.now()).open("rb")
    except (ActionRefused, FileNotFoundError, KeyError) as refused:
        raise Http404 from refused
    response = FileResponse(content, content_type=picture.clean_media_type, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _picture(case: Case, evidence_id: UUID) -> Evidence:
    return get_object_or_404(Evidence, pk=evidence_id, report__case_link__case=case)
