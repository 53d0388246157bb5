"""The accused's own pages: in with the code of the invitation. Nothing of a report is reachable from here."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.throttle import Post, minutes_to_wait
from cases.answering import add_evidence, answer, ask_for_date, name_person
from cases.forms.respondent import (
    AnswerForm,
    DateRequestForm,
    NamedPersonForm,
    RespondentCodeForm,
    RespondentPicturesForm,
)
from cases.models import RespondentAccess
from cases.refusals import ActionRefused, FactsRefused
from cases.respondent_access import record_entry
from cases.respondent_page import respondent_page
from cases.respondent_session import answering_access, forget, let_in
from reports.adding import TooManyPictures
from reports.originals import StorageFailed

TOO_MANY = 429

AccessView = Callable[[HttpRequest, RespondentAccess], HttpResponse]
FORMS: dict[str, type[forms.Form]] = {
    "answer": AnswerForm,
    "date": DateRequestForm,
    "pictures": RespondentPicturesForm,
    "named": NamedPersonForm,
}


def of_respondent(view: AccessView) -> Callable[[HttpRequest], HttpResponse]:
    """Hand the access of this browser to the view; without one, ask for the code."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        access = answering_access(request.session, at=timezone.now())
        if access is None:
            messages.info(request, _("Masukkan kode dari surat undangan. Demi keamanan, halaman menutup sendiri."))
            return redirect("cases:respondent-code")
        return view(request, access)

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
        record_entry(access=access, at=at)
        return redirect("cases:respondent")
    return render(request, "cases/respondent_code.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
@of_respondent
def page(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """What is alleged, when the hearing is, and what the respondent has said so far."""
    return _page(request, access)


@login_not_required
@require_POST
@of_respondent
def write_answer(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """The respondent's account."""
    form = _filled(request, "answer")
    done = _("Penjelasan Anda sudah tersimpan.")
    return _do(
        request, access, "answer", form, lambda: answer(access=access, at=timezone.now(), **form.cleaned_data), done
    )


@login_not_required
@require_POST
@of_respondent
def ask_date(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """Another date."""
    form = _filled(request, "date")
    done = _("Permintaan Anda sudah sampai di petugas. Jawabannya muncul di halaman ini.")
    return _do(
        request, access, "date", form, lambda: ask_for_date(access=access, at=timezone.now(), **form.cleaned_data), done
    )


@login_not_required
@require_POST
@of_respondent
def send_pictures(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """The respondent's evidence."""
    form = _filled(request, "pictures")
    done = _("Gambar Anda sudah tersimpan dan disegel.")
    return _do(
        request,
        access,
        "pictures",
        form,
        lambda: add_evidence(access=access, pictures=form.cleaned_data["pictures"], at=timezone.now()),
        done,
    )


@login_not_required
@require_POST
@of_respondent
def name_someone(request: HttpRequest, access: RespondentAccess) -> HttpResponse:
    """A witness or superior to be heard."""
    form = _filled(request, "named")
    done = _("Nama ini sudah tercatat. Petugas yang memutuskan siapa diundang.")
    return _do(
        request, access, "named", form, lambda: name_person(access=access, at=timezone.now(), **form.cleaned_data), done
    )


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the visit on this device."""
    forget(request.session)
    messages.success(request, _("Halaman Anda sudah ditutup di perangkat ini."))
    return redirect("cases:respondent-code")


def _filled(request: HttpRequest, name: str) -> forms.Form:
    return FORMS[name](request.POST, request.FILES, auto_id=f"id_{name}_%s")


def _do(
    request: HttpRequest,
    access: RespondentAccess,
    name: str,
    form: forms.Form,
    write: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Do what a form is for and come back, or show what stands against it; typed words stay."""
    if not form.is_valid():
        return _page(request, access, status=422, **{name: form})
    try:
        write()
    except (FactsRefused, TooManyPictures, StorageFailed) as refused:
        _say(form, refused)
        return _page(request, access, status=422, **{name: form})
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:respondent")
    messages.success(request, done)
    return redirect("cases:respondent")


def _say(form: forms.Form, refused: FactsRefused | TooManyPictures | StorageFailed) -> None:
    """Put what was refused where it was typed or chosen."""
    if isinstance(refused, FactsRefused):
        for field, problem in refused.problems.items():
            form.add_error(field, problem)
    elif isinstance(form, RespondentPicturesForm):
        form.say(refused)


def _page(request: HttpRequest, access: RespondentAccess, *, status: int = 200, **filled: forms.Form) -> HttpResponse:
    context = {
        "page": respondent_page(access, at=timezone.now()),
        "forms": {name: filled.get(name) or form(auto_id=f"id_{name}_%s") for name, form in FORMS.items()},
        "failed": next(iter(filled.values()), None),
    }
    return render(request, "cases/respondent_page.html", context, status=status)
