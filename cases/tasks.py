"""Work by the clock."""

from celery import shared_task
from django.utils import timezone

from cases import clocks, documents, opening, original_packing, reminders, retention, second_reading


@shared_task
def open_waiting_cases() -> None:
    """Open a case for every report the machine is done with."""
    opening.open_waiting_cases(at=timezone.now())


@shared_task
def draw_second_readings() -> None:
    """Draw some of the cases whose triage is over for a blind second reading."""
    second_reading.draw_cases(at=timezone.now())


@shared_task
def prepare_waiting_pages() -> None:
    """Make scanned pages of case papers viewable."""
    documents.prepare_waiting_pages(at=timezone.now())


@shared_task
def pack_originals() -> None:
    """Hand over the originals two people agreed on, and remove what nobody took."""
    original_packing.drop_lapsed(at=timezone.now())
    original_packing.pack_agreed(at=timezone.now())


@shared_task
def make_reminders() -> None:
    """Put right the deadlines a change of the calendar passed by, and warn of those that have come near."""
    clocks.compute_stale(at=timezone.now())
    reminders.make_reminders(at=timezone.now())


@shared_task
def note_due_cases() -> None:
    """Write down how many cases may be erased. People decide, two of them; the clock erases nothing."""
    retention.note_due_cases(at=timezone.now())
