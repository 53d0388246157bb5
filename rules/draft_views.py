"""Pages where the national admin writes the next catalogue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from rules.draft_forms import DraftForm, EditionForm, form_of
from rules.drafting import DraftRefused, discard_draft, missing_english, mistake_in, save_draft, start_draft
from rules.models import CatalogueDraft, CatalogueVersion
from rules.publishing import publish


@require_safe
@permission_required(Permission.EDIT_RULES)
def versions(request: HttpRequest) -> HttpResponse:
    """Every published version, and the draft if there is one."""
    known = CatalogueVersion.objects.latest_first().defer("content", "files")
    context = {
        "versions": known,
        "in_force": CatalogueVersion.objects.in_force_on(timezone.localdate()),
        "today": timezone.localdate(),
        "draft": CatalogueDraft.objects.select_related("changed_by").first(),
    }
    return render(request, "rules/admin/versions.html", context)


@require_POST
@permission_required(Permission.EDIT_RULES)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft, or open the one there is."""
    start_draft(by=current_user(request), at=timezone.now())
    return redirect("rules:draft")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def draft(request: HttpRequest) -> HttpResponse:
    """The texts of the draft with the first mistake in them; POST keeps them."""
    found = CatalogueDraft.objects.select_related("changed_by").first()
    if found is None:
        messages.info(request, _("Belum ada draf. Mulai satu dari daftar versi."))
        return redirect("rules:versions")
    if request.method != "POST":
        return _show(request, found, form_of(found))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        edition = form.cleaned_data["edition"]
        save_draft(files=form.texts(), edition=edition, by=current_user(request), at=timezone.now())
    except DraftRefused as refused:
        form.add_error(None, str(refused))
        return _show(request, found, form, status=409)
    messages.success(request, _("Draf disimpan. Aturan yang berlaku belum berubah."))
    return redirect("rules:draft")


def _show(request: HttpRequest, found: CatalogueDraft, form: DraftForm, *, status: int = 200) -> HttpResponse:
    context = {
        "draft": found,
        "form": form,
        "mistake": mistake_in(found.files),
        "untranslated": missing_english(found.files),
    }
    return render(request, "rules/admin/draft.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_RULES)
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    try:
        discard_draft(edition=_edition(request), by=current_user(request), at=timezone.now())
        messages.success(request, _("Draf dibuang. Aturan yang berlaku tidak berubah."))
    except DraftRefused as refused:
        messages.error(request, str(refused))
    return redirect("rules:versions")


@require_POST
@permission_required(Permission.EDIT_RULES)
def publish_draft(request: HttpRequest) -> HttpResponse:
    """Publish the draft as it was tried out."""
    try:
        version = publish(edition=_edition(request), by=current_user(request), at=timezone.now())
    except DraftRefused as refused:
        messages.error(request, str(refused))
        return redirect("rules:draft")
    day = date_format(version.effective_date, "j F Y")
    messages.success(
        request, _("Versi %(label)s terbit. Berlaku mulai %(day)s.") % {"label": version.label, "day": day}
    )
    return redirect("rules:versions")


def _edition(request: HttpRequest) -> int:
    """The edition on the page a button was pressed on; 0, which no draft has, for nonsense."""
    form = EditionForm(request.POST)
    return int(form.cleaned_data["edition"]) if form.is_valid() else 0
