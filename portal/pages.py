"""Pages that belong to no app: the front page, how reporters are protected, and where staff start."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import current_user
from accounts.roles import Permission


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is and the two ways in."""
    return render(request, "portal/home.html")


@login_not_required
def protection(request: HttpRequest) -> HttpResponse:
    """How reporters are protected, and the limits of it."""
    return render(request, "portal/protection.html")


def start(request: HttpRequest) -> HttpResponse:
    """Where a person lands after logging in: the cases, or the figures for those who see no case."""
    if current_user(request).may(Permission.SEE_CASES):
        return redirect("cases:inbox")
    return redirect("stats:figures")
