"""Work by the clock."""

from celery import shared_task
from django.utils import timezone

from cases import opening, original_packing


@shared_task
def open_waiting_cases() -> None:
    """Open a case for every report the machine is done with."""
    opening.open_waiting_cases(at=timezone.now())


@shared_task
def pack_originals() -> None:
    """Hand over the originals two people agreed on, and remove what nobody took."""
    original_packing.drop_lapsed(at=timezone.now())
    original_packing.pack_agreed(at=timezone.now())
