"""Files of the catalogue and the election events into the database."""

from datetime import datetime

from rules.catalogue import load_catalogue, read_files
from rules.elections import read_elections
from rules.models import CatalogueVersion, ElectionEvent

# What a release may refresh of an election that no officer has edited
RELEASED_FIELDS = [
    "kind",
    "name",
    "region_codes",
    "starts_date",
    "penetapan_date",
    "voting_date",
    "ends_date",
    "source",
    "contests",
    "is_rerun",
]


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
            "files": read_files(),
            "loaded_at": at,
        },
    )
    return version


def load_election_events() -> int:
    """Insert or refresh the election events of the release; returns how many. Raises ElectionsError.

    An event that an officer wrote or corrected stays as that officer left it.
    """
    edited = set(ElectionEvent.objects.filter(edited_at__isnull=False).values_list("code", flat=True))
    elections = read_elections()
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
            contests=list(election.contests),
            is_rerun=election.rerun,
        )
        for election in elections
        if election.code not in edited
    ]
    ElectionEvent.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=RELEASED_FIELDS,
    )
    return len(elections)
