"""Public pages of the catalogue."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rules.pages import current_catalogue, page_of, tables_of


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every row by table, searchable by a word."""
    wanted = request.GET.get("q", "").strip()[:80]
    known = current_catalogue()
    return render(
        request,
        "rules/catalogue.html",
        {"tables": tables_of(known, wanted), "wanted": wanted, "catalogue": known},
    )


@login_not_required
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One row in plain words."""
    known = current_catalogue()
    row = known.rows.get(code.upper())
    if row is None:
        raise Http404
    return render(request, "rules/rule.html", {"page": page_of(row, known), "catalogue": known})
