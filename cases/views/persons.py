"""One person in several cases, and people who keep out of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.grouping import ConflictForm, ReasonForm
from cases.models import Case, ConflictKind
from cases.persons import cases_of_person, link_person, person_candidates, unlink_person
from cases.recusals import declare_conflict
from cases.refusals import ActionRefused
from cases.views.answers import FormPage, answer, posted, show, show_case, visible_case


@require_safe
@permission_required(Permission.SEE_CASES)
def person(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All cases of this case's respondent that the person may see, and who else it may be."""
    case, by = visible_case(request, case_id), current_user(request)
    known = cases_of_person(case, by)
    context = {
        "cases": known,
        "candidates": person_candidates(case, by, known),
        "may_link": by.may(Permission.ASSESS),
    }
    return show_case(request, case, "cases/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def link(request: HttpRequest, case_id: UUID, other_id: UUID) -> HttpResponse:
    """Say that two respondents are one person."""
    case, other, by = visible_case(request, case_id), visible_case(request, other_id), current_user(request)
    form = ReasonForm(posted(request), case=case)
    return answer(
        request,
        _link_page(case, other, form),
        lambda: link_person(case=case, other=other, by=by, at=timezone.now(), **form.given()),
        done=_("Terlapor kedua kasus ditautkan."),
    )


def _link_page(case: Case, other: Case, form: ReasonForm) -> FormPage:
    names = {name: one.respondent.name or one.respondent.post for name, one in (("one", case), ("other", other))}
    return FormPage(
        case=case,
        form=form,
        title=_("Tautkan terlapor dengan %(other)s") % {"other": other},
        submit=_("Ya, orang yang sama"),
        lead=_("%(one)s dan %(other)s dicatat sebagai orang yang sama. Kasusnya tetap terpisah.") % names,
        beside=other,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def unlink(request: HttpRequest, case_id: UUID, other_id: UUID) -> HttpResponse:
    """Say that two respondents are not one person after all."""
    case, other, by = visible_case(request, case_id), visible_case(request, other_id), current_user(request)
    form = ReasonForm(posted(request), case=case)
    title = _("Lepas tautan dengan %(other)s") % {"other": other}
    return answer(
        request,
        FormPage(case=case, form=form, title=title, submit=_("Ya, lepas tautan")),
        lambda: unlink_person(case=case, other=other, by=by, at=timezone.now(), **form.given()),
        done=_("Tautan dilepas."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SEE_CASES)
def recuse(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep out of the case from now on."""
    case, by = visible_case(request, case_id), current_user(request)
    form = ConflictForm(posted(request), case=case)
    page = _recusal_page(case, form)
    if request.method != "POST" or not form.is_valid():
        return show(request, page, status=422 if request.method == "POST" else 200)
    given = form.cleaned_data
    try:
        declare_conflict(
            case=case,
            kind=ConflictKind(given["kind"]),
            note=given["note"],
            by=by,
            at=timezone.now(),
            seen_version=given["version"],
        )
    except ActionRefused as refused:
        case.refresh_from_db()
        return show(request, page, status=409, refused=refused)
    messages.success(request, _("Anda mundur dari kasus itu. Rekan Anda yang menanganinya."))
    return redirect("cases:inbox")


def _recusal_page(case: Case, form: ConflictForm) -> FormPage:
    return FormPage(
        case=case,
        form=form,
        title=_("Mundur karena benturan kepentingan"),
        submit=_("Mundur dari kasus ini"),
        lead=_("Sesudah ini Anda tidak dapat melihat atau menangani kasus ini. Ini tidak dapat dibatalkan."),
    )
