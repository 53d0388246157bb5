"""A form on its way: what ties it to one browser, and the pictures kept while its errors are mended."""

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings

from evidence import vault
from evidence.limits import MAX_FILES, MAX_TOTAL_BYTES
from reports import receipt
from reports.models import Evidence, HeldImage
from reports.originals import Picture, discard, seal_originals

KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One form in one browser. The key (128 bits, hexadecimal) is in the form, the secret in a cookie."""

    key: str
    browser_secret: str = field(repr=False)

    @property
    def idempotency_digest(self) -> str:
        """What a report keeps of the key."""
        return receipt.keyed_digest("idempotency key", self.key).hex()

    @property
    def form_digest(self) -> str:
        """What a held picture keeps of key and secret."""
        return receipt.keyed_digest("held pictures", self.key, self.browser_secret).hex()

    @property
    def receipt_code(self) -> str:
        """The code this form in this browser gets, however often it is sent."""
        return receipt.derive(idempotency_key=self.key, browser_secret=self.browser_secret)


def new_key() -> str:
    """A fresh key for a form."""
    return secrets.token_hex(16)


def draft_of(*, key: str, browser_secret: str) -> Draft:
    """The draft a form says it belongs to; a key that was not made here is replaced."""
    return Draft(key=key if KEY.fullmatch(key) else new_key(), browser_secret=browser_secret)


def hold(*, draft: Draft, pictures: Sequence[Picture], at: datetime) -> list[HeldImage]:
    """Keep the pictures for the next try of the form, as many as the limits allow; returns those now held.

    Raises originals.StorageFailed with nothing new held.
    """
    held = list(HeldImage.objects.of_form(draft.form_digest))
    known = {image.sha256 for image in held}
    room_files = MAX_FILES - len(held)
    room_bytes = MAX_TOTAL_BYTES - sum(image.byte_size for image in held)
    chosen = []
    for picture in pictures:
        if picture.sha256 in known or not room_files or len(picture.data) > room_bytes:
            continue
        known.add(picture.sha256)
        room_files -= 1
        room_bytes -= len(picture.data)
        chosen.append(picture)
    with seal_originals(chosen) as originals:
        HeldImage.objects.bulk_create(
            HeldImage(form_digest=draft.form_digest, position=position, received_at=at, **original.columns)
            for position, original in enumerate(originals, start=max((image.position for image in held), default=0) + 1)
        )
    return list(HeldImage.objects.of_form(draft.form_digest))


def let_go(*, draft: Draft, identifiers: Collection[UUID]) -> None:
    """Remove held pictures the reporter does not want to send after all; ids of other forms are passed over."""
    unwanted = HeldImage.objects.of_form(draft.form_digest).filter(id__in=identifiers)
    _remove([image.id for image in unwanted])


def drop_expired(*, at: datetime) -> int:
    """Remove held pictures whose form never came back, and files no row knows; returns how many went."""
    expired = [image.id for image in HeldImage.objects.expired(at)]
    _remove(expired)
    an_hour_ago = at.timestamp() - 3600
    unfinished: int = vault.sweep_unfinished(settings.SEALED_ROOT, older_than=an_hour_ago)
    orphans = _orphans(older_than=an_hour_ago)
    discard(orphans)
    return len(expired) + unfinished + len(orphans)


def _remove(identifiers: list[UUID]) -> None:
    """Rows first: a file without a row is swept later, a row without a file would be a broken promise."""
    HeldImage.objects.filter(id__in=identifiers).delete()
    # A form sent at the same moment may just have made evidence of them.
    kept = set(Evidence.objects.filter(id__in=identifiers).values_list("id", flat=True))
    discard(identifier for identifier in identifiers if identifier not in kept)


def _orphans(*, older_than: float) -> list[UUID]:
    """Files whose transaction was lost with the database: old enough, and neither evidence nor held."""
    files = {UUID(path.stem) for path in settings.SEALED_ROOT.glob("*.sealed") if path.stat().st_mtime < older_than}
    known = set(Evidence.objects.filter(id__in=files).values_list("id", flat=True))
    known |= set(HeldImage.objects.filter(id__in=files).values_list("id", flat=True))
    return sorted(files - known)
