"""The page of one case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import current_user
from accounts.roles import Permission
from cases.clock_page import clock_sheet
from cases.dossier import dossier
from cases.handover_page import handover_of
from cases.letters.panel import letter_panel
from cases.retention_page import keeping_for, tombstone_page
from cases.step_panel import case_powers, step_panel
from cases.views.answers import show_case, visible_case


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything about a case that this person may see, and what they can do next."""
    by, at = current_user(request), timezone.now()
    # The rest of what the page names is read with the case's own rows (cases.case_rows).
    shown = visible_case(request, case_id, shown_with=["assigned_to"])
    if shown.erased_at is not None:
        return show_case(request, shown, "cases/tombstone.html", {"left": tombstone_page(shown)})
    context = {
        "dossier": dossier(shown, by=by, at=at),
        "clock": clock_sheet(shown, by=by),
        "panel": step_panel(shown, by),
        "powers": case_powers(shown, by),
        "handover": handover_of(shown, by=by, at=at),
        "letters": letter_panel(shown, by),
        "keeping": keeping_for(shown, by=by, at=at),
        "may_open_original": by.may(Permission.OPEN_ORIGINAL),
    }
    return show_case(request, shown, "cases/case.html", context)
