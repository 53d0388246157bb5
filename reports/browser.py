"""Which form in which browser a request belongs to, and how large it is."""

from django.http import HttpRequest
from django.middleware.csrf import get_token

from reports import drafts
from reports.drafts import Draft


def body_bytes(request: HttpRequest) -> int:
    """The size of the whole request as it was announced; above the limit its files are not read."""
    return int(request.META.get("CONTENT_LENGTH") or 0)


def draft_of_request(request: HttpRequest, place: str = "") -> Draft:
    """The form that the request's `key` names; a new one when it names none. See Draft.place."""
    return drafts.draft_of(key=request.POST.get("key", ""), browser_secret=_browser_secret(request), place=place)


def _browser_secret(request: HttpRequest) -> str:
    """The secret in this browser's CSRF cookie, made now if there is none: who holds it sent the form."""
    get_token(request)
    return str(request.META["CSRF_COOKIE"])
