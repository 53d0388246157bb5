"""A form on its way: what ties it to one browser, and the pictures kept until it is sent."""

import re
import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from shutil import disk_usage
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from evidence import vault
from evidence.limits import MAX_FILES, MAX_TOTAL_BYTES, MIB
from reports import receipt
from reports.models import HeldImage
from reports.originals import Picture, StorageFailed, discard, keys_are_missing, seal_originals, with_a_row

KEY = re.compile(r"[0-9a-f]{32}")
# What waits for a form costs disk before anybody reports anything, so it is bounded three times; a form whose
# pictures find no room here sends them with the report.
MAX_HELD_BYTES_OF_BROWSER = 5 * MAX_TOTAL_BYTES
MAX_HELD_BYTES = 4096 * MIB
MAX_HELD_IMAGES = 20_000
FREE_BYTES_FLOOR = 1024 * MIB


class FormFull(ValueError):
    """The form holds as many pictures or bytes as a report takes."""


class PicturesGone(LookupError):
    """Held pictures are no longer there; they have to be chosen again. Nothing was stored."""


class NoRoom(StorageFailed):
    """No more pictures are kept before their form is sent; the message says which bound was met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One form in one browser. The key (128 bits, hexadecimal) is in the form, the secret in a cookie.

    `place` is what somebody let in with a code sends to, for instance one report; empty for the public form. What is
    held for one place is found from no other, and nothing stored tells that one browser was at both.
    """

    key: str
    browser_secret: str = field(repr=False)
    place: str = field(default="", repr=False)

    @property
    def idempotency_digest(self) -> str:
        """What a report keeps of the key."""
        return receipt.keyed_digest("idempotency key", self.key).hex()

    @property
    def form_digest(self) -> str:
        """What a held picture keeps of key, secret and place."""
        return receipt.keyed_digest("held pictures", self.key, *self._whose).hex()

    @property
    def browser_digest(self) -> str:
        """What a held picture keeps of the secret and the place alone."""
        return receipt.keyed_digest("held pictures of a browser", *self._whose).hex()

    @property
    def receipt_code(self) -> str:
        """The code this form in this browser gets, however often it is sent."""
        return receipt.derive(idempotency_key=self.key, browser_secret=self.browser_secret)

    @property
    def _whose(self) -> tuple[str, ...]:
        return (self.browser_secret, self.place) if self.place else (self.browser_secret,)


def new_key() -> str:
    """A fresh key for a form."""
    return secrets.token_hex(16)


def draft_of(*, key: str, browser_secret: str, place: str = "") -> Draft:
    """The draft a form says it belongs to; a key that was not made here is replaced."""
    return Draft(key=key if KEY.fullmatch(key) else new_key(), browser_secret=browser_secret, place=place)


def hold(*, draft: Draft, pictures: Sequence[Picture], at: datetime) -> list[HeldImage]:
    """Keep the pictures for the next try of the form, as many as the form may hold; returns those now held.

    Raises originals.StorageFailed; pictures before the one that failed are held.
    """
    for picture in pictures:
        with suppress(FormFull):
            hold_one(draft=draft, picture=picture, at=at)
    return list(HeldImage.objects.of_form(draft.form_digest))


def hold_one(*, draft: Draft, picture: Picture, at: datetime) -> HeldImage:
    """Keep one picture of a form that is being filled in. The same bytes again are the same row, however often sent.

    Raises FormFull, NoRoom or originals.StorageFailed with nothing held.
    """
    known = _same(draft, picture)
    if known:
        return known
    _check_room(draft, picture)
    try:
        return _store(draft, picture, at)
    except IntegrityError:
        # The same picture arrived twice at once.
        known = _same(draft, picture)
        if known is None:
            raise
        return known


def _same(draft: Draft, picture: Picture) -> HeldImage | None:
    return HeldImage.objects.of_form(draft.form_digest).filter(sha256=picture.sha256).first()


def _check_room(draft: Draft, picture: Picture) -> None:
    """Whether form, browser and server may keep this much more; approximate when many arrive at once."""
    size = len(picture.data)
    if HeldImage.objects.of_form(draft.form_digest).count() >= MAX_FILES:
        raise FormFull
    if HeldImage.objects.of_browser(draft.browser_digest).byte_sum() + size > MAX_HELD_BYTES_OF_BROWSER:
        raise NoRoom("browser")
    if HeldImage.objects.byte_sum() + size > MAX_HELD_BYTES or HeldImage.objects.count() >= MAX_HELD_IMAGES:
        raise NoRoom("server")
    if settings.SEALED_ROOT.is_dir() and disk_usage(settings.SEALED_ROOT).free < FREE_BYTES_FLOOR + size:
        raise NoRoom("disk")


def _store(draft: Draft, picture: Picture, at: datetime) -> HeldImage:
    with seal_originals([picture]) as originals, transaction.atomic():
        _one_at_a_time(draft)
        held = list(HeldImage.objects.of_form(draft.form_digest))
        if len(held) >= MAX_FILES or sum(image.byte_size for image in held) + len(picture.data) > MAX_TOTAL_BYTES:
            raise FormFull
        return HeldImage.objects.create(
            form_digest=draft.form_digest,
            browser_digest=draft.browser_digest,
            position=max((image.position for image in held), default=0) + 1,
            **originals[0].columns(received_at=at),
        )


def _one_at_a_time(draft: Draft) -> None:
    """Make pictures of the same form wait for each other until the transaction ends, so that none passes a limit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [draft.form_digest])


def claim(*, draft: Draft, held: Collection[UUID]) -> list[dict[str, Any]]:
    """Take held pictures out of keeping, in the transaction that writes the rows they become; returns their columns.

    A picture keeps its id, so its sealed file and the context it is tied to stay as they are. Locked first, so that no
    other submission and no sweep takes them meanwhile. Raises PicturesGone.
    """
    images = list(HeldImage.objects.of_form(draft.form_digest).filter(id__in=held).select_for_update(no_key=True))
    if len(images) != len(set(held)):
        raise PicturesGone
    names = (*HeldImage.SEALED_COLUMNS, "received_at")
    columns = [{name: getattr(image, name) for name in names} for image in images]
    HeldImage.objects.filter(id__in=[image.id for image in images]).delete()
    return columns


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
    discard(set(identifiers) - with_a_row(identifiers))


def _orphans(*, older_than: float) -> list[UUID]:
    """Files whose transaction was lost with the database: old enough, and no row has their key.

    None while the keys are still to be restored: rows come back before them, and files keep their old times.
    """
    if keys_are_missing():
        return []
    files = {UUID(path.stem) for path in settings.SEALED_ROOT.glob("*.sealed") if path.stat().st_mtime < older_than}
    return sorted(files - with_a_row(files))
