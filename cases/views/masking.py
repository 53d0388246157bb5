"""Making parts of a picture black."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.copies import newest_masks
from cases.forms.evidence import MaskForm, boxes_as_text
from cases.masking import MaskableLine, mask_picture, maskable_lines
from cases.models import Case
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.views.answers import posted, show_case, visible_case
from cases.views.evidence import MASKED, picture_of
from reports.models import Evidence, PreparationState


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SHARE)
def mask_evidence(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Choose what to hide, and make the masked copy."""
    case = visible_case(request, case_id)
    picture = picture_of(case, evidence_id)
    lines = maskable_lines(picture)
    form = MaskForm(posted(request), lines=lines, initial=_begin(picture, lines, "saran" in request.GET))
    if request.method != "POST":
        return _page(request, case, picture, form)
    if not form.is_valid():
        return _page(request, case, picture, form, status=422)
    try:
        mask_picture(evidence=picture, boxes=form.rectangles(), by=current_user(request), at=timezone.now())
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        form.add_error("boxes" if isinstance(refused, FactsRefused) else None, str(refused))
        return _page(request, case, picture, form, status=422 if isinstance(refused, FactsRefused) else 409)
    messages.success(request, _("Salinan tersamar dibuat. Periksa hasilnya di bawah."))
    return redirect(f"{reverse('cases:evidence', args=[case.pk, picture.pk])}?{MASKED}")


def _begin(picture: Evidence, lines: list[MaskableLine], with_suggestions: bool) -> dict[str, object]:
    mask = newest_masks([picture.pk]).get(picture.pk)
    return {
        "boxes": boxes_as_text(mask.boxes) if mask else "",
        "lines": [str(line.number) for line in lines if line.why and with_suggestions],
    }


def _page(request: HttpRequest, case: Case, picture: Evidence, form: MaskForm, *, status: int = 200) -> HttpResponse:
    context = {
        "evidence": picture,
        "form": form,
        "chosen": form["lines"].value() or [],
        "suggested": sum(bool(line.why) for line in form.maskable),
        "is_viewable": picture.state == PreparationState.READY,
    }
    return show_case(request, case, "cases/mask.html", context, status=status)
