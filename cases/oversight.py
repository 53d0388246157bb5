"""Which body receives recommendations on a date."""

from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from cases.models import OversightBody

BODIES_FILE = Path(__file__).parent / "data" / "oversight_bodies.yaml"


class NoBodyInForce(LookupError):
    """No body, or more than one, receives recommendations on that date; the table needs mending."""


def body_in_force(day: date) -> OversightBody:
    """The body a letter of this date is addressed to.

    Raises NoBodyInForce unless exactly one body is in force on the day.
    """
    bodies = list(OversightBody.objects.in_force_on(day)[:2])
    if len(bodies) != 1:
        raise NoBodyInForce(f"{len(bodies)} oversight bodies are in force on {day}")
    return bodies[0]


def receives_on(body: OversightBody, day: date) -> bool:
    """Whether this body receives recommendations on the day."""
    return OversightBody.objects.in_force_on(day).filter(pk=body.pk).exists()


def body_name(day: date) -> str:
    """The name of that body; empty where the table has a gap."""
    try:
        return body_in_force(day).name
    except NoBodyInForce:
        return ""


@transaction.atomic
def load_oversight_bodies(path: Path = BODIES_FILE) -> int:
    """Insert or refresh the bodies; returns how many. Running it again changes nothing."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    for row in rows:
        OversightBody.objects.update_or_create(
            code=row["code"],
            defaults={key: row[key] for key in ("name", "valid_from", "valid_until", "source")},
        )
    return len(rows)
