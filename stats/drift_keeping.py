"""The nightly report is kept: one a day, made once."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from stats.drift import drift_until
from stats.models import DriftReport


def report_day(day: date, *, at: datetime) -> DriftReport:
    """The report of a day, made when there is none. Running it again changes nothing."""
    known = DriftReport.objects.filter(day=day).first()
    if known:
        return known
    figures = drift_until(day).as_json()
    return DriftReport.objects.get_or_create(day=day, defaults={"made_at": at, "figures": figures})[0]


def report_yesterday(*, at: datetime) -> DriftReport:
    """The report of the last whole day."""
    return report_day(localdate(at) - timedelta(days=1), at=at)
