"""Who has how many cases: giving one to a colleague, sharing out the rest, days off."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.assignment import give, giving_refusal
from cases.forms.workload import GiveForm, LeaveForm
from cases.leave import end_leave, leave_rows, plan_leave
from cases.refusals import ActionRefused, FactsRefused
from cases.views.answers import FormPage, answer, posted, show, visible_case
from cases.workload import loads, share_out, sharing_out_refusal, unassigned


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.TRIAGE)
def give_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Hand the case to a colleague of the office."""
    case, by, at = visible_case(request, case_id), current_user(request), timezone.now()
    form = GiveForm(posted(request), case=case, by=by, at=at)
    page = FormPage(
        case=case,
        form=form,
        title=_("Serahkan kepada rekan"),
        submit=_("Serahkan"),
        why_closed=lambda: giving_refusal(case, by),
    )
    if request.method != "POST" and (why := page.why_closed()):
        return show(request, page, status=409, refused=ActionRefused(why))
    return answer(
        request,
        page,
        lambda: give(case=case, to=form.cleaned_data["to"], by=by, at=at, seen_version=form.cleaned_data["version"]),
        done=_("Kasus diserahkan."),
    )


@require_safe
@permission_required(Permission.TRIAGE)
def workload(request: HttpRequest) -> HttpResponse:
    """The office: who holds how many cases, who is away, what nobody has."""
    return _page(request, LeaveForm(by=current_user(request)))


@require_POST
@permission_required(Permission.TRIAGE)
def share_cases_out(request: HttpRequest) -> HttpResponse:
    """Give the cases nobody has to the least loaded."""
    try:
        shared = share_out(by=current_user(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        done = ngettext("%(n)d kasus dibagikan.", "%(n)d kasus dibagikan.", shared.given)
        messages.success(request, done % {"n": shared.given})
        for why, count in Counter(shared.refused).items():
            left = ngettext("%(n)d kasus belum diberikan. %(why)s", "%(n)d kasus belum diberikan. %(why)s", count)
            messages.warning(request, left % {"n": count, "why": why})
    return redirect("cases:workload")


@require_POST
@permission_required(Permission.TRIAGE)
def add_leave(request: HttpRequest) -> HttpResponse:
    """Days off, one's own or of a colleague."""
    by = current_user(request)
    form = LeaveForm(request.POST, by=by)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        plan_leave(**form.cleaned_data, by=by, at=timezone.now())
    except FactsRefused as refused:
        for name, problem in refused.problems.items():
            form.add_error(name, problem)
        return _page(request, form, status=422)
    messages.success(request, _("Cuti dicatat. Selama itu kasusnya muncul pada pengganti."))
    return redirect("cases:workload")


@require_POST
@permission_required(Permission.TRIAGE)
def stop_leave(request: HttpRequest) -> HttpResponse:
    """Back early."""
    by = current_user(request)
    chosen = request.POST.get("leave", "")
    try:
        end_leave(leave_id=int(chosen) if chosen.isascii() and chosen.isdigit() else 0, by=by, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Cuti diakhiri."))
    return redirect("cases:workload")


def _page(request: HttpRequest, form: LeaveForm, *, status: int = 200) -> HttpResponse:
    by, at = current_user(request), timezone.now()
    context = {
        "loads": loads(by, at=at),
        "unassigned": unassigned(by).count(),
        "may_share_out": sharing_out_refusal(by) is None,
        "leaves": leave_rows(by, day=timezone.localdate(at)),
        "form": form,
    }
    return render(request, "cases/workload.html", context, status=status)
