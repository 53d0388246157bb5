"""Whether a file is a picture of the person's cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.evidence import FileToVerifyForm
from cases.verification import verify_for


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SEE_CASES)
def verify_file(request: HttpRequest) -> HttpResponse:
    """Compare a file with every picture the person may see. The file is hashed and forgotten."""
    form = FileToVerifyForm(request.POST, request.FILES) if request.method == "POST" else FileToVerifyForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        digest = form.cleaned_data["file"]
        matches = verify_for(digest, by=current_user(request), at=timezone.now())
        context |= {"digest": digest, "matches": matches}
    return render(request, "cases/verify_file.html", context, status=422 if form.errors else 200)
