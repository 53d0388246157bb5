"""The catalogue in force on a day, and the engine with it: what was published, before that the release's files."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from rules.catalogue import Catalogue, load_catalogue, parse_catalogue
from rules.engine import Engine, load_engine
from rules.engine.model import Model, parse_model
from rules.engine.second_opinion import SecondOpinion, load_second_opinion
from rules.models import CatalogueVersion, TrainedWeights, WeightsChoice


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
    """The engine with a catalogue, published or not, and the weights in force."""
    engine, version = release_engine(), version_in_force()
    return replace(engine, catalogue=catalogue, model=trained_model(version) if version else engine.model)


def version_in_force() -> str:
    """The version of the trained weights that were chosen last; empty where those of the release count.

    Asks the database each time. Weights trained beside another release's lexicon or texts do not count: see
    docs/adr/0011.
    """
    chosen = WeightsChoice.objects.order_by("-pk").select_related("weights").defer("weights__content").first()
    return chosen.weights.version if chosen and chosen.weights and fits_release(chosen.weights) else ""


def fits_release(weights: TrainedWeights) -> bool:
    """Whether weights were trained beside the lexicon and the weights of the running release."""
    engine = release_engine()
    return (weights.lexicon_version, weights.release_version) == (engine.lexicon.version, engine.model.version)


@lru_cache(maxsize=1)
def release_engine() -> Engine:
    """Lexicon, weights and catalogue of the release's files, read once per process."""
    return load_engine()


@lru_cache(maxsize=1)
def second_opinion() -> SecondOpinion | None:
    """The word model, read once per process when first asked; None where the release holds none."""
    return load_second_opinion()


@lru_cache(maxsize=4)
def trained_model(version: str) -> Model:
    """Trained weights by their version. They never change, so they may be kept."""
    return parse_model(TrainedWeights.objects.get(version=version).content.encode())


@lru_cache(maxsize=4)
def published_catalogue(digest: str) -> Catalogue:
    """A published version, parsed. Published versions never change, so it may be kept."""
    return parse_catalogue(CatalogueVersion.objects.get(digest=digest).files)


@lru_cache(maxsize=1)
def _of_the_release() -> Catalogue:
    return load_catalogue()
