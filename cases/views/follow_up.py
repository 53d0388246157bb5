"""The reporter's pages: in with the receipt code, out with one button. The code is in no address, log or cookie."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.throttle import Post, minutes_to_wait
from cases.followed import followed_page, followed_report, forget, remember
from cases.forms.evidence import FileToVerifyForm
from cases.forms.follow_up import AddPicturesForm, ReceiptForm, ReporterLineForm
from cases.forms.with_pictures import fault_status
from cases.letters.writing import read_letter
from cases.messages import receive_from_reporter
from cases.models import Letter
from cases.refusals import FactsRefused
from cases.verification import is_of_report
from cases.views.letters import pdf_answer
from reports import drafts
from reports.adding import ReportErased, TooManyPictures, add_evidence
from reports.browser import body_bytes, draft_of_request
from reports.drafts import Draft, PicturesGone
from reports.models import HeldImage, Report
from reports.originals import StorageFailed
from reports.picture_views import drop_for, hold_for, keep_what_fits

CONFLICT = 409
TOO_MANY = 429
P = ParamSpec("P")
ReportView = Callable[Concatenate[HttpRequest, Report, P], HttpResponse]
OpenView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def of_followed_report(view: ReportView[P]) -> OpenView[P]:
    """Hand the report this browser follows to the view; without one, ask for the code."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        report = followed_report(request.session, at=timezone.now())
        if report is None:
            messages.info(request, _("Masukkan kode laporan Anda. Demi keamanan, halaman menutup sendiri."))
            return redirect("cases:follow-up")
        return view(request, report, *args, **kwargs)

    return opened


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest) -> HttpResponse:
    """Ask for the receipt code. A wrong code and an unknown one lead to the same page."""
    minutes = minutes_to_wait(request, Post.CODE) if request.method == "POST" else 0
    if minutes:
        typed = ReceiptForm(initial={"code": request.POST.get("code")})
        return render(request, "cases/follow_up.html", {"form": typed, "wait_minutes": minutes}, status=TOO_MANY)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        remember(request.session, form.cleaned_data["code"], at=timezone.now())
        return redirect("cases:followed-report")
    return render(request, "cases/follow_up.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
@of_followed_report
def followed(request: HttpRequest, report: Report) -> HttpResponse:
    """Where the report is, and the lines between office and reporter."""
    return _page(request, report)


@login_not_required
@require_POST
@of_followed_report
def write(request: HttpRequest, report: Report) -> HttpResponse:
    """A line from the reporter to the office."""
    minutes = minutes_to_wait(request, Post.MESSAGE)
    if minutes:
        typed = ReporterLineForm(initial={"text": request.POST.get("text")})
        return _page(request, report, line=typed, status=TOO_MANY, minutes=minutes)
    form = ReporterLineForm(request.POST)
    if not form.is_valid():
        return _page(request, report, line=form, status=422)
    try:
        receive_from_reporter(report=report, text=form.cleaned_data["text"], at=timezone.now())
    except FactsRefused as refused:
        form.add_error("text", refused.problems["text"])
        return _page(request, report, line=form, status=422)
    messages.success(request, _("Pesan Anda sudah sampai di petugas."))
    return redirect("cases:followed-report")


@login_not_required
@require_POST
@of_followed_report
def add_pictures(request: HttpRequest, report: Report) -> HttpResponse:
    """More pictures for the report."""
    draft, at = _draft(request, report), timezone.now()
    held = list(HeldImage.objects.of_form(draft.form_digest))
    minutes = minutes_to_wait(request, Post.MESSAGE)
    if minutes:
        waiting = AddPicturesForm(key=draft.key, held=held)
        return _page(request, report, pictures=waiting, status=TOO_MANY, minutes=minutes)
    taken = report.evidence.values_list("id", flat=True)
    form = AddPicturesForm(
        request.POST, request.FILES, key=draft.key, held=held, taken=taken, body_bytes=body_bytes(request)
    )
    if form.is_valid() and _was_added(form, report, draft, at):
        messages.success(request, _("Gambar Anda sudah tersimpan."))
        return redirect("cases:followed-report")
    if report.erased_at is None:
        keep_what_fits(form, draft, at)
    return _page(request, report, pictures=form, status=fault_status(form))


def _was_added(form: AddPicturesForm, report: Report, draft: Draft, at: datetime) -> bool:
    """Add the pictures of a valid form, or have it say what stands against them."""
    pictures, held = form.cleaned_data["pictures"], form.cleaned_data["held_pictures"]
    try:
        add_evidence(report=report, pictures=pictures, draft=draft, held=held, at=at)
    except ReportErased:
        report.refresh_from_db(fields=["erased_at"])
        form.add_error("pictures", _("Isi laporan ini sudah dihapus sesuai aturan penyimpanan."))
    except (TooManyPictures, PicturesGone, StorageFailed) as refused:
        form.say(refused)
    return not form.errors


@login_not_required
@require_POST
@sensitive_post_parameters()
@of_followed_report
def hold_picture(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep a picture for the report until the form with it is sent. The browser's script asks, nobody else."""
    if report.erased_at is not None:
        return JsonResponse({"fault": _("Isi laporan ini sudah dihapus sesuai aturan penyimpanan.")}, status=CONFLICT)
    return hold_for(request, _draft(request, report))


@login_not_required
@require_POST
@sensitive_post_parameters()
@of_followed_report
def drop_picture(request: HttpRequest, report: Report) -> HttpResponse:
    """Forget a picture kept for the report."""
    return drop_for(request, _draft(request, report))


@login_not_required
@require_safe
@of_followed_report
def letter(request: HttpRequest, report: Report, letter_id: int) -> HttpResponse:
    """A letter of the office to the reporter."""
    found = get_object_or_404(Letter.objects.for_reporter(report), pk=letter_id)
    return pdf_answer(found, read_letter(letter=found, by=None, at=timezone.now()))


@login_not_required
@require_POST
@of_followed_report
def check_own_file(request: HttpRequest, report: Report) -> HttpResponse:
    """Whether a file is, byte for byte, a picture received with this report. The file is hashed and forgotten."""
    form = FileToVerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(problem) for problem in form.errors["file"]))
    elif is_of_report(form.cleaned_data["file"], report):
        messages.success(request, _("Sama persis: berkas ini sudah kami terima bersama laporan Anda, tanpa perubahan."))
    else:
        messages.warning(
            request,
            _(
                "Berkas ini tidak sama dengan gambar mana pun dalam laporan Anda. Gambar yang pernah dikirim lewat "
                "aplikasi lain atau disunting menjadi berkas yang berbeda."
            ),
        )
    return redirect("cases:followed-report")


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the report on this device."""
    forget(request.session)
    messages.success(request, _("Halaman laporan sudah ditutup di perangkat ini."))
    return redirect("cases:follow-up")


def _draft(request: HttpRequest, report: Report) -> Draft:
    """The form for more pictures; what is held for it can be sent with this report and no other."""
    return draft_of_request(request, f"report {report.pk}")


def _page(
    request: HttpRequest,
    report: Report,
    *,
    line: ReporterLineForm | None = None,
    pictures: AddPicturesForm | None = None,
    status: int = 200,
    minutes: int = 0,
) -> HttpResponse:
    context = {
        "line": line or ReporterLineForm(),
        "pictures": pictures or AddPicturesForm(key=drafts.new_key()),
        "wait_minutes": minutes,
        "followed": followed_page(report, at=timezone.now()),
    }
    return render(request, "cases/followed_report.html", context, status=status)
