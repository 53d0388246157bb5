"""The queue of blind second readings, the page of one, and its pictures."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.second_reading import SecondReadingForm
from cases.models import SecondReadingDraw
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.second_page import blind_reports
from cases.second_reading import open_reading, record_reading, waiting_for
from cases.views.answers import posted
from cases.views.evidence import picture_answer
from reports.models import Evidence


@require_safe
@permission_required(Permission.ASSESS)
def second_readings(request: HttpRequest) -> HttpResponse:
    """Drawn cases this person may read blind."""
    return render(request, "cases/second_readings.html", {"waiting": waiting_for(current_user(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def second_reading(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """One case as it was reported, and the form for what the reader holds."""
    by, at = current_user(request), timezone.now()
    form = SecondReadingForm(posted(request))
    try:
        if request.method != "POST" or not form.is_valid():
            draw = open_reading(draw_id=draw_id, by=by, at=at)
            return _show(request, draw, form, status=422 if form.is_bound else 200)
        record_reading(draw_id=draw_id, **form.cleaned_data, by=by, at=at)
    except NotVisible as refused:
        raise Http404 from refused
    except FactsRefused as refused:
        for name, problem in refused.problems.items():
            form.add_error(name, problem)
        return _show(request, SecondReadingDraw.objects.get(pk=draw_id), form, status=422)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:second-readings")
    messages.success(request, _("Pembacaan Anda disimpan. Terima kasih."))
    return redirect("cases:second-readings")


@require_safe
@permission_required(Permission.ASSESS)
def second_reading_image(request: HttpRequest, draw_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """The bytes of a clean copy, for whoever may read the case blind; every look is on record."""
    draw = get_object_or_404(waiting_for(current_user(request)), pk=draw_id)
    picture = get_object_or_404(Evidence, pk=evidence_id, report__case_link__case=draw.case_id)
    return picture_answer(request, picture, blind=True)


def _show(request: HttpRequest, draw: SecondReadingDraw, form: SecondReadingForm, *, status: int) -> HttpResponse:
    context = {"draw": draw, "reports": blind_reports(draw.case), "form": form}
    return render(request, "cases/second_reading.html", context, status=status)
