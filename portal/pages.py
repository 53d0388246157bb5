"""Pages that belong to no app: the front page, how reporters are protected, the quick exit, where staff start."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import defaults
from django.views.decorators.http import require_safe

from accounts.access import current_user
from accounts.roles import Permission


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is and the two ways in."""
    return render(request, "portal/home.html")


@login_not_required
@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    """How reporters are protected, and the limits of it."""
    return render(request, "portal/protection.html")


@login_not_required
@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Answers with a page that says nothing about the portal, for whoever must clear the screen at once."""
    return render(request, "portal/quick_exit.html")


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where a person lands after logging in: the cases, or the figures for those who see no case."""
    if current_user(request).may(Permission.SEE_CASES):
        return redirect("cases:inbox")
    return redirect("stats:figures")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read. More files than Django counts is no riddle: the page says how many a form takes."""
    if isinstance(exception, TooManyFilesSent):
        return render(request, "413.html", status=400)
    return defaults.bad_request(request, exception)
