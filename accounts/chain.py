"""Whether the audit trail is what it was: every link recomputed from the events, in order."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

_BATCH = 5_000
_LINKS = """
SELECT link.position, link.digest, link.event_id, event.id, event.at, event.actor_id, event.action,
       event.subject_kind, event.subject_id, event.details::text
FROM accounts_auditlink link LEFT JOIN accounts_auditevent event ON event.id = link.event_id
ORDER BY link.position
"""
_UNLINKED = """
SELECT event.id FROM accounts_auditevent event
WHERE NOT EXISTS (SELECT 1 FROM accounts_auditlink link WHERE link.event_id = event.id)
ORDER BY event.id LIMIT 1
"""

Row = tuple[int, bytes, int, int | None, datetime, int | None, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Sound:
    """The whole chain holds. `digest` (32 bytes) is that of the last link, empty for an empty trail."""

    events: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the trail is not what it was."""

    position: int | None
    event_id: int | None
    why: str


def digest_of(previous: bytes, row: Row) -> bytes:
    """The digest of a link (32 bytes), from the digest before it and the columns of its event."""
    _position, _digest, _event, event_id, at, actor_id, action, kind, subject, details = row
    when = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    lines = f"{event_id}\n{when}\n{actor_id or 0}\n{action}\n{kind}\n{subject}\n{details}"
    return hashlib.sha256(previous + lines.encode()).digest()


def check_links(rows: Iterable[Row], known: dict[int, bytes]) -> Sound | Broken:
    """Walk the links in order. `known` are digests written down elsewhere, by position.

    A trail that was rewritten from some place on, all links included, is sound in itself; only a digest that somebody
    else kept tells.
    """
    previous, count = b"", 0
    for row in rows:
        count += 1
        position, digest, event_id, found_id = row[:4]
        if position != count:
            return Broken(count, None, _("Mata rantai ini hilang."))
        if found_id is None:
            return Broken(position, event_id, _("Catatan yang dirujuk mata rantai ini hilang."))
        previous = digest_of(previous, row)
        if previous != bytes(digest):
            return Broken(position, event_id, _("Isi catatan berbeda dari saat ditulis."))
        if known.get(position, previous) != previous:
            return Broken(position, event_id, _("Rantai berbeda dari sidik harian yang pernah ditandatangani."))
    if missing := [position for position in known if position > count]:
        return Broken(min(missing), None, _("Rantai lebih pendek dari sidik harian yang pernah ditandatangani."))
    return Sound(count, previous)


def check_trail(known: dict[int, bytes]) -> Sound | Broken:
    """Check the whole trail in the database: a million events take well under a minute."""
    with transaction.atomic():
        result = check_links(_links(), known)
        if isinstance(result, Broken):
            return result
        with connection.cursor() as cursor:
            cursor.execute(_UNLINKED)
            slipped_in = cursor.fetchone()
    if slipped_in:
        return Broken(None, slipped_in[0], _("Catatan ini tidak ada di rantai; disisipkan di luar portal."))
    return result


def _links() -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINKS)
        while rows := cursor.fetchmany(_BATCH):
            yield from rows
