"""The office's side of a hearing: the allegation, the respondent's code, delivery, dates, witnesses, minutes."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from cases.clarification_room import clarification_room
from cases.forms.clarification import (
    AllegationForm,
    MinutesForms,
    MoveForm,
    OtherSummonsForm,
    RefuseDateForm,
    ServiceForm,
    first_allegation,
)
from cases.minutes import MinutesChanged, write_minutes
from cases.models import Case, Clarification, ScheduleRequest
from cases.refusals import ActionRefused, FactsRefused
from cases.respondent_access import issue_code, revoke_code, write_allegation
from cases.summons import move_hearing, record_service, refuse_date, summon_other
from cases.views.answers import FormPage, answer, posted, show_case, visible_case
from reports.browser import body_bytes
from reports.originals import StorageFailed

T = TypeVar("T")


@require_safe
def room(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything around the hearings of a case."""
    case, by, at = visible_case(request, case_id), current_user(request), timezone.now()
    return show_case(request, case, "cases/clarification_room.html", {"room": clarification_room(case, by=by, at=at)})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def allegation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the respondent is told."""
    case, by = visible_case(request, case_id), current_user(request)
    form = AllegationForm(posted(request), initial=first_allegation(case))
    page = FormPage(
        case=case,
        form=form,
        title=_("Ringkasan dugaan untuk terlapor"),
        submit=_("Simpan ringkasan"),
        lead=_("Hanya inilah yang dibaca terlapor tentang perbuatan yang diduga."),
        back="cases:clarification",
    )
    return answer(
        request,
        page,
        lambda: write_allegation(case=case, by=by, at=timezone.now(), **form.cleaned_data),
        done=_("Ringkasan dugaan disimpan."),
    )


@require_POST
@permission_required(Permission.CLARIFY)
def make_code(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a code for the respondent and show it, this once."""
    case, by = visible_case(request, case_id), current_user(request)
    try:
        code = issue_code(case=case, by=by, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("cases:clarification", case.pk)
    address = request.build_absolute_uri(reverse("cases:respondent-code"))
    return render(request, "cases/respondent_code_issued.html", {"case": case, "code": code, "address": address})


@require_POST
@permission_required(Permission.CLARIFY)
def withdraw_code(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make the respondent's code useless."""
    case, by = visible_case(request, case_id), current_user(request)
    try:
        revoke_code(case=case, by=by, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kode terlapor tidak berlaku lagi."))
    return redirect("cases:clarification", case.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def invite_other(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A witness or superior is to be heard."""
    case, by = visible_case(request, case_id), current_user(request)
    form = OtherSummonsForm(posted(request), by=by)
    page = FormPage(
        case=case,
        form=form,
        title=_("Undang saksi atau atasan"),
        submit=_("Simpan undangan"),
        back="cases:clarification",
    )
    return answer(
        request,
        page,
        lambda: summon_other(case=case, summons=form.summons(), by=by, at=timezone.now()),
        done=_("Undangan dicatat."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def service(request: HttpRequest, case_id: UUID, clarification_id: int) -> HttpResponse:
    """Proof that a summons reached the person."""
    row, by = _clarification(request, case_id, clarification_id), current_user(request)
    form = ServiceForm(posted(request), request.FILES or None, body_bytes=body_bytes(request))
    page = _page(row.case, form, _("Catat penyampaian undangan"), _("Simpan bukti penyampaian"))
    return answer(
        request,
        page,
        lambda: _storing(lambda: record_service(clarification=row, service=form.service(), by=by, at=timezone.now())),
        done=_("Penyampaian undangan dicatat."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def move(request: HttpRequest, case_id: UUID, clarification_id: int) -> HttpResponse:
    """Another date for a hearing."""
    row, by = _clarification(request, case_id, clarification_id), current_user(request)
    form = MoveForm(posted(request))
    return answer(
        request,
        _page(row.case, form, _("Pindahkan tanggal klarifikasi"), _("Pindahkan tanggal")),
        lambda: move_hearing(clarification=row, by=by, at=timezone.now(), **form.cleaned_data),
        done=_("Tanggal klarifikasi dipindahkan."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def refuse_request(request: HttpRequest, case_id: UUID, request_id: int) -> HttpResponse:
    """Say no to another date."""
    case, by = visible_case(request, case_id), current_user(request)
    rows = ScheduleRequest.objects.select_related("clarification__case__region")
    readable = case.clarifications.readable_by(by)
    asked = get_object_or_404(rows, pk=request_id, clarification__in=readable)
    form = RefuseDateForm(posted(request))
    return answer(
        request,
        _page(case, form, _("Tolak permintaan tanggal lain"), _("Kirim jawaban")),
        lambda: refuse_date(request=asked, by=by, at=timezone.now(), **form.cleaned_data),
        done=_("Jawaban Anda terlihat di halaman terlapor."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.CLARIFY)
def minutes(request: HttpRequest, case_id: UUID, clarification_id: int) -> HttpResponse:
    """The minutes of a hearing; a button brings more rows, without a script."""
    row, by = _clarification(request, case_id, clarification_id), current_user(request)
    more = "more" in request.POST
    filled = MinutesForms(row, posted(request), more=more)
    if request.method != "POST" or more:
        return _show_minutes(request, row, filled)
    if not filled.is_valid():
        return _show_minutes(request, row, filled, status=422)
    try:
        written, seen = filled.minutes(), filled.seen_version
        write_minutes(clarification=row, minutes=written, by=by, at=timezone.now(), seen_version=seen)
    except FactsRefused as refused:
        filled.refuse(refused.problems)
        return _show_minutes(request, row, filled, status=422)
    except ActionRefused as refused:
        if isinstance(refused, MinutesChanged):
            filled.reopen(refused.standing)
        return _show_minutes(request, row, filled, status=409, refused=refused)
    messages.success(request, _("Berita acara disimpan."))
    return redirect("cases:clarification", row.case_id)


def _show_minutes(
    request: HttpRequest,
    row: Clarification,
    filled: MinutesForms,
    *,
    status: int = 200,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    context = {"clarification": row, "filled": filled, "refused": refused}
    return show_case(request, row.case, "cases/minutes.html", context, status=status)


def _clarification(request: HttpRequest, case_id: UUID, clarification_id: int) -> Clarification:
    rows = Clarification.objects.readable_by(current_user(request)).select_related("case__region")
    return get_object_or_404(rows, pk=clarification_id, case=visible_case(request, case_id))


def _page(case: Case, form: forms.Form, title: str, submit: str) -> FormPage:
    return FormPage(case=case, form=form, title=title, submit=submit, back="cases:clarification")


def _storing(write: Callable[[], T]) -> T:
    try:
        return write()
    except StorageFailed as failed:
        raise ActionRefused(
            _("Server belum dapat menyimpan gambar. Tidak ada yang dicatat; coba lagi sebentar lagi.")
        ) from failed
