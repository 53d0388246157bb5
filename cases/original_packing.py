"""The worker's part of opening an original: agreed openings become parcels, parcels nobody took disappear."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Permission
from cases.events import CaseEvent
from cases.models import Case, OpeningState, OriginalOpening
from cases.original_opening import (
    TAKEN_WITHIN,
    are_colleagues,
    erase_parcel_key,
    parcel_context,
    record_step,
    state_of,
)
from evidence import vault
from evidence.sealing import generate_keypair, seal
from reports.originals import OriginalDamaged, OriginalErased, open_original

logger = logging.getLogger(__name__)

# Whoever takes the web process over can write agreements into the database; this is how many originals that yields
# in a day before somebody is asked why so many are needed.
MOST_A_DAY = 20


def pack_agreed(*, at: datetime) -> int:
    """Pack every agreed opening and return how many; one that cannot be packed is marked as failed.

    Needs the evidence's private key. Running it again, or twice at once, packs nothing twice.
    """
    waiting = OriginalOpening.objects.filter(agreed_at__isnull=False, packed_at=None, failed_at=None)
    packed = 0
    for identifier in waiting.order_by("agreed_at", "pk").values_list("pk", flat=True):
        if _packed_since(at - timedelta(days=1)) >= MOST_A_DAY:
            logger.warning("more than %d originals were asked for in a day; the rest waits", MOST_A_DAY)
            break
        with transaction.atomic():
            opening = _locked(waiting, identifier)
            packed += opening is not None and _pack(opening, at)
    return packed


def drop_lapsed(*, at: datetime) -> int:
    """Remove the parcels nobody took in time and return how many."""
    lapsed = OriginalOpening.objects.filter(packed_at__lt=at - TAKEN_WITHIN, parcel_key__isnull=False)
    openings = list(lapsed)
    for opening in openings:
        erase_parcel_key(opening)
        opening.save(update_fields=["parcel_key", "parcel_sealed_key"])
        vault.discard(settings.SEALED_ROOT, opening.parcel_name)
    return len(openings)


def _locked(waiting: "QuerySet[OriginalOpening]", identifier: UUID) -> OriginalOpening | None:
    rows = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
    return rows.select_related("evidence", "capture", "asked_by", "agreed_by").filter(pk=identifier).first()


def _pack(opening: OriginalOpening, at: datetime) -> bool:
    if state_of(opening, at=at) != OpeningState.AGREED:
        return False
    if not _is_still_right(opening):
        return _fail(opening, at, "not_allowed")
    try:
        data = open_original(opening.original)
    except (OriginalDamaged, OriginalErased, vault.NotInVault) as error:
        logger.exception("an original could not be opened")
        return _fail(opening, at, type(error).__name__)
    pair = generate_keypair()
    sealed = seal(data, pair.public, parcel_context(opening))
    vault.store(settings.SEALED_ROOT, opening.parcel_name, sealed.ciphertext)
    opening.parcel_key, opening.parcel_sealed_key = bytes(pair.private), sealed.sealed_key
    opening.packed_at = at
    opening.save(update_fields=["parcel_key", "parcel_sealed_key", "packed_at"])
    record_step(opening, CaseEvent.ASLI_DISIAPKAN, by=None, at=at)
    return True


def _is_still_right(opening: OriginalOpening) -> bool:
    """Judged again here, where the key is: two colleagues who may open originals and see the case."""
    asked, agreed = opening.asked_by, opening.agreed_by
    if agreed is None or agreed.pk == asked.pk or not are_colleagues(asked, agreed):
        return False
    return all(_may_open(person, opening) for person in (asked, agreed))


def _may_open(person: User, opening: OriginalOpening) -> bool:
    cases = Case.objects.visible_to(person).filter(pk=opening.case_id, case_reports__report=opening.original.report_id)
    return person.may(Permission.OPEN_ORIGINAL) and cases.exists()


def _fail(opening: OriginalOpening, at: datetime, why: str) -> bool:
    opening.failed_at = at
    opening.save(update_fields=["failed_at"])
    record_step(opening, CaseEvent.ASLI_GAGAL, by=None, at=at, error=why)
    return False


def _packed_since(moment: datetime) -> int:
    return OriginalOpening.objects.filter(packed_at__gte=moment).count()
