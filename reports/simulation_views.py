"""The page that tries out a draft of the catalogue on the reports that have come in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from reports.simulation import simulate
from rules.catalogue import parse_catalogue
from rules.comparing import differences
from rules.current import catalogue_in_force
from rules.drafting import mistake_in
from rules.models import CatalogueDraft
from rules.publishing import record_trial, why_not_publishable


@require_safe
@permission_required(Permission.EDIT_RULES)
def simulation(request: HttpRequest) -> HttpResponse:
    """What the draft changes, and the way to publish it; that it was tried out is written down.

    A draft with a mistake goes back to its page.
    """
    draft = CatalogueDraft.objects.first()
    if draft is None or mistake_in(draft.files):
        messages.error(request, _("Draf ini belum dapat diuji. Perbaiki dulu kesalahannya, lalu simpan."))
        return redirect("rules:draft")
    today = timezone.localdate()
    before, after = catalogue_in_force(today), parse_catalogue(draft.files)
    tried = simulate(before=before, after=after)
    record_trial(draft=draft, counts=tried.counts, by=current_user(request), at=timezone.now())
    context = {
        "draft": draft,
        "before": before,
        "after": after,
        "differences": differences(before, after),
        "simulation": tried,
        "obstacle": why_not_publishable(after, today=today),
    }
    return render(request, "reports/simulation.html", context)
