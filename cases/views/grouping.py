"""Which reports make a case: the page, and moving, splitting, joining and undoing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.models import User
from accounts.roles import Permission
from cases.actions import Action
from cases.facts import Duplicate
from cases.forms.grouping import AttachForm, MergeForm, OwnFindingForm, ReasonForm, SplitForm
from cases.grouping import attach_report, regrouping_refusal, split_case, undo_regrouping
from cases.grouping_page import grouping_page, merge_lead
from cases.models import Case, Regrouping
from cases.own_findings import adopt_as_finding
from cases.similar import similar_cases
from cases.views.answers import FormPage, answer, posted, show_case, visible_case
from cases.workflow import perform, refusal


@require_safe
@permission_required(Permission.REGISTER)
def grouping(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The reports of a case, what may be the same case, and what was moved."""
    case, by = visible_case(request, case_id), current_user(request)
    return show_case(request, case, "cases/grouping.html", {"page": grouping_page(case, by)})


@require_safe
def similar(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Cases that may be the same one. The page of the case shows them too, a moment after it is there."""
    case, by = visible_case(request, case_id), current_user(request)
    may_merge = refusal(case, Action.TANDAI_DOBEL, by) is None
    return render(
        request, "cases/similar.html", {"case": case, "similar": similar_cases(case, by), "may_merge": may_merge}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.REGISTER)
def merge(request: HttpRequest, case_id: UUID, other_id: UUID) -> HttpResponse:
    """Join this case to another one."""
    case, other, by = visible_case(request, case_id), visible_case(request, other_id), current_user(request)
    form = MergeForm(posted(request), case=case, other=other)
    return answer(
        request,
        _merge_page(case, other, form, by),
        lambda: perform(
            case=case,
            action=Action.TANDAI_DOBEL,
            by=by,
            at=timezone.now(),
            facts=Duplicate(other=other, other_version=form.cleaned_data["other_version"]),
            **form.given(),
        ),
        done=_("Kasus digabungkan ke %(other)s. Penggabungan dapat dibatalkan.") % {"other": other},
    )


def _merge_page(case: Case, other: Case, form: MergeForm, by: User) -> FormPage:
    return FormPage(
        case=case,
        form=form,
        title=_("Gabungkan ke %(other)s") % {"other": other},
        submit=_("Ya, gabungkan"),
        lead=merge_lead(case, other),
        beside=other,
        why_closed=lambda: refusal(case, Action.TANDAI_DOBEL, by),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.REGISTER)
def attach(request: HttpRequest, case_id: UUID, report_id: UUID) -> HttpResponse:
    """Move one report to the case it belongs to."""
    case, by = visible_case(request, case_id), current_user(request)
    get_object_or_404(case.case_reports, report=report_id)
    form = AttachForm(posted(request), case=case, by=by)
    title, why = _("Pindahkan laporan"), lambda: regrouping_refusal(case, by)
    return answer(
        request,
        FormPage(case=case, form=form, title=title, submit=_("Pindahkan"), why_closed=why, back="cases:grouping"),
        lambda: attach_report(
            case=case,
            report_id=report_id,
            to=form.cleaned_data["other"],
            by=by,
            at=timezone.now(),
            **form.given(),
        ),
        done=_("Laporan dipindahkan. Pelapor tetap dapat mengikutinya dengan kodenya."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.REGISTER)
def split(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make reports a case of their own."""
    case, by = visible_case(request, case_id), current_user(request)
    form = SplitForm(posted(request), case=case)
    title, why = _("Pisahkan menjadi kasus sendiri"), lambda: regrouping_refusal(case, by)
    return answer(
        request,
        FormPage(case=case, form=form, title=title, submit=_("Pisahkan"), why_closed=why, back="cases:grouping"),
        lambda: split_case(
            case=case,
            report_ids=form.cleaned_data["reports"],
            by=by,
            at=timezone.now(),
            **form.given(),
        ),
        done=_("Kasus baru dibuat. Anda menemukannya di kotak masuk dan di bawah «Yang pernah dipindahkan»."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.REGISTER)
def undo(request: HttpRequest, case_id: UUID, regrouping_id: int) -> HttpResponse:
    """Take a move of reports back."""
    case, by = visible_case(request, case_id), current_user(request)
    row = get_object_or_404(Regrouping.objects.of_case(case.pk).select_related("source", "target"), pk=regrouping_id)
    form = ReasonForm(posted(request), case=case)
    title = _("Batalkan: %(what)s") % {"what": row.get_kind_display()}
    return answer(
        request,
        FormPage(case=case, form=form, title=title, submit=_("Ya, batalkan"), back="cases:grouping"),
        lambda: undo_regrouping(regrouping=row, by=by, at=timezone.now(), seen=case, **form.given()),
        done=_("Dibatalkan. Laporan kembali ke kasus semula."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.REGISTER)
def adopt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a first information a finding of this officer."""
    case, by = visible_case(request, case_id), current_user(request)
    form = OwnFindingForm(posted(request), case=case)
    page = FormPage(
        case=case,
        form=form,
        title=_("Jadikan temuan"),
        submit=_("Jadikan temuan"),
        lead=_("Kasus menjadi temuan Anda sebagai petugas. Batas waktu penanganan mulai berjalan sekarang."),
    )
    return answer(
        request,
        page,
        lambda: adopt_as_finding(
            case=case, facts=form.facts(), by=by, at=timezone.now(), seen_version=form.cleaned_data["version"]
        ),
        done=_("Kasus ini sekarang temuan Anda."),
    )
