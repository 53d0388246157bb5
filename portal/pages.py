"""Pages that say something and ask nothing: the front page, how reporters are protected, the quick exit."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html")


@login_not_required
@require_safe
def protection(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/protection.html")


@login_not_required
@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Answers with a page that says nothing about the portal, for whoever must clear the screen at once."""
    return render(request, "portal/quick_exit.html")
