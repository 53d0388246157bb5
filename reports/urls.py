"""Addresses of `reports`."""

from django.urls import path

from reports import rejudging_views, simulation_views, views

app_name = "reports"
urlpatterns = [
    path("laporkan/", views.submit, name="submit"),
    path("kelola/aturan/draf/uji/", simulation_views.simulation, name="simulation"),
    path("kelola/pemilihan/nilai-ulang/", rejudging_views.rejudge, name="rejudge"),
]
