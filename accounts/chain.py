"""Whether the audit trail is what it was: every link recomputed from the events, in order."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEvent

# One line a link, in hex where a text could hold anything. Copied out, because a million rows through a cursor take
# several times as long. The hashing is done here: the check does not trust the database's own.
_COPY = """
COPY (
    SELECT link.position, link.event_id, event.id, encode(link.digest, 'hex'), encode(convert_to(concat_ws(
        chr(10), event.id, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
        coalesce(event.actor_id, 0), event.action, event.subject_kind, event.subject_id, event.details::text
    ), 'UTF8'), 'hex'), event.details->>'words_sha256',
    words.event_id, encode(words.salt || convert_to(words.told::text, 'UTF8'), 'hex'), words.erased_in_id
    FROM accounts_auditlink link
    LEFT JOIN accounts_auditevent event ON event.id = link.event_id
    LEFT JOIN accounts_auditwords words ON words.event_id = link.event_id
    ORDER BY link.position
) TO STDOUT
"""
_UNLINKED = """
SELECT event.id FROM accounts_auditevent event
WHERE NOT EXISTS (SELECT 1 FROM accounts_auditlink link WHERE link.event_id = event.id)
ORDER BY event.id LIMIT 1
"""
_NOTHING = b"\\N"


@dataclass(frozen=True, slots=True)
class Sound:
    """The whole chain holds. `digest` (32 bytes) is that of the last link, empty for an empty trail.

    `erased` counts the events whose words are gone, by the event that took them.
    """

    events: int
    digest: bytes
    erased: dict[int, int]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the trail is not what it was."""

    position: int | None
    event_id: int | None
    why: str


@dataclass(slots=True)
class Walk:
    """Takes the links in order, a line of COPY each, and stops looking at the first that is broken.

    `known` are digests written down elsewhere, by position. A trail that was rewritten from some place on, all links
    included, is sound in itself; only a digest that somebody else kept tells.
    """

    known: dict[int, bytes]
    count: int = 0
    digest: bytes = b""
    broken: Broken | None = None
    erased: Counter[int] = field(default_factory=Counter)

    def write(self, line: bytes) -> None:
        """Check one more link."""
        if self.broken is None:
            self.count += 1
            self.broken = self._fault(line.rstrip(b"\n").split(b"\t"))

    def _fault(self, cells: list[bytes]) -> Broken | None:
        position, event_id, found, digest, columns, promised, *words = cells
        if int(position) != self.count:
            return Broken(self.count, None, _("Mata rantai ini hilang."))
        place = (self.count, int(event_id))
        if found == _NOTHING:
            return Broken(*place, _("Catatan yang dirujuk mata rantai ini hilang."))
        self.digest = hashlib.sha256(self.digest + bytes.fromhex(columns.decode("ascii"))).digest()
        if self.digest != bytes.fromhex(digest.decode("ascii")):
            return Broken(*place, _("Isi catatan berbeda dari saat ditulis."))
        if self.known.get(self.count, self.digest) != self.digest:
            return Broken(*place, _("Rantai berbeda dari sidik harian yang pernah ditandatangani."))
        return self._fault_of_words(place, promised, *words) if promised != words[0] else None

    def _fault_of_words(
        self, place: tuple[int, int], promised: bytes, there: bytes, salted: bytes, erased_in: bytes
    ) -> Broken | None:
        if promised == _NOTHING:
            return Broken(*place, _("Teks catatan ini disisipkan kemudian."))
        if there == _NOTHING:
            return Broken(*place, _("Teks catatan ini hilang tanpa penghapusan."))
        if erased_in != _NOTHING:
            self.erased[int(erased_in)] += 1
            return None
        if hashlib.sha256(bytes.fromhex(salted.decode("ascii"))).hexdigest().encode() != promised:
            return Broken(*place, _("Teks catatan ini berbeda dari saat ditulis."))
        return None


def check_trail(known: dict[int, bytes]) -> Sound | Broken:
    """Check the whole trail in the database: a million events take well under a minute."""
    walk = Walk(known)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(_COPY, walk)
        broken = walk.broken or _shorter(walk) or _unlicensed(walk.erased)
        cursor.execute(_UNLINKED)
        slipped_in = cursor.fetchone()
    if broken is None and slipped_in:
        broken = Broken(None, slipped_in[0], _("Catatan ini tidak ada di rantai; disisipkan di luar portal."))
    return broken or Sound(walk.count, walk.digest, dict(walk.erased))


def _shorter(walk: Walk) -> Broken | None:
    missing = [position for position in walk.known if position > walk.count]
    why = _("Rantai lebih pendek dari sidik harian yang pernah ditandatangani.")
    return Broken(min(missing), None, why) if missing else None


def _unlicensed(erased: Counter[int]) -> Broken | None:
    """The erasing that two people did not agree to, or that took another number of texts than it says."""
    for event_id in sorted(erased):
        event = AuditEvent.objects.filter(pk=event_id).first()
        told = event.details if event else {}
        second = told.get("proposed_by")
        if event is None or not event.actor_id or not second or second == event.actor_id:
            return Broken(None, event_id, _("Teks dihapus tanpa persetujuan dua orang."))
        if told.get("words") != erased[event_id]:
            return Broken(None, event_id, _("Jumlah teks yang dihapus berbeda dari yang dicatat."))
    return None
