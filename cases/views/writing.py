"""What the case team writes beside the steps: notes, proposals, the respondent's facts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.forms.casework import NoteForm, ProposalForm, RespondentForm, known_facts
from cases.mentions import mark_seen
from cases.notes import add_note, propose
from cases.refusals import NotVisible
from cases.respondents import edit_respondent
from cases.views.answers import FormPage, answer, posted, visible_case


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.WRITE_NOTES)
def write_note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """An internal remark."""
    case, by = visible_case(request, case_id), current_user(request)
    form = NoteForm(posted(request), case=case, by=by)
    return answer(
        request,
        FormPage(case=case, form=form, title=_("Tulis catatan"), submit=_("Simpan catatan")),
        lambda: add_note(
            case=case, text=form.cleaned_data["text"], by=by, at=timezone.now(), mentioned=form.mentions()
        ),
        done=_("Catatan disimpan."),
    )


@require_POST
@permission_required(Permission.SEE_CASES)
def see_mention(request: HttpRequest, mention_id: int) -> HttpResponse:
    """Tick off a mention of oneself."""
    try:
        mark_seen(mention_id=mention_id, by=current_user(request), at=timezone.now())
    except NotVisible as refused:
        raise Http404 from refused
    return redirect("cases:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.PROPOSE)
def write_proposal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Kesbangpol's proposal to Bawaslu."""
    case, by = visible_case(request, case_id), current_user(request)
    form = ProposalForm(posted(request))
    return answer(
        request,
        FormPage(case=case, form=form, title=_("Usulkan kepada Bawaslu"), submit=_("Kirim usulan")),
        lambda: propose(case=case, text=form.cleaned_data["text"], by=by, at=timezone.now()),
        done=_("Usulan disampaikan kepada Bawaslu."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ASSESS)
def change_respondent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is known of the reported person."""
    case, by = visible_case(request, case_id), current_user(request)
    form = RespondentForm(posted(request), initial=known_facts(case))
    return answer(
        request,
        FormPage(case=case, form=form, title=_("Data terlapor"), submit=_("Simpan data terlapor")),
        lambda: edit_respondent(
            case=case, facts=form.facts(), by=by, at=timezone.now(), seen_version=form.cleaned_data["version"]
        ),
        done=_("Data terlapor disimpan."),
    )
