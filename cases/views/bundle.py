"""The bundle of a case, and the public key it is checked with."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.assessment import confirmed_rules
from cases.bundle import bundled_pictures, export_bundle, signing_key, waits_for_machine, without_copy
from cases.bundle_archive import zip_parts
from cases.oversight import body_name
from cases.refusals import ActionRefused, NotVisible
from cases.views.answers import show_case, visible_case
from evidence.signing import public_hex


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EXPORT_CASE)
def bundle(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """What the bundle holds; by POST, the bundle."""
    case, at = visible_case(request, case_id), timezone.now()
    if request.method != "POST":
        pictures, left = bundled_pictures(case), without_copy(case)
        context = {
            "pictures": pictures,
            "left": left,
            "is_waiting": waits_for_machine(left),
            "unseen": [picture for picture in pictures if not picture.is_looked_at],
            "rules": confirmed_rules(case),
            "body": body_name(timezone.localdate(at)),
        }
        return show_case(request, case, "cases/bundle.html", context)
    try:
        made = export_bundle(case=case, by=current_user(request), at=at)
    except NotVisible as refused:
        raise Http404 from refused
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:bundle", case.pk)
    response = StreamingHttpResponse(zip_parts(made, at=at), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """The key with which anybody checks a bundle."""
    try:
        key = public_hex(signing_key())
    except ActionRefused as refused:
        raise Http404 from refused
    return render(request, "cases/signing_key.html", {"key": key})
