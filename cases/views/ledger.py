"""The book of recommendations."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import current_user
from accounts.roles import Permission
from cases.forms.ledger import LedgerFilter
from cases.ledger import counts_by_body, ledger_rows, letters_for, with_results

LETTERS_PER_PAGE = 25


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Letters of the person's cases, longest waiting first; who may not read cases sees counts alone."""
    by, at = current_user(request), timezone.now()
    form = LedgerFilter(request.GET or None, by=by)
    letters = form.narrow(letters_for(by))
    context: dict[str, object] = {
        "form": form,
        "counts": counts_by_body(letters, at=at),
        "may_export": by.may(Permission.EXPORT_FIGURES),
    }
    if by.may(Permission.SEE_CASES):
        page = Paginator(with_results(letters.longest_waiting_first()), LETTERS_PER_PAGE).get_page(
            request.GET.get("page")
        )
        context |= {"page": page, "rows": ledger_rows(page, at=at)}
    return render(request, "cases/ledger.html", context)
