"""Verdicts of people on rules."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.assessment import add_rule, withdraw_rule
from cases.forms.casework import AddRuleForm, VerdictForm, WithdrawForm
from cases.opinions import finding_title, findings_of
from cases.views.answers import FormPage, answer, posted, visible_case


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def assess_finding(request: HttpRequest, case_id: UUID, finding_id: int) -> HttpResponse:
    """Whether a finding of the machine fits."""
    case, by = visible_case(request, case_id), current_user(request)
    finding = get_object_or_404(findings_of(case), pk=finding_id)
    form, title = VerdictForm(posted(request)), finding_title(finding)
    return answer(
        request,
        FormPage(case=case, form=form, title=_("Nilai temuan"), submit=_("Simpan penilaian"), lead=title),
        lambda: form.use_case()(
            case=case, finding=finding, reason=form.cleaned_data["reason"], by=by, at=timezone.now()
        ),
        done=_("Penilaian disimpan."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def name_rule(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A rule the machine did not find."""
    case, by = visible_case(request, case_id), current_user(request)
    form = AddRuleForm(posted(request))
    return answer(
        request,
        FormPage(case=case, form=form, title=_("Tambahkan aturan"), submit=_("Tambahkan aturan")),
        lambda: add_rule(case=case, **form.cleaned_data, by=by, at=timezone.now()),
        done=_("Aturan ditambahkan."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def take_rule_back(request: HttpRequest, case_id: UUID, rule_code: str) -> HttpResponse:
    """A rule somebody named or confirmed does not count after all."""
    case, by = visible_case(request, case_id), current_user(request)
    form = WithdrawForm(posted(request))
    return answer(
        request,
        FormPage(case=case, form=form, title=_("Cabut aturan"), submit=_("Cabut aturan"), lead=rule_code),
        lambda: withdraw_rule(case=case, rule_code=rule_code, **form.cleaned_data, by=by, at=timezone.now()),
        done=_("Aturan dicabut."),
    )
