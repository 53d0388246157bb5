"""Public pages of the catalogue."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from rules.check_form import CheckForm
from rules.check_page import page_of_check, speaks_of_a_pact
from rules.checking import check_act
from rules.pages import about, current_catalogue, page_of, tables_of


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every row by table, searchable by a word."""
    wanted = request.GET.get("q", "").strip()[:80]
    known = current_catalogue()
    tables = tables_of(known, wanted)
    context = {
        "tables": tables,
        "wanted": wanted,
        "found": sum(len(table.rows) for table in tables),
        "shows_pact": not wanted or speaks_of_a_pact(wanted),
        "about": about(known),
    }
    return render(request, "rules/catalogue.html", context)


@login_not_required
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One row in plain words."""
    known = current_catalogue()
    row = known.rows.get(code.upper())
    if row is None:
        raise Http404
    return render(request, "rules/rule.html", {"page": page_of(row, known), "about": about(known)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def check(request: HttpRequest) -> HttpResponse:
    """Cek aturan: the answer is drawn on the page that asked, and kept nowhere."""
    known = current_catalogue()
    form = CheckForm(request.POST if request.method == "POST" else None)
    page = None
    if form.is_valid():
        found = check_act(
            on=timezone.localdate(),
            text=form.cleaned_data["act"],
            act_date=form.cleaned_data["act_date"],
            province=form.cleaned_data["province"],
        )
        page = page_of_check(found, known)
    return render(request, "rules/check.html", {"form": form, "page": page, "about": about(known)})
