"""Addresses of `reports`."""

from django.urls import path

from reports import answers_so_far, picture_views, rejudging_views, simulation_views, views

app_name = "reports"
urlpatterns = [
    path("laporkan/", views.submit, name="submit"),
    path("laporkan/kelengkapan/", answers_so_far.completeness, name="completeness"),
    path("laporkan/gambar/", picture_views.hold_picture, name="hold-picture"),
    path("laporkan/gambar/hapus/", picture_views.drop_picture, name="drop-picture"),
    path("kelola/aturan/draf/uji/", simulation_views.simulation, name="simulation"),
    path("kelola/pemilihan/nilai-ulang/", rejudging_views.rejudge, name="rejudge"),
]
