"""The exact bytes people upload: judged by their header, hashed, sealed, written; and opened again by a worker."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from evidence import vault
from evidence.arriving import Arrival
from evidence.digests import sha256_hex
from evidence.headers import ImageHeader
from evidence.sealing import KeyFileBroken, SealBroken, read_private_key, read_public_key, seal, unseal
from reports.models import SealedImage, ViewableImage
from reports.models_capture import LinkCapture
from reports.models_keys import DataKey

logger = logging.getLogger(__name__)


class StorageFailed(RuntimeError):
    """The server could not keep a picture (disk full, key missing). Nothing was stored; trying later may work."""


class OriginalDamaged(ValueError):
    """A sealed original did not open, or opened to other bytes than were received."""


class OriginalErased(LookupError):
    """The key of an original was erased; nobody can open it any more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Uploaded bytes whose header was judged; `sha256` in hexadecimal."""

    data: bytes = field(repr=False)
    sha256: str
    header: ImageHeader

    @classmethod
    def arrived(cls, arrival: Arrival) -> "Picture":
        """Judge a file that is all here by its header; raises evidence.refusals.UnsafeImage."""
        header = arrival.header()
        return cls(arrival.data, arrival.sha256, header)

    @classmethod
    def of(cls, data: bytes) -> "Picture":
        """The same for bytes that are here already."""
        return cls.arrived(Arrival.of(data))


@dataclass(frozen=True, slots=True)
class SealedOriginal:
    """A picture whose sealed file is on disk and whose key is in its table."""

    id: UUID
    picture: Picture

    def columns(self, received_at: datetime) -> dict[str, Any]:
        """What its row holds."""
        return {
            "id": self.id,
            "sha256": self.picture.sha256,
            "byte_size": len(self.picture.data),
            "image_format": self.picture.header.format,
            "width": self.picture.header.width,
            "height": self.picture.header.height,
            "received_at": received_at,
        }


@contextmanager
def seal_originals(pictures: Iterable[Picture]) -> Iterator[list[SealedOriginal]]:
    """Seal and write each picture; the rows are written in the body of the `with`.

    When the body fails, files and keys go again: no file without its row. Only when the database went away is it
    unknown whether the rows were kept; then they stay, and the sweep of orphans decides later.
    Raises StorageFailed.
    """
    sealed: list[SealedOriginal] = []
    try:
        sealed.extend(_seal_one(picture) for picture in pictures)
        yield sealed
    except (OperationalError, InterfaceError):
        raise
    except BaseException:
        discard(original.id for original in sealed)
        raise


def discard(identifiers: Iterable[UUID]) -> None:
    """Remove keys and sealed files; a file that cannot be removed now is left to the sweep of orphans."""
    gone = list(identifiers)
    discard_keys(gone)
    for identifier in gone:
        try:
            vault.discard(settings.SEALED_ROOT, file_name(identifier))
        except OSError:
            logger.exception("a sealed file could not be removed")


def discard_keys(identifiers: Iterable[UUID]) -> None:
    """Remove the keys of sealed files: from then on no copy of them opens, backups too."""
    DataKey.objects.filter(pk__in=list(identifiers)).delete()


def sealed_models() -> list[type[SealedImage]]:
    """Every table whose rows have a sealed file, those of the apps above this one too."""
    return [model for model in apps.get_models() if issubclass(model, SealedImage)]


def with_a_row(identifiers: Collection[UUID]) -> set[UUID]:
    """Those of the sealed files that have a row and a key."""
    keys = set(DataKey.objects.filter(pk__in=identifiers).values_list("pk", flat=True))
    return {
        identifier
        for model in sealed_models()
        for identifier in model._default_manager.filter(id__in=keys).values_list("id", flat=True)
    }


def keys_are_missing() -> bool:
    """Whether no row has a key although some should, as between rows and keys of a restore."""
    return not DataKey.objects.exists() and any(_should_have_keys(model) for model in sealed_models())


def _should_have_keys(model: type[SealedImage]) -> bool:
    if issubclass(model, ViewableImage):
        return model._default_manager.filter(erased_at=None).exists()
    return model._default_manager.exists()


def open_original(image: SealedImage | LinkCapture) -> bytes:
    """The bytes as they were received; only where the private key is, that is in a worker.

    Raises OriginalErased, OriginalDamaged, evidence.vault.NotInVault, or ImproperlyConfigured without the key.
    """
    key = DataKey.objects.filter(pk=image.pk).first()
    if key is None:
        raise OriginalErased
    if not settings.EVIDENCE_PRIVATE_KEY_FILE:
        raise ImproperlyConfigured("EVIDENCE_PRIVATE_KEY_FILE is not set in this process")
    ciphertext = vault.load(settings.SEALED_ROOT, image.sealed_name)
    private_key = read_private_key(settings.EVIDENCE_PRIVATE_KEY_FILE)
    try:
        data = unseal(bytes(key.sealed_key), ciphertext, private_key, _context_of(image))
    except SealBroken as error:
        raise OriginalDamaged(str(error)) from error
    if sha256_hex(data) != image.sha256:
        raise OriginalDamaged("The bytes are not those that were received.")
    return data


def context(identifier: UUID) -> str:
    """What ties a sealed file to its row."""
    return f"evidence|{identifier}|v1"


def _context_of(image: SealedImage | LinkCapture) -> str:
    return image.context if isinstance(image, LinkCapture) else context(image.id)


def file_name(identifier: UUID) -> str:
    """The name of a sealed file in the vault."""
    return f"{identifier}.sealed"


def _seal_one(picture: Picture) -> SealedOriginal:
    if not settings.EVIDENCE_PUBLIC_KEY_FILE:
        raise StorageFailed("EVIDENCE_PUBLIC_KEY_FILE is not set")
    identifier = uuid4()
    try:
        sealed = seal(picture.data, read_public_key(settings.EVIDENCE_PUBLIC_KEY_FILE), context(identifier))
        vault.store(settings.SEALED_ROOT, file_name(identifier), sealed.ciphertext)
    except (OSError, KeyFileBroken) as error:
        raise StorageFailed(type(error).__name__) from error
    DataKey.objects.create(id=identifier, sealed_key=sealed.sealed_key)
    return SealedOriginal(identifier, picture)
