"""The public form and its receipt."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.throttle import Post, minutes_to_wait
from evidence.limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from reports import drafts, intake
from reports.browser import body_bytes, draft_of_request
from reports.completeness import REQUIREMENTS, Given, Requirement, missing
from reports.drafts import Draft
from reports.form_checks import brings_too_much
from reports.forms import ReportForm
from reports.models import HeldImage
from reports.originals import StorageFailed
from reports.picture_views import keep_for_next_try

TOO_LARGE = 413
TOO_MANY = 429
NO_ROOM = 507


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def submit(request: HttpRequest) -> HttpResponse:
    """The report form. Its answer is the receipt: the code is in no address, so nothing can lead there again."""
    now = timezone.now()
    draft = draft_of_request(request)
    if request.method != "POST":
        return _ask(request, ReportForm(now=now), draft)
    form = _filled_in(request, draft, now)
    valid = form.is_valid()
    receipt = intake.receipt_of(draft)
    minutes = 0 if receipt else minutes_to_wait(request, Post.REPORT)
    if minutes:
        return _ask(request, form, draft, status=TOO_MANY, minutes=minutes)
    try:
        if receipt is None and not valid:
            return _ask_again(request, form, draft, now)
        receipt = receipt or _take(form, draft, now)
    except (StorageFailed, drafts.PicturesGone):
        form.show_held(list(HeldImage.objects.of_form(draft.form_digest)))
        return _ask(request, form, draft, status=NO_ROOM)
    return render(request, "reports/receipt.html", {"receipt": receipt, "missing": _still_missing(form, now)})


def _still_missing(form: ReportForm, now: datetime) -> list[Requirement]:
    """What would help the report along; a form is only taken with a picture."""
    return missing(Given.of_answers(form.facts(), pictures=1, at=now)) if form.is_valid() else []


def _take(form: ReportForm, draft: Draft, now: datetime) -> intake.Receipt:
    answers = form.cleaned_data
    return intake.submit(
        facts=form.facts(), pictures=answers["pictures"], held=answers["held_pictures"], draft=draft, at=now
    )


def _filled_in(request: HttpRequest, draft: Draft, now: datetime) -> ReportForm:
    return ReportForm(
        request.POST,
        request.FILES,
        now=now,
        held=list(HeldImage.objects.of_form(draft.form_digest)),
        body_bytes=body_bytes(request),
    )


def _ask_again(request: HttpRequest, form: ReportForm, draft: Draft, now: datetime) -> HttpResponse:
    """The form with its errors and every word typed; pictures that were fine are kept for the next try."""
    keep_for_next_try(form, draft, now)
    return _ask(request, form, draft, status=TOO_LARGE if brings_too_much(form) else 200)


def _ask(request: HttpRequest, form: ReportForm, draft: Draft, *, status: int = 200, minutes: int = 0) -> HttpResponse:
    facts = {
        "form": form,
        "key": draft.key,
        "storage_failed": status == NO_ROOM,
        "wait_minutes": minutes,
        "requirements": REQUIREMENTS,
        "max_files": MAX_FILES,
        "max_bytes": MAX_FILE_BYTES,
        "max_total_bytes": MAX_TOTAL_BYTES,
    }
    return render(request, "reports/submit.html", facts, status=status)
