"""The figures of a region, on a page and as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from regions.models import Region
from stats.exports import csv_lines, record_export
from stats.figures import cases_of, overview
from stats.forms import PeriodForm
from stats.ledger_export import ledger_lines, letters_of, record_ledger_export
from stats.quality import quality


@require_safe
@permission_required(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Counts of the person's own region."""
    user = current_user(request)
    form = PeriodForm(request.GET or None)
    region = Region.objects.filter(code=user.region_code).first()
    context = {
        "form": form,
        "region": region,
        "figures": overview(cases_of(user.region_code, form.period)),
        "may_export": user.may(Permission.EXPORT_FIGURES),
    }
    return render(request, "stats/figures.html", context)


@require_safe
@permission_required(Permission.EXPORT_FIGURES)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same cases as a CSV file, streamed; the region is the person's own and cannot be asked for."""
    user = current_user(request)
    period = PeriodForm(request.GET or None).period
    cases = cases_of(user.region_code, period)
    record_export(by=user, at=timezone.now(), period=period, count=cases.count())
    return StreamingHttpResponse(
        (line.encode() for line in csv_lines(cases)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="kasus-{user.region_code or "nasional"}.csv"'},
    )


@require_safe
@permission_required(Permission.EXPORT_FIGURES)
def export_ledger(request: HttpRequest) -> StreamingHttpResponse:
    """The book of recommendations of the person's own region, without names."""
    user, at = current_user(request), timezone.now()
    letters = letters_of(user.region_code)
    record_ledger_export(by=user, at=at, count=letters.count())
    return StreamingHttpResponse(
        (line.encode() for line in ledger_lines(letters, at=at)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rekomendasi-{user.region_code or "nasional"}.csv"'},
    )


@require_safe
@permission_required(Permission.SEE_AUDIT)
def machine(request: HttpRequest) -> HttpResponse:
    """How the machine does among people, and how far two readers agree."""
    return render(request, "stats/machine.html", {"quality": quality(at=timezone.now())})
