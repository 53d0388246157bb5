"""Keeping and erasing: the list of cases whose time is over, holds, and the two people who erase."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.disposal import approve_disposal, lift_hold, place_hold, propose_disposal, reject_disposal
from cases.forms.retention import HoldForm
from cases.retention import due_cases, retention_rules
from cases.retention_page import due_rows
from cases.views.answers import FormPage, act, answer, posted, seen_version, visible_case

CASES_PER_PAGE = 25


@require_safe
@permission_required(Permission.DISPOSE)
def disposals(request: HttpRequest) -> HttpResponse:
    """Cases whose time is over, longest finished first, and the rules that say so."""
    due = due_cases(at=timezone.now()).visible_to(current_user(request)).select_related("region")
    page = Paginator(due, CASES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": due_rows(list(page)), "rules": retention_rules()}
    return render(request, "cases/disposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.HOLD)
def hold(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a case whatever the rules say."""
    case, by = visible_case(request, case_id), current_user(request)
    form = HoldForm(posted(request))
    return answer(
        request,
        FormPage(
            case=case,
            form=form,
            title=_("Tahan penghapusan"),
            submit=_("Tahan penghapusan"),
            lead=_("Isi kasus tetap disimpan, berapa pun lamanya, sampai penahanan dicabut admin nasional."),
        ),
        lambda: place_hold(case=case, reason=form.cleaned_data["reason"], by=by, at=timezone.now()),
        done=_("Penghapusan kasus ini ditahan."),
    )


@require_POST
@permission_required(Permission.DISPOSE)
def lift(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let the rules count again."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(request, case, lambda: lift_hold(case=case, by=by, at=timezone.now()), done=_("Penahanan dicabut."))


@require_POST
@permission_required(Permission.DISPOSE)
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The first of two people."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: propose_disposal(case=case, by=by, at=timezone.now(), seen_version=seen_version(request)),
        done=_("Diusulkan. Isi kasus baru dihapus setelah orang kedua menyetujui."),
    )


@require_POST
@permission_required(Permission.DISPOSE)
def approve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The second of two people."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: approve_disposal(case=case, by=by, at=timezone.now(), seen_version=seen_version(request)),
        done=_("Isi kasus sudah dihapus. Yang tersisa ada di halaman ini."),
    )


@require_POST
@permission_required(Permission.DISPOSE)
def reject(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """No, by either of them."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: reject_disposal(case=case, by=by, at=timezone.now(), seen_version=seen_version(request)),
        done=_("Usulan penghapusan ditolak. Isi kasus tetap ada."),
    )
