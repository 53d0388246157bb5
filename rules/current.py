"""The catalogue in force on a day, and the engine with it: what was published, before that the release's files."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from rules.catalogue import Catalogue, load_catalogue, parse_catalogue
from rules.engine import Engine, load_engine
from rules.engine.second_opinion import SecondOpinion, load_second_opinion
from rules.models import CatalogueVersion


def catalogue_in_force(day: date) -> Catalogue:
    """The catalogue that counts on a day; that of the files where none was published for it.

    Asks the database for the version each time and parses each version once per process.
    """
    digest = CatalogueVersion.objects.effective_on(day).values_list("digest", flat=True).first()
    return published_catalogue(digest) if digest else _of_the_release()


def engine_on(day: date) -> Engine:
    """The engine with the catalogue in force on a day."""
    return engine_with(catalogue_in_force(day))


def engine_with(catalogue: Catalogue) -> Engine:
    """The engine with a catalogue, published or not."""
    return replace(_the_engine(), catalogue=catalogue)


@lru_cache(maxsize=1)
def _the_engine() -> Engine:
    """Lexicon and weights, read once per process; they change with a release only."""
    return load_engine()


@lru_cache(maxsize=1)
def second_opinion() -> SecondOpinion | None:
    """The word model, read once per process when first asked; None where the release holds none."""
    return load_second_opinion()


@lru_cache(maxsize=4)
def published_catalogue(digest: str) -> Catalogue:
    """A published version, parsed. Published versions never change, so it may be kept."""
    return parse_catalogue(CatalogueVersion.objects.get(digest=digest).files)


@lru_cache(maxsize=1)
def _of_the_release() -> Catalogue:
    return load_catalogue()
