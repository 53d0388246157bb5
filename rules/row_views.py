"""Pages where the national admin edits the draft row by row, without reading YAML."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from rules.catalogue.row_text import RowNotFound, RowPlace, find_row, rows_in
from rules.drafting import DraftRefused, mistake_in
from rules.models import CatalogueDraft
from rules.row_editing import RowRefused, option_words, save_row
from rules.row_forms import RowForm, typed


@require_safe
@permission_required(Permission.EDIT_RULES)
def draft_rows(request: HttpRequest) -> HttpResponse:
    """The rows of the draft with the first mistake in it."""
    draft = CatalogueDraft.objects.first()
    if draft is None:
        messages.info(request, _("Belum ada draf. Mulai satu dari daftar versi."))
        return redirect("rules:versions")
    context = {"draft": draft, "rows": rows_in(draft.files), "mistake": mistake_in(draft.files)}
    return render(request, "rules/admin/rows.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def draft_row(request: HttpRequest, code: str) -> HttpResponse:
    """One row as a form; POST writes it into the draft."""
    draft = get_object_or_404(CatalogueDraft)
    place = _place(draft, code)
    form = _form(request, draft, place)
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.cleaned_data["edition"]
            by = current_user(request)
            save_row(draft=draft, code=code, row=form.row(), edition=edition, by=by, at=timezone.now())
        except RowRefused as refused:
            form.say(refused.mistake)
        except DraftRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Baris disimpan dalam draf. Aturan yang berlaku belum berubah."))
            return redirect("rules:draft-rows")
    context = {"form": form, "place": place, "draft": draft, "mistake": mistake_in(draft.files)}
    return render(request, "rules/admin/row.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, draft: CatalogueDraft, place: RowPlace) -> RowForm:
    codes = [row.code for row in rows_in(draft.files) if row.code and row.code != place.code]
    initial = {"edition": draft.edition, **typed(place.fields)}
    data = request.POST if request.method == "POST" else None
    return RowForm(data, initial=initial, codes=codes, option_words=option_words(draft.files))


def _place(draft: CatalogueDraft, code: str) -> RowPlace:
    try:
        return find_row(draft.files, code)
    except RowNotFound as missing:
        raise Http404 from missing
