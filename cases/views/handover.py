"""Handing a case over to another office: proposing, and the page both offices read and answer on."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.models import User
from accounts.roles import Permission
from cases.actions import Action
from cases.forms.handover import HandoverAnswerForm, ProposeHandoverForm
from cases.handover import decline_handover, propose_handover, proposing_refusal, withdraw_handover
from cases.handover_page import SHOWN_WITH, handover_sheet
from cases.models import Case, Handover
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.views.answers import FormPage, answer, posted, show, show_case, show_problems, visible_case
from cases.workflow import perform

Choice = HandoverAnswerForm.Choice


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.REGISTER)
def propose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask another office to take the case."""
    case, by = visible_case(request, case_id), current_user(request)
    form = ProposeHandoverForm(posted(request), initial={"version": case.version})
    lead = _("Kantor Anda tetap menangani kasus ini sampai kantor tujuan menerimanya. Jam hukum terus berjalan.")
    page = FormPage(
        case=case,
        form=form,
        title=_("Usulkan alih ke wilayah lain"),
        submit=_("Kirim usulan"),
        lead=lead,
        why_closed=lambda: proposing_refusal(case, by),
    )
    if request.method != "POST" and (why := page.why_closed()):
        return show(request, page, status=409, refused=ActionRefused(why))
    return answer(request, page, lambda: _propose(case, form, by), done=_("Usulan terkirim ke kantor tujuan."))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SEE_CASES)
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """A proposal with both clocks. POST accepts, declines or withdraws it."""
    by = current_user(request)
    row = get_object_or_404(Handover.objects.visible_to(by).select_related(*SHOWN_WITH), pk=handover_id)
    form = HandoverAnswerForm(posted(request))
    if request.method != "POST":
        return _show(request, row, form)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    try:
        done = ANSWERS[form.cleaned_data["choice"]](row, form, by)
    except NotVisible as refused:
        raise Http404 from refused
    except FactsRefused as refused:
        show_problems(form, refused)
        return _show(request, row, form, status=422)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:handover", row.pk)
    messages.success(request, done)
    return _landing(row, by)


def _propose(case: Case, form: ProposeHandoverForm, by: User) -> None:
    given = form.cleaned_data
    propose_handover(
        case=case,
        region=given["region"],
        reason=given["reason"],
        by=by,
        at=timezone.now(),
        seen_version=given["version"],
    )


def _accept(row: Handover, form: HandoverAnswerForm, by: User) -> str:
    perform(case=row.case, action=Action.ALIHKAN, by=by, at=timezone.now())
    return _("Kasus ini sekarang ditangani kantor Anda.")


def _decline(row: Handover, form: HandoverAnswerForm, by: User) -> str:
    decline_handover(handover=row, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
    return _("Usulan ditolak. Kasus tetap di kantor yang mengusulkan.")


def _withdraw(row: Handover, form: HandoverAnswerForm, by: User) -> str:
    withdraw_handover(handover=row, by=by, at=timezone.now())
    return _("Usulan ditarik kembali. Kasus tetap di kantor Anda.")


ANSWERS: dict[str, Callable[[Handover, HandoverAnswerForm, User], str]] = {
    Choice.ACCEPT: _accept,
    Choice.DECLINE: _decline,
    Choice.WITHDRAW: _withdraw,
}


def _landing(row: Handover, by: User) -> HttpResponse:
    """To the case where the person sees it now, else to the inbox."""
    if Case.objects.visible_to(by).filter(pk=row.case_id).exists():
        return redirect("cases:case", row.case_id)
    return redirect("cases:inbox")


def _show(request: HttpRequest, row: Handover, form: HandoverAnswerForm, *, status: int = 200) -> HttpResponse:
    """The office a case is offered to looks at it too, though it does not see all of it."""
    sheet = handover_sheet(row, by=current_user(request), at=timezone.now())
    return show_case(request, row.case, "cases/handover.html", {"sheet": sheet, "form": form}, status=status)
