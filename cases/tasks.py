"""Work by the clock."""

from celery import shared_task
from django.utils import timezone

from cases import opening


@shared_task
def open_waiting_cases() -> None:
    """Open a case for every report the machine is done with."""
    opening.open_waiting_cases(at=timezone.now())
