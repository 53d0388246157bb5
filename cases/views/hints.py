"""Judging what a screenshot seems to say about its post."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.hints import HintForm
from cases.hints import HintSheet, hint_sheets, judge_hint
from cases.models import Case, HintVerdict
from cases.views.answers import FormPage, answer, posted, visible_case
from reports.models import Evidence


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def judge(request: HttpRequest, case_id: UUID, evidence_id: UUID, place: int) -> HttpResponse:
    """Whether a hint is right."""
    case, by = visible_case(request, case_id), current_user(request)
    picture = get_object_or_404(Evidence, pk=evidence_id, report__case_link__case=case)
    sheet = next((sheet for sheet in hint_sheets(picture) if sheet.place == place), None)
    if sheet is None:
        raise Http404
    form = HintForm(posted(request))
    return answer(
        request,
        _page(case, picture, sheet, form),
        lambda: judge_hint(
            case=case,
            evidence=picture,
            hint=sheet.hint,
            verdict=HintVerdict(form.cleaned_data["verdict"]),
            value=form.cleaned_data["value"],
            by=by,
            at=timezone.now(),
        ),
        done=_("Penilaian disimpan."),
    )


def _page(case: Case, picture: Evidence, sheet: HintSheet, form: HintForm) -> FormPage:
    """The next hint is judged from the page of the picture, so that is where this one leads back to."""
    title, lead = _("Periksa petunjuk"), f"{sheet.kind_name}: {sheet.hint.value}"
    submit, back = _("Simpan penilaian"), "cases:evidence"
    return FormPage(case=case, form=form, title=title, submit=submit, lead=lead, back=back, picture=picture.pk)
