"""Making parts of a picture black."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.models import User
from accounts.roles import Permission
from cases.copies import newest_masks
from cases.forms.evidence import MaskForm, boxes_as_text
from cases.masking import MaskableLine, mask_picture, maskable_lines
from cases.models import Case, MaskedCopy
from cases.refusals import ActionRefused, CopyReplaced, FactsRefused, NotVisible
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
        copy = _mask(picture, form, current_user(request))
    except NotVisible as refused:
        raise Http404 from refused
    except CopyReplaced as refused:
        messages.error(request, _what_came(refused))
        return _page(request, case, picture, _both(form, refused.copy), status=409)
    except ActionRefused as refused:
        form.add_error("boxes" if isinstance(refused, FactsRefused) else None, str(refused))
        return _page(request, case, picture, form, status=422 if isinstance(refused, FactsRefused) else 409)
    messages.success(request, _burned(len(copy.boxes)))
    return redirect(f"{reverse('cases:evidence', args=[case.pk, picture.pk])}?{MASKED}")


def _mask(picture: Evidence, form: MaskForm, by: User) -> MaskedCopy:
    seen = form.cleaned_data["seen"]
    return mask_picture(evidence=picture, boxes=form.rectangles(), seen_sha256=seen, by=by, at=timezone.now())


def _burned(number: int) -> str:
    words = ngettext(
        "Salinan tersamar dibuat dengan %(number)d kotak hitam. Periksa hasilnya di bawah.",
        "Salinan tersamar dibuat dengan %(number)d kotak hitam. Periksa hasilnya di bawah.",
        number,
    )
    return words % {"number": number}


def _what_came(refused: CopyReplaced) -> str:
    if refused.copy is None or not refused.copy.boxes:
        return str(refused)
    added = _("Kotak dari %(who)s ditambahkan pada kotak Anda. Periksa semuanya, lalu simpan lagi.")
    return f"{refused} {added % {'who': refused.copy.by}}"


def _both(form: MaskForm, copy: MaskedCopy | None) -> MaskForm:
    """Nothing of either person is lost, and who presses again has seen both."""
    initial = form.joined(copy.boxes if copy else []) | {"seen": copy.sha256 if copy else ""}
    return MaskForm(lines=form.maskable, initial=initial)


def _begin(picture: Evidence, lines: list[MaskableLine], with_suggestions: bool) -> dict[str, object]:
    mask = newest_masks([picture.pk]).get(picture.pk)
    return {
        "boxes": boxes_as_text(mask.boxes) if mask else "",
        "seen": mask.sha256 if mask else "",
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
