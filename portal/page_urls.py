"""Addresses of the pages that belong to no app."""

from django.urls import path

from portal import pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("perlindungan/", pages.protection, name="protection"),
    path("cuaca/", pages.quick_exit, name="quick-exit"),
    path("mulai/", pages.start, name="start"),
]
