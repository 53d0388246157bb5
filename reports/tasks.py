"""What workers run: ids in, one call each. Every task may run twice or be lost."""

from celery import shared_task
from django.utils import timezone

from reports import drafts, erasing, outbox, publishing, work


@shared_task(name=publishing.WORK_OFF)
def work_off(entry_id: int) -> None:
    """Do one piece of owed work."""
    work.work_off(entry_id=entry_id, clock=timezone.now)


@shared_task
def sweep_outbox() -> None:
    """Announce again what a lost message, a killed worker or a flushed broker left behind."""
    publishing.announce(outbox.sweep(at=timezone.now()))


@shared_task
def drop_expired_drafts() -> None:
    """Remove pictures of forms that never came back."""
    drafts.drop_expired(at=timezone.now())


@shared_task
def remove_erased_files() -> None:
    """Remove files of erased pictures that a crash left behind."""
    erasing.remove_erased_files(at=timezone.now())
