"""Addresses of `rules`."""

from django.urls import path

from rules import views

app_name = "rules"
urlpatterns = [
    path("aturan/", views.catalogue, name="catalogue"),
    path("aturan/<slug:code>/", views.rule, name="rule"),
]
