"""Steps of the workflow, and the steps that need no form: take, release, share."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import current_user
from cases.actions import Action
from cases.assignment import release, take
from cases.refusals import ActionRefused
from cases.sharing import share_with_kesbangpol
from cases.step_panel import becomes, step_form
from cases.views.answers import FormPage, act, answer, posted, seen_version, show, visible_case
from cases.workflow import perform, refusal


@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request: HttpRequest, case_id: UUID, action: str) -> HttpResponse:
    """One step of the workflow: its form, and taking it."""
    if action not in Action.values:
        raise Http404
    by, step, case = current_user(request), Action(action), visible_case(request, case_id)
    form = step_form(case, step, by, posted(request))
    label = str(step.label)
    page = FormPage(
        case=case,
        form=form,
        title=label,
        submit=label,
        lead=becomes(case, step),
        why_closed=lambda: refusal(case, step, by),
    )
    if request.method != "POST" and (why := page.why_closed()):
        return show(request, page, status=409, refused=ActionRefused(why))
    return answer(
        request,
        page,
        lambda: perform(case=case, action=step, by=by, at=timezone.now(), **form.given()),
        done=_("Tercatat: %(step)s.") % {"step": label},
    )


@require_POST
def take_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case nobody works on."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: take(case=case, by=by, at=timezone.now(), seen_version=seen_version(request)),
        done=_("Kasus ini sekarang Anda pegang."),
    )


@require_POST
def release_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let a case go."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: release(case=case, by=by, at=timezone.now(), seen_version=seen_version(request)),
        done=_("Kasus dilepas; rekan sekantor dapat mengambilnya."),
    )


@require_POST
def share_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the case to Kesbangpol of its region."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: share_with_kesbangpol(case=case, by=by, at=timezone.now(), seen_version=seen_version(request)),
        done=_("Kesbangpol daerah ini sekarang dapat melihat kasus ini."),
    )
