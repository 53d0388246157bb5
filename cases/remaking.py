"""Clean and masked copies made again after a restore: no backup has them, and each has to be the very one it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.db import transaction

from cases.models import DocumentPage, MaskedCopy
from evidence import vault
from evidence.children import ChildUnavailable
from evidence.images import CleanImage, rebuild
from evidence.painting import Painted, PaintingFailed, mask
from evidence.refusals import UnsafeImage
from reports.models import Evidence, PreparationState, ViewableImage
from reports.originals import OriginalDamaged, OriginalErased, open_original

BATCH = 200
FAILURES = (OriginalDamaged, vault.NotInVault, UnsafeImage, PaintingFailed, ChildUnavailable, OSError)


class Outcome(StrEnum):
    """What became of one copy."""

    MADE = "made"
    THERE = "already there"
    WITHOUT_KEY = "without key (erased)"
    DIFFERS = "differs"
    FAILED = "failed"


AMISS = frozenset({Outcome.DIFFERS, Outcome.FAILED})


@dataclass(frozen=True, slots=True)
class Remade:
    """A copy by its file name; `why` is the kind of error where it failed."""

    name: str
    outcome: Outcome
    why: str = ""


def remake_copies() -> Iterator[Remade]:
    """Make every clean and masked copy whose file is missing, each as soon as the next one is asked for.

    Only where the private key is. A copy that would not be byte for byte the one on record is not stored: custody,
    releases and bundles name that one. May be broken off at any moment and begun again. Raises ImproperlyConfigured
    or evidence.sealing.KeyFileBroken without a key that can be used.
    """
    pictures = Evidence.objects.viewable().order_by("pk").prefetch_related("masked_copies")
    for picture in pictures.iterator(chunk_size=BATCH):
        clean = _remake_clean(picture)
        yield clean
        for copy in picture.masked_copies.all():
            if not copy.nothing_to_hide:
                yield _remake_masked(copy, clean)
    for page in DocumentPage.objects.filter(state=PreparationState.READY).order_by("pk").iterator(chunk_size=BATCH):
        yield _remake_clean(page)


def _remake_clean(image: ViewableImage) -> Remade:
    return _remake(image, image.clean_name, image.clean_sha256, lambda: rebuild(open_original(image)))


def _remake_masked(copy: MaskedCopy, clean: Remade) -> Remade:
    """Painted on the clean copy; without that one the same stands against both."""
    if clean.outcome not in {Outcome.MADE, Outcome.THERE}:
        return Remade(copy.file_name, clean.outcome, clean.why)
    return _remake(
        copy.evidence,
        copy.file_name,
        copy.sha256,
        lambda: mask(vault.load(settings.CLEAN_ROOT, clean.name), copy.boxes),
    )


def _remake(image: ViewableImage, name: str, sha256: str, make: Callable[[], CleanImage | Painted]) -> Remade:
    if vault.holds(settings.CLEAN_ROOT, name):
        return Remade(name, Outcome.THERE)
    try:
        made = make()
        if made.sha256 != sha256:
            return Remade(name, Outcome.DIFFERS)
        return Remade(name, Outcome.MADE if _store(image, name, made.data) else Outcome.WITHOUT_KEY)
    except OriginalErased:
        return Remade(name, Outcome.WITHOUT_KEY)
    except FAILURES as error:
        return Remade(name, Outcome.FAILED, type(error).__name__)


@transaction.atomic
def _store(image: ViewableImage, name: str, data: bytes) -> bool:
    """Store a copy, unless the picture was erased meanwhile: who erases waits for this, and removes the file too."""
    rows = type(image)._default_manager.select_for_update(no_key=True)
    if rows.filter(pk=image.pk, state=PreparationState.READY).first() is None:
        return False
    vault.store(settings.CLEAN_ROOT, name, data)
    return True
