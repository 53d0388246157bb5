"""The catalogue in force on a day: what was published in the database, and before that the files of the release."""

from datetime import date
from functools import lru_cache

from rules.catalogue import Catalogue, load_catalogue, parse_catalogue
from rules.models import CatalogueVersion


def catalogue_in_force(day: date) -> Catalogue:
    """The catalogue that counts on a day; that of the files where none was published for it.

    Asks the database for the version each time and parses each version once per process.
    """
    digest = CatalogueVersion.objects.effective_on(day).values_list("digest", flat=True).first()
    return published_catalogue(digest) if digest else _of_the_release()


@lru_cache(maxsize=4)
def published_catalogue(digest: str) -> Catalogue:
    """A published version, parsed. Published versions never change, so it may be kept."""
    return parse_catalogue(CatalogueVersion.objects.get(digest=digest).files)


@lru_cache(maxsize=1)
def _of_the_release() -> Catalogue:
    return load_catalogue()
