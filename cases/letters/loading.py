"""The templates of a release become versions in the database; what a national admin wrote since is not overwritten."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from cases.letters.models import LetterTemplate

FOLDER = Path(__file__).parent / "data"


def shipped_sources() -> dict[str, str]:
    """The text of every template of the release, by kind."""
    kinds = LetterTemplate._meta.get_field("kind").choices or []
    return {str(kind): (FOLDER / f"{kind}.typ").read_text(encoding="utf-8") for kind, _label in kinds}


@transaction.atomic
def load_letter_templates(*, at: datetime) -> int:
    """Publish what the release changed; returns how many. Running it again changes nothing."""
    published = 0
    for kind, source in shipped_sources().items():
        latest = LetterTemplate.objects.published().filter(kind=kind).first()
        if latest and (latest.changed_by_id or latest.source == source):
            continue
        version = latest.version + 1 if latest and latest.version else 1
        LetterTemplate.objects.create(kind=kind, version=version, source=source, changed_at=at)
        published += 1
    return published
