"""Addresses of `reports`."""

from django.urls import path

from reports import simulation_views, views

app_name = "reports"
urlpatterns = [
    path("laporkan/", views.submit, name="submit"),
    path("kelola/aturan/draf/uji/", simulation_views.simulation, name="simulation"),
]
