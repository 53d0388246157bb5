"""What workers run at night."""

from celery import shared_task
from django.utils import timezone

from stats import drift_keeping


@shared_task
def report_drift() -> None:
    """Look at how the machine did up to the end of yesterday."""
    drift_keeping.report_yesterday(at=timezone.now())
