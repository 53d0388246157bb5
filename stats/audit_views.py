"""The auditor's pages: the trail, its file, and the daily heads."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import current_user, permission_required
from accounts.heads import head_file
from accounts.models import AuditHead
from accounts.roles import Permission
from cases.bundle import signing_key
from cases.refusals import ActionRefused
from evidence.signing import sign
from stats.audit_filter import TrailFilter
from stats.audit_trail import record_trail_export, trail_lines, trail_of, trail_page, trail_rows

HEADS_SHOWN = 14
# Digits every bigint can have
LONGEST_ID = 18


@require_safe
@permission_required(Permission.SEE_AUDIT)
def trail(request: HttpRequest) -> HttpResponse:
    """Who did and who looked at what, newest first."""
    by = current_user(request)
    narrowed = TrailFilter(request.GET, queryset=trail_of(by), by=by)
    page = trail_page(narrowed.qs, before=_id(request, "sebelum"), after=_id(request, "sesudah"))
    context = {
        "filter": narrowed,
        "page": page,
        "rows": trail_rows(page.events),
        "heads": AuditHead.objects.order_by("-day")[:HEADS_SHOWN],
    }
    return render(request, "stats/audit.html", context)


@require_safe
@permission_required(Permission.SEE_AUDIT)
def trail_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same events as CSV, streamed; the download is itself an event."""
    by = current_user(request)
    narrowed = TrailFilter(request.GET, queryset=trail_of(by), by=by)
    # Up to the download itself: what is written while the file runs is not in it.
    end = record_trail_export(by=by, at=timezone.now(), asked=narrowed.asked, count=narrowed.qs.count())
    events = narrowed.qs.filter(pk__lt=end)
    return StreamingHttpResponse(
        (line.encode() for line in trail_lines(events)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="jejak-audit.csv"'},
    )


def _id(request: HttpRequest, name: str) -> int | None:
    """The id of an event in the address; anything else stands for none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


@require_safe
@permission_required(Permission.SEE_AUDIT)
def daily_head(request: HttpRequest, day: date) -> HttpResponse:
    """One signed head as a text file, to be kept outside this installation."""
    head = get_object_or_404(AuditHead, day=day)
    try:
        key = signing_key()
    except ActionRefused as refused:
        raise Http404(str(refused)) from refused
    return HttpResponse(
        head_file(head, lambda data: sign(data, key)),
        content_type="text/plain; charset=us-ascii",
        headers={"Content-Disposition": f'attachment; filename="audit-head-{day}.txt"'},
    )
