"""Addresses of the figures."""

from django.urls import path

from stats import views

app_name = "stats"
urlpatterns = [
    path("angka/", views.figures, name="figures"),
    path("angka/mesin/", views.machine, name="machine"),
    path("angka/kasus.csv", views.export, name="export"),
]
