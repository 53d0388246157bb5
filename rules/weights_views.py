"""Pages where the national admin sees what the machine learned on the spot and decides which weights count."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from rules.models import TrainedWeights
from rules.promoting import PromotionRefused, did_worse, promote, why_not_promotable
from rules.weights_forms import ChoiceForm
from rules.weights_report import report_sets, verdict_words, weights_overview

RELEASE = "rilis"


@require_safe
@permission_required(Permission.EDIT_RULES)
def weights_list(request: HttpRequest) -> HttpResponse:
    """Every training with its verdict, which one counts, and every choice ever made."""
    return render(request, "rules/admin/weights_list.html", {"overview": weights_overview()})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_RULES)
def choose_weights(request: HttpRequest, version: str) -> HttpResponse:
    """The report of one training (or the release), and the form that lets it count."""
    weights = None if version == RELEASE else get_object_or_404(TrainedWeights, version=version)
    asks = bool(weights and did_worse(weights))
    form = ChoiceForm(request.POST if request.method == "POST" else None, asks_despite_worse=asks)
    if request.method != "POST":
        return _show(request, weights, form)
    if not form.is_valid():
        return _show(request, weights, form, status=422)
    try:
        promote(weights=weights, **form.cleaned_data, by=current_user(request), at=timezone.now())
    except PromotionRefused as refused:
        form.add_error(None, str(refused))
        return _show(request, weights, form, status=409)
    messages.success(request, _("Bobot itu berlaku mulai sekarang. Pendapat mesin yang sudah tersimpan tidak berubah."))
    return redirect("rules:weights-list")


def _show(request: HttpRequest, weights: TrainedWeights | None, form: ChoiceForm, *, status: int = 200) -> HttpResponse:
    context = {
        "weights": weights,
        "verdict": verdict_words(weights.report) if weights else "",
        "sets": report_sets(weights.report) if weights else (),
        "obstacle": why_not_promotable(weights, by=current_user(request)),
        "form": form,
    }
    return render(request, "rules/admin/weights.html", context, status=status)
