"""Work by the clock."""

from celery import shared_task
from django.utils import timezone

from accounts import heads
from stats import drift_keeping


@shared_task
def report_drift() -> None:
    """Look at how the machine did up to the end of yesterday."""
    drift_keeping.report_yesterday(at=timezone.now())


@shared_task
def keep_audit_head() -> None:
    """Write down how far the audit chain has come today."""
    heads.keep_head(day=timezone.localdate(), at=timezone.now())
