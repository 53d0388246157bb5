"""Addresses of the figures."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from stats import audit_views, views


class DayConverter(StringConverter):
    """A day as 2024-10-01."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:  # type: ignore[override]  # Django takes any value here
        """The day; a day no calendar has matches no address."""
        return date.fromisoformat(value)


register_converter(DayConverter, "day")

app_name = "stats"
urlpatterns = [
    path("angka/", views.figures, name="figures"),
    path("angka/mesin/", views.machine, name="machine"),
    path("angka/kasus.csv", views.export, name="export"),
    path("angka/rekomendasi.csv", views.export_ledger, name="export-ledger"),
    path("audit/", audit_views.trail, name="audit"),
    path("audit/jejak.csv", audit_views.trail_file, name="audit-file"),
    path("audit/sidik/<day:day>.txt", audit_views.daily_head, name="audit-head"),
]
