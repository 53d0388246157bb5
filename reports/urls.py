"""Addresses of `reports`."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("laporkan/", views.submit, name="submit"),
]
