"""Reads the table of regions, and the published calendar, into the database."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from regions.models import Holiday, HolidayKind, Region, RegionKind
from regions.working_days import joint_leave, public_holidays

REGIONS_FILE = Path(__file__).parent / "data" / "regions.csv"
# Years ahead are partly estimates (Islamic months begin with the moon): officers confirm them when the decree is out.
CALENDAR_YEARS = range(2019, 2036)


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


def load_holidays() -> int:
    """Insert the published holidays and cuti bersama; returns how many there are in these years.

    A day that is there already stays as it is: what an officer confirmed, renamed or removed wins.
    """
    published = {day: (name, HolidayKind.CUTI_BERSAMA) for day, name in joint_leave(CALENDAR_YEARS).items()}
    published |= {day: (name, HolidayKind.LIBUR) for day, name in public_holidays(CALENDAR_YEARS).items()}
    rows = [Holiday(day=day, name=name, kind=kind) for day, (name, kind) in sorted(published.items())]
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
