"""Reads the table of regions into the database."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from regions.models import Region, RegionKind

REGIONS_FILE = Path(__file__).parent / "data" / "regions.csv"


class BadRegionTable(ValueError):
    """A line of the table cannot be used; the message names file and line."""


def read_regions(path: Path = REGIONS_FILE) -> Iterator[Region]:
    """The rows of the table as unsaved regions, provinces first.

    Raises BadRegionTable naming file and line.
    """
    with path.open(encoding="utf-8", newline="") as table:
        for line, row in enumerate(csv.DictReader(table), start=2):
            if row["kind"] not in RegionKind.values or (row["kind"] != RegionKind.PROVINCE) != bool(row["parent_code"]):
                raise BadRegionTable(
                    f"{path.name}:{line}: kind {row['kind']!r} does not fit parent {row['parent_code']!r}"
                )
            yield Region(
                code=row["code"],
                parent_id=row["parent_code"] or None,
                name=row["name"],
                kind=row["kind"],
                iso_code=row["iso_3166_2"] or "",
                time_zone=row["time_zone"],
            )


@transaction.atomic
def load_regions(path: Path = REGIONS_FILE) -> int:
    """Insert or refresh every region; returns how many there are. Running it again changes nothing."""
    rows = list(read_regions(path))
    Region.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "iso_code", "time_zone"],
    )
    return len(rows)
