"""Files of the catalogue and the election events into the database."""

from datetime import datetime

from rules.catalogue import load_catalogue
from rules.elections import read_elections
from rules.models import CatalogueVersion, ElectionEvent


def load_catalogue_version(*, at: datetime) -> CatalogueVersion:
    """The row of the catalogue as it stands in the files, made when it is new.

    The content decides, not the name: the same files always give the same row. Raises CatalogueError.
    """
    catalogue = load_catalogue()
    version, _ = CatalogueVersion.objects.get_or_create(
        digest=catalogue.version,
        defaults={
            "label": catalogue.label,
            "effective_date": catalogue.effective_date,
            "content": dict(catalogue.content),
            "loaded_at": at,
        },
    )
    return version


def load_election_events() -> int:
    """Insert or refresh every election event; returns how many there are. Raises ElectionsError."""
    rows = [
        ElectionEvent(
            code=election.code,
            kind=election.kind,
            name=election.name,
            region_codes=list(election.regions),
            starts_date=election.starts,
            penetapan_date=election.penetapan,
            voting_date=election.voting,
            ends_date=election.ends,
            source=f"{election.source} ({election.confidence})",
        )
        for election in read_elections()
    ]
    ElectionEvent.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "kind",
            "name",
            "region_codes",
            "starts_date",
            "penetapan_date",
            "voting_date",
            "ends_date",
            "source",
        ],
    )
    return len(rows)
