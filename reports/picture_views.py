"""One picture a request, while the form is still being filled in. The browser's JavaScript asks, nobody else.

The hash of the bytes makes a picture its own idempotency key: sent again after a lost answer, it is the same row.
"""

from datetime import datetime

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.throttle import Post, minutes_to_wait
from evidence.arriving import Arrival
from evidence.limits import MAX_FILE_BYTES
from evidence.refusals import Refusal, UnsafeImage
from reports import drafts
from reports.browser import body_bytes, draft_of_request
from reports.drafts import Draft
from reports.fields import fault_of, fault_of_full_form
from reports.form_checks import is_too_large
from reports.models import HeldImage
from reports.originals import Picture, StorageFailed
from reports.picture_form import FormWithHeldPictures
from reports.uploads import ReceivedFile

UNKNOWN_FORM = 400
FORM_FULL = 409
TOO_LARGE = 413
REFUSED = 422
TOO_MANY = 429
NO_ROOM = 507


class PictureId(forms.Form):
    """Which held picture."""

    id = forms.UUIDField()


@login_not_required
@require_POST
@sensitive_post_parameters()
def hold_picture(request: HttpRequest) -> JsonResponse:
    """Keep a picture for the report form. See hold_for()."""
    return hold_for(request, draft_of_request(request))


@login_not_required
@require_POST
@sensitive_post_parameters()
def drop_picture(request: HttpRequest) -> JsonResponse:
    """Forget a picture of the report form. See drop_for()."""
    return drop_for(request, draft_of_request(request))


def hold_for(request: HttpRequest, draft: Draft) -> JsonResponse:
    """Keep the file `picture` for the form `key`: {"id", "sha256", "bytes"}, or {"fault"} in words.

    409, 413 and 422 are final. After 429 and 507 the picture can still go with the form itself.
    """
    if draft.key != request.POST.get("key"):
        return _fault(_("halaman ini sudah lama terbuka. Muat ulang halamannya."), UNKNOWN_FORM)
    if minutes_to_wait(request, Post.PICTURE):
        return _fault(_("terlalu banyak kiriman dari jaringan ini; gambar dikirim bersama formulir."), TOO_MANY)
    try:
        held = drafts.hold_one(draft=draft, picture=_picture_of(request), at=timezone.now())
    except UnsafeImage as refusal:
        return _fault(fault_of(refusal), TOO_LARGE if refusal.code is Refusal.FILE_TOO_LARGE else REFUSED)
    except drafts.FormFull:
        return _fault(fault_of_full_form(), FORM_FULL)
    except StorageFailed:
        return _fault(_("belum dapat disimpan; gambar dikirim bersama formulir."), NO_ROOM)
    return JsonResponse({"id": str(held.id), "sha256": held.sha256, "bytes": held.byte_size})


def drop_for(request: HttpRequest, draft: Draft) -> JsonResponse:
    """Forget the held picture `id` of the form `key`; one that is not there needs no forgetting."""
    wanted = PictureId(request.POST)
    if wanted.is_valid():
        drafts.let_go(draft=draft, identifiers=[wanted.cleaned_data["id"]])
    return JsonResponse({})


def keep_for_next_try(form: FormWithHeldPictures, draft: Draft, at: datetime) -> None:
    """Keep the fine pictures of a form that comes back, let go those taken back, and have the form show what is kept.

    Raises originals.StorageFailed.
    """
    drafts.let_go(draft=draft, identifiers=form.unwanted)
    form.show_held(drafts.hold(draft=draft, pictures=form.fine_pictures, at=at))


def keep_what_fits(form: FormWithHeldPictures, draft: Draft, at: datetime) -> None:
    """The same where the server may have no room: what could not be kept is not shown, and is chosen again."""
    try:
        keep_for_next_try(form, draft, at)
    except StorageFailed:
        form.show_held(list(HeldImage.objects.of_form(draft.form_digest)))


def _picture_of(request: HttpRequest) -> Picture:
    """The file of the request; raises UnsafeImage, also where the body was too large for its file to be read."""
    if is_too_large(body_bytes(request)):
        raise UnsafeImage(Refusal.FILE_TOO_LARGE, limit=MAX_FILE_BYTES, actual=body_bytes(request))
    upload = request.FILES.get("picture")
    return Picture.arrived(upload.arrival if isinstance(upload, ReceivedFile) else Arrival())


def _fault(words: str, status: int) -> JsonResponse:
    return JsonResponse({"fault": words}, status=status)
