"""The link for the body: made and stopped by the case team, opened by an officer of the body without an account."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import current_user, permission_required
from accounts.roles import Permission
from accounts.throttle import Post, minutes_to_wait
from cases.delivery import Link, add_notice, confirm_receipt, delivery_of, issue_link, revoke_link, working_link
from cases.delivery_session import let_in, opened_delivery
from cases.forms.delivery import LinkForm, NoticeForm, ReceiptForm
from cases.letter_page import letter_facts
from cases.models import Case, Delivery
from cases.refusals import ActionRefused, FactsRefused
from cases.views.answers import act, posted, show_case, show_problems, visible_case

TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.RECOMMEND)
def link(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a link; the answer to the POST is the only page that ever shows it."""
    case, by, at = visible_case(request, case_id), current_user(request), timezone.now()
    form = LinkForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        return _link_page(request, case, form, status=422 if form.errors else 200)
    try:
        made = issue_link(case=case, sent_to=form.cleaned_data["sent_to"], by=by, at=at)
    except FactsRefused as refused:
        show_problems(form, refused)
        return _link_page(request, case, form, status=422)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _link_page(request, case, form, status=409)
    return _link_page(request, case, LinkForm(), made=made)


@require_POST
@permission_required(Permission.RECOMMEND)
def revoke(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Stop the link that works."""
    case, by = visible_case(request, case_id), current_user(request)
    return act(
        request,
        case,
        lambda: revoke_link(case=case, by=by, at=timezone.now()),
        done=_("Tautan dicabut; halaman itu tidak dapat dibuka lagi."),
    )


@login_not_required
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let this browser in with the link, and leave the link out of every address from here on."""
    at = timezone.now()
    delivery = delivery_of(token, at=at)
    if delivery is None:
        return _closed(request)
    let_in(request.session, delivery, at=at)
    return redirect("cases:delivered", delivery.pk)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The letter's facts for who came with the link, and the receipt."""
    form = ReceiptForm(posted(request))
    return _opened(
        request,
        delivery_id,
        form,
        lambda delivery: confirm_receipt(delivery=delivery, receipt=form.receipt(), at=timezone.now()),
        done=_("Terima kasih. Penerimaan surat sudah dicatat."),
    )


@login_not_required
@require_POST
def notice(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """What became of the letter."""
    form = NoticeForm(request.POST)
    return _opened(
        request,
        delivery_id,
        form,
        lambda delivery: add_notice(delivery=delivery, notice=form.notice(), at=timezone.now()),
        done=_("Kabar Anda sudah dicatat."),
    )


def _opened(
    request: HttpRequest, delivery_id: int, form: forms.Form, do: Callable[[Delivery], object], *, done: str
) -> HttpResponse:
    """GET shows the letter; POST does what the form is for and shows it again, or says what stands against it."""
    delivery = opened_delivery(request.session, delivery_id, at=timezone.now())
    if delivery is None:
        return _closed(request, form)
    if request.method != "POST":
        return _letter(request, delivery, form)
    if minutes := minutes_to_wait(request, Post.MESSAGE):
        return _letter(request, delivery, form, status=TOO_MANY, wait_minutes=minutes)
    if not form.is_valid():
        return _letter(request, delivery, form, status=422)
    try:
        do(delivery)
    except FactsRefused as refused:
        show_problems(form, refused)
        return _letter(request, delivery, form, status=422)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _letter(request, delivery, form, status=409)
    messages.success(request, done)
    return redirect("cases:delivered", delivery.pk)


def _closed(request: HttpRequest, form: forms.Form | None = None) -> HttpResponse:
    """What was typed comes back to be copied; nothing of it is kept."""
    typed = [(field.label, _as_read(field)) for field in form or () if field.value()]
    return render(request, "cases/letter_closed.html", {"typed": typed}, status=404)


def _as_read(field: forms.BoundField) -> str:
    """What somebody typed or chose, a choice in the words they chose it by."""
    typed = str(field.value())
    choices = getattr(field.field, "choices", ())
    return str(dict(choices).get(typed, typed))


def _letter(
    request: HttpRequest, delivery: Delivery, form: forms.Form, *, status: int = 200, wait_minutes: int = 0
) -> HttpResponse:
    delivery.refresh_from_db(fields=["confirmed_at", "officer_name", "officer_office", "own_letter_number"])
    context = {
        "delivery": delivery,
        "facts": letter_facts(delivery),
        "notices": delivery.notices.order_by("at", "pk"),
        "form": form,
        "receipt_form": form if isinstance(form, ReceiptForm) else ReceiptForm(),
        "notice_form": form if isinstance(form, NoticeForm) else NoticeForm(),
        "wait_minutes": wait_minutes,
    }
    return render(request, "cases/delivered.html", context, status=status)


def _link_page(
    request: HttpRequest, case: Case, form: LinkForm, *, made: Link | None = None, status: int = 200
) -> HttpResponse:
    address = request.build_absolute_uri(reverse("cases:open-delivery", args=[made.token])) if made else ""
    context = {
        "form": form,
        "made": made,
        "address": address,
        "working": working_link(case, at=timezone.now()),
    }
    return show_case(request, case, "cases/letter_link.html", context, status=status)
