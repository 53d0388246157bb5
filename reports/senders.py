"""Whether one browser sent a file twice, told without keeping anything that tells who. See docs/adr/0010."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from reports import receipt
from reports.models import Evidence, Lane, Report
from reports.models_likeness import SenderMark

SALT_KEPT_FOR = timedelta(days=1)


def mark_sender(*, report: Report, evidence: Iterable[Evidence], browser_secret: str, at: datetime) -> None:
    """Mark the pictures of an anonymous report; call in the transaction that writes them.

    A mark is an HMAC over file, browser and the salt of the day: equal only for one file from one browser on one day.
    Once the salt is gone nobody can make it again, not even from the reporter's phone. An identified report is never
    marked, so that no anonymous one can be tied to its name.
    """
    if report.lane == Lane.LAPORAN:
        return
    salt = _salt(at)
    SenderMark.objects.bulk_create(
        SenderMark(evidence=row, mark=receipt.keyed_digest("sender", salt, row.sha256, browser_secret).hex())
        for row in evidence
    )


def _salt(at: datetime) -> str:
    """Drawn anew each day. One that got lost makes marks differ that were equal: more senders, never fewer."""
    name = f"sender-salt-{localdate(at):%Y-%m-%d}"
    try:
        # A savepoint: no report is lost because the cache is.
        with transaction.atomic():
            return str(cache.get_or_set(name, lambda: secrets.token_hex(32), SALT_KEPT_FOR.total_seconds()))
    except DatabaseError:
        return secrets.token_hex(32)
