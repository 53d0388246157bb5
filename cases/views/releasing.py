"""Choosing what of the evidence the accused is shown."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.evidence import ReleaseForm
from cases.masking import confirm_nothing_to_hide
from cases.models import Case
from cases.refusals import ActionRefused, NotVisible
from cases.release_page import release_page
from cases.releases import release_copy, withdraw_release
from cases.views.answers import posted, show_case, visible_case
from cases.views.evidence import picture_of
from reports.models import Evidence


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SHARE)
def release(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """The copy that may leave the team, and showing it to the accused."""
    case, by = visible_case(request, case_id), current_user(request)
    picture = picture_of(case, evidence_id)
    form = ReleaseForm(posted(request))
    if request.method != "POST":
        return _page(request, case, picture)
    if not form.is_valid():
        return _page(request, case, picture, form, status=422)
    try:
        release_copy(evidence=picture, seen_sha256=form.cleaned_data["seen"], by=by, at=timezone.now())
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return _page(request, case, picture, status=409)
    messages.success(request, _("Terlapor kini melihat salinan ini di halamannya."))
    return redirect("cases:clarification", case.pk)


@require_POST
@permission_required(Permission.SHARE)
def clear(request: HttpRequest, case_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Say that nothing in a picture needs hiding."""
    case, by = visible_case(request, case_id), current_user(request)
    picture = picture_of(case, evidence_id)
    seen = request.POST.get("seen", "")
    _try(
        request,
        lambda: confirm_nothing_to_hide(evidence=picture, seen_sha256=seen, by=by, at=timezone.now()),
        _("Tercatat: tidak ada yang perlu disamarkan."),
    )
    return redirect("cases:release-copy", case.pk, picture.pk)


@require_POST
@permission_required(Permission.SHARE)
def withdraw(request: HttpRequest, case_id: UUID, release_id: UUID) -> HttpResponse:
    """Stop showing a copy to the accused."""
    case, by = visible_case(request, case_id), current_user(request)
    row = get_object_or_404(case.releases.select_related("case", "copy"), pk=release_id)
    _try(
        request,
        lambda: withdraw_release(release=row, by=by, at=timezone.now()),
        _("Salinan itu tidak lagi diperlihatkan kepada terlapor."),
    )
    return redirect("cases:clarification", case.pk)


def _try(request: HttpRequest, do: Callable[[], object], done: str) -> None:
    try:
        do()
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _page(
    request: HttpRequest, case: Case, picture: Evidence, form: ReleaseForm | None = None, *, status: int = 200
) -> HttpResponse:
    page = release_page(case, picture, by=current_user(request))
    # Always of the copy this page shows, also after another one was sent.
    shown = form or ReleaseForm(initial={"seen": page.copy.sha256 if page.copy else ""})
    return show_case(request, case, "cases/release.html", {"page": page, "form": shown}, status=status)
