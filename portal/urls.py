"""Includes only: each app names its own addresses."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from portal.health import health

handler400 = "portal.pages.bad_request"

urlpatterns = [
    path("", include("portal.page_urls")),
    path("healthz", health, name="health"),
    path("bahasa/", login_not_required(set_language), name="set_language"),
    path("akun/", include("accounts.urls")),
    path("", include("reports.urls")),
    path("", include("rules.urls")),
    path("", include("cases.urls")),
    path("", include("stats.urls")),
]
