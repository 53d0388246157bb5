"""Opening a sealed original, of a picture or a captured link: asking, agreeing as the second person, taking it once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.custody import custody_of_link
from cases.forms.evidence import OriginalForm
from cases.models import Case, Original, OriginalOpening
from cases.opening_page import opening_page
from cases.original_opening import agree_to_original, ask_for_original, take_original
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.views.answers import posted, show_case, visible_case
from cases.views.evidence import picture_of
from reports.models_capture import LinkCapture
from reports.models_keys import DataKey


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.OPEN_ORIGINAL)
def original(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Who asked for the original of a picture, and asking for it."""
    case = visible_case(request, case_id)
    return _ask(request, case, picture_of(case, evidence_id))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.OPEN_ORIGINAL)
def captured_link(request: HttpRequest, case_id: UUID, report_id: UUID) -> HttpResponse:
    """The same for what the machine captured of a report's link."""
    case = visible_case(request, case_id)
    kept = LinkCapture.objects.filter(report__case_link__case=case, pk__in=DataKey.objects.values("pk"))
    return _ask(request, case, get_object_or_404(kept, pk=report_id))


def _ask(request: HttpRequest, case: Case, original: Original) -> HttpResponse:
    form = OriginalForm(posted(request))
    if request.method != "POST":
        return _page(request, case, original, form)
    if not form.is_valid():
        return _page(request, case, original, form, status=422)
    try:
        ask_for_original(
            original=original, reason=form.cleaned_data["reason"], by=current_user(request), at=timezone.now()
        )
    except FactsRefused as refused:
        form.add_error("reason", refused.problems["reason"])
        return _page(request, case, original, form, status=422)
    messages.success(request, _("Permintaan dicatat. Minta rekan sekantor membuka halaman ini dan menyetujuinya."))
    return redirect(_address(case, original))


@require_POST
@permission_required(Permission.OPEN_ORIGINAL)
def agree_original(request: HttpRequest, case_id: UUID, opening_id: UUID) -> HttpResponse:
    """Agree as the second person."""
    case = visible_case(request, case_id)
    opening = _opening(case, opening_id)
    try:
        agree_to_original(opening=opening, by=current_user(request), at=timezone.now())
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Disetujui. Berkas disiapkan; hanya yang meminta dapat mengunduhnya."))
    return redirect(_address(case, opening.original))


@require_POST
@permission_required(Permission.OPEN_ORIGINAL)
def take_original_file(request: HttpRequest, case_id: UUID, opening_id: UUID) -> HttpResponse:
    """The exact bytes, once. A browser must never try to show them."""
    case = visible_case(request, case_id)
    opening = _opening(case, opening_id)
    try:
        data = take_original(opening=opening, by=current_user(request), at=timezone.now())
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect(_address(case, opening.original))
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.reference}-{opening.original.pk}.bin"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _opening(case: Case, opening_id: UUID) -> OriginalOpening:
    openings = OriginalOpening.objects.select_related("evidence", "capture", "asked_by")
    return get_object_or_404(openings, pk=opening_id, case=case)


def _address(case: Case, original: Original) -> str:
    name = "cases:captured-link" if isinstance(original, LinkCapture) else "cases:original"
    return reverse(name, args=[case.pk, original.pk])


def _page(
    request: HttpRequest, case: Case, original: Original, form: OriginalForm, *, status: int = 200
) -> HttpResponse:
    page = opening_page(original, case, by=current_user(request), at=timezone.now())
    context = {"page": page, "form": form, "address": _address(case, original), **_about(case, original)}
    return show_case(request, case, "cases/original.html", context, status=status)


def _about(case: Case, original: Original) -> dict[str, object]:
    if isinstance(original, LinkCapture):
        back = reverse("cases:case", args=[case.pk])
        return {"capture": original, "back": back, "custody": custody_of_link(original)}
    return {"evidence": original, "back": reverse("cases:evidence", args=[case.pk, original.pk])}
