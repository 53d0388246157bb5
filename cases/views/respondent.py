"""The accused's own pages: in with the code of the invitation. Nothing of a report is reachable from here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.throttle import Post, minutes_to_wait
from cases.answering import add_evidence, answer, ask_for_date, name_person, sent_pictures
from cases.forms.respondent import (
    AnswerForm,
    DateRequestForm,
    NamedPersonForm,
    RespondentCodeForm,
    RespondentPicturesForm,
)
from cases.forms.with_pictures import fault_status
from cases.models import RespondentAccess
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.released_evidence import small_release, watermarked_release
from cases.respondent_access import record_entry
from cases.respondent_page import respondent_page
from cases.respondent_session import answering_access, forget, let_in
from cases.views.evidence import only_a_picture
from evidence.children import ChildUnavailable
from evidence.painting import PaintingFailed
from evidence.vault import NotInVault
from reports import drafts
from reports.adding import TooManyPictures
from reports.browser import body_bytes, draft_of_request
from reports.drafts import Draft, PicturesGone
from reports.models import HeldImage
from reports.originals import StorageFailed
from reports.picture_views import drop_for, hold_for, keep_what_fits

TOO_MANY = 429

P = ParamSpec("P")
AccessView = Callable[Concatenate[HttpRequest, RespondentAccess, P], HttpResponse]


@dataclass(frozen=True)
class Sending:
    """Something the respondent sends: its form, what keeps it, and what the page says afterwards."""

    form: type[forms.Form]
    write: Callable[..., object]
    done: Promise


SENDINGS = {
    "answer": Sending(AnswerForm, answer, gettext_lazy("Penjelasan Anda sudah tersimpan.")),
    "date": Sending(
        DateRequestForm,
        ask_for_date,
        gettext_lazy("Permintaan Anda sudah sampai di petugas. Jawabannya muncul di halaman ini."),
    ),
    "pictures": Sending(RespondentPicturesForm, add_evidence, gettext_lazy("Gambar Anda sudah tersimpan dan disegel.")),
    "named": Sending(
        NamedPersonForm,
        name_person,
        gettext_lazy("Nama ini sudah tercatat. Petugas yang memutuskan siapa diundang."),
    ),
}


def of_respondent(view: AccessView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the access of this browser to the view; without one, ask for the code."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        access = answering_access(request.session, at=timezone.now())
        if access is None:
            messages.info(request, _("Masukkan kode dari surat undangan. Demi keamanan, halaman menutup sendiri."))
            return redirect("cases:respondent-code")
        return view(request, access, *args, **kwargs)

    return opened


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code. Every code that opens nothing leads to the same page."""
    minutes = minutes_to_wait(request, Post.RESPONDENT_CODE) if request.method == "POST" else 0
    if minutes:
        typed = RespondentCodeForm(initial={"code": request.POST.get("code")})
        return render(request, "cases/respondent_code.html", {"form": typed, "wait_minutes": minutes}, status=TOO_MANY)
    form = RespondentCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        access, at = form.cleaned_data["code"], timezone.now()
        let_in(request.session, access, at=at)
        officer = request.user if isinstance(request.user, User) else None
        record_entry(access=access, by=officer, at=at)
        return redirect("cases:respondent")
    return render(request, "cases/respondent_code.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
@of_respondent
def page(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """What is alleged, when the hearing is, and what the respondent has said so far."""
    return _page(request, access)


@login_not_required
@require_safe
@of_respondent
def picture(request: HttpRequest, access: RespondentAccess, release_id: UUID) -> HttpResponse:
    """A picture the case team shows the respondent; every look is on record."""
    return _picture(lambda: watermarked_release(access=access, release_id=release_id, at=timezone.now()).data)


@login_not_required
@require_safe
@of_respondent
def small_picture(request: HttpRequest, access: RespondentAccess, release_id: UUID) -> HttpResponse:
    """The same too small to read; no look."""
    return _picture(lambda: small_release(access=access, release_id=release_id))


@login_not_required
@require_POST
@of_respondent
def send(request: HttpRequest, access: RespondentAccess, what: str) -> HttpResponse:
    """Keep what was sent and come back, or show what stands against it; typed words stay."""
    sending, at = SENDINGS[what], timezone.now()
    draft = _draft(request, access)
    form = _filled_in(request, access, what, draft)
    try:
        if form.is_valid():
            sending.write(access=access, at=at, **_answers(form, draft))
            messages.success(request, str(sending.done))
            return redirect("cases:respondent")
    except (FactsRefused, TooManyPictures, PicturesGone, StorageFailed) as refused:
        _say(form, refused)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:respondent")
    if isinstance(form, RespondentPicturesForm):
        keep_what_fits(form, draft, at)
    return _page(request, access, status=fault_status(form), **{what: form})


@login_not_required
@require_POST
@sensitive_post_parameters()
@of_respondent
def hold_picture(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """Keep a picture of the respondent until the form with it is sent. The browser's script asks, nobody else."""
    return hold_for(request, _draft(request, access))


@login_not_required
@require_POST
@sensitive_post_parameters()
@of_respondent
def drop_picture(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """Forget a picture kept for the respondent."""
    return drop_for(request, _draft(request, access))


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the visit on this device."""
    forget(request.session)
    messages.success(request, _("Halaman Anda sudah ditutup di perangkat ini."))
    return redirect("cases:respondent-code")


def _picture(read: Callable[[], bytes]) -> HttpResponse:
    """The picture as a file whose name tells nothing. Raises Http404 where nothing is shown any more."""
    try:
        data = read()
    except (NotVisible, NotInVault) as refused:
        raise Http404 from refused
    except (PaintingFailed, ChildUnavailable):
        return HttpResponse(status=503)
    response = HttpResponse(data, content_type="image/jpeg")
    response.headers["Content-Disposition"] = 'inline; filename="bukti.jpg"'
    return only_a_picture(response)


def _auto_id(what: str) -> str:
    return f"id_{what}_%s"


def _draft(request: HttpRequest, access: RespondentAccess) -> Draft:
    """The form for pictures; what is held for it can be sent by who came in with this code and by nobody else."""
    return draft_of_request(request, f"respondent {access.pk}")


def _filled_in(request: HttpRequest, access: RespondentAccess, what: str, draft: Draft) -> forms.Form:
    form = SENDINGS[what].form
    if not issubclass(form, RespondentPicturesForm):
        return form(request.POST, auto_id=_auto_id(what))
    return form(
        request.POST,
        request.FILES,
        auto_id=_auto_id(what),
        key=draft.key,
        held=list(HeldImage.objects.of_form(draft.form_digest)),
        taken=sent_pictures(access.case).values_list("id", flat=True),
        body_bytes=body_bytes(request),
    )


def _answers(form: forms.Form, draft: Draft) -> dict[str, Any]:
    """What the use case takes of a valid form."""
    answers = form.cleaned_data
    if not isinstance(form, RespondentPicturesForm):
        return answers
    return {"pictures": answers["pictures"], "held": answers["held_pictures"], "draft": draft}


def _say(form: forms.Form, refused: FactsRefused | TooManyPictures | PicturesGone | StorageFailed) -> None:
    """Put what was refused where it was typed or chosen."""
    if isinstance(refused, FactsRefused):
        for field, problem in refused.problems.items():
            form.add_error(field, problem)
    elif isinstance(form, RespondentPicturesForm):
        form.say(refused)


def _page(request: HttpRequest, access: RespondentAccess, *, status: int = 200, **filled: forms.Form) -> HttpResponse:
    context = {
        "page": respondent_page(access, at=timezone.now()),
        "forms": {what: filled.get(what) or _fresh(what) for what in SENDINGS},
        "failed": next(iter(filled.values()), None),
    }
    return render(request, "cases/respondent_page.html", context, status=status)


def _fresh(what: str) -> forms.Form:
    form = SENDINGS[what].form
    if issubclass(form, RespondentPicturesForm):
        return form(auto_id=_auto_id(what), key=drafts.new_key())
    return form(auto_id=_auto_id(what))
