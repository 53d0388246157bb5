"""The inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.filters import CaseFilter
from cases.handover_page import handovers_waiting
from cases.inbox import Tab, cases_in, rows, tab_links, with_row_facts
from cases.models import Mention

CASES_PER_PAGE = 25


@require_safe
@permission_required(Permission.SEE_CASES)
def inbox(request: HttpRequest) -> HttpResponse:
    """Cases of the person's region, most urgent first."""
    by, at = current_user(request), timezone.now()
    chosen = request.GET.get("daftar", "")
    tab = Tab(chosen) if chosen in Tab.values else Tab.NEW
    narrowed = CaseFilter(request.GET, queryset=cases_in(tab, by=by, at=at), by=by)
    page = Paginator(with_row_facts(narrowed.qs).most_urgent_first(), CASES_PER_PAGE).get_page(request.GET.get("page"))
    mentions = Mention.objects.waiting_for(by).oldest_first()
    context = {
        "tabs": tab_links(tab, by=by, at=at),
        "mentions": mentions.select_related("note__case", "note__by"),
        "handovers": handovers_waiting(by, at=at),
        "tab": tab,
        "filter": narrowed,
        "page": page,
        "rows": rows(list(page), by=by, at=at),
    }
    return render(request, "cases/inbox.html", context)
