"""Files of the catalogue and the election events into the database."""

from datetime import datetime

from rules.models import CatalogueVersion


def load_catalogue_version(*, at: datetime) -> CatalogueVersion:
    """The row of the catalogue as it stands in the files, made when it is new."""
    raise NotImplementedError


def load_election_events() -> int:
    """Insert or refresh every election event; returns how many there are."""
    raise NotImplementedError
