"""Telling the workers that there is work. Best effort: the rows are the promise, the sweep tells them again."""

import logging
from collections.abc import Sequence

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from reports.models import OutboxEntry, Step

logger = logging.getLogger(__name__)

WORK_OFF = "reports.tasks.work_off"
# Visits have a queue of their own: a worker that may leave the network is not to hold the private key.
LINKS_QUEUE = "links"
# A frozen broker accepts connections and never answers; a reporter must not wait for it.
PATIENCE_SECONDS = 1


def announce_on_commit(entries: Sequence[OutboxEntry]) -> None:
    """Announce work as soon as its transaction is kept."""
    transaction.on_commit(lambda: announce(entries))


def announce(entries: Sequence[OutboxEntry]) -> bool:
    """Send one message per piece of work, ids only; False when the broker could not be told in time."""
    options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "socket_connect_timeout": PATIENCE_SECONDS,
        "socket_timeout": PATIENCE_SECONDS,
        # Else kombu tries for four to six seconds before it says that nobody answers.
        "max_retries": 0,
    }
    try:
        with current_app.connection_for_write(transport_options=options) as connection:
            for entry in entries:
                current_app.send_task(
                    WORK_OFF, args=[entry.pk], queue=_queue(entry), connection=connection, retry=False
                )
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("The broker was not told about new work (%s); the sweep will.", type(error).__name__)
        return False
    return True


def _queue(entry: OutboxEntry) -> str:
    return LINKS_QUEUE if entry.step == Step.CAPTURE_LINK else str(current_app.conf.task_default_queue)
