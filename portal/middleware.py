"""Headers that keep pages out of caches, the language a visitor chose, and bodies nobody here unpacks."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]


class PrivacyHeadersMiddleware:
    """Keeps every page out of shared computers' caches and switches browser features off.

    Static files are served before this middleware and keep their own cache headers.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response.headers["X-Robots-Tag"] = "noindex"
        return response


class ChosenLanguageMiddleware:
    """Indonesian unless the visitor switched: the browser's language does not decide.

    Most phones in Indonesia are set to English by the shop; Django's LocaleMiddleware would greet their
    owners in English.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PlainBodyMiddleware:
    """Refuses a body that calls itself packed (RFC 9110, section 8.4): nobody here unpacks it, and no browser packs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise BadRequest("a packed body")
        return self.get_response(request)
