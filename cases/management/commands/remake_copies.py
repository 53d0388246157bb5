"""manage.py remake_copies: clean and masked copies after a restore. docs/sealing.md says when."""

from collections import Counter
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from cases.remaking import AMISS, Outcome, remake_copies
from evidence.sealing import KeyFileBroken


class Command(BaseCommand):
    """manage.py remake_copies"""

    help = (
        "Make every clean and masked copy whose file is missing, from the sealed originals; only where "
        "EVIDENCE_PRIVATE_KEY_FILE is set. A copy is stored only when it is byte for byte the one on record. May be "
        "broken off at any moment and run again. Ends with an error when a copy differs or failed."
    )

    # Any: Django's own options, unused
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = self._make_all()
        except (ImproperlyConfigured, KeyFileBroken) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome))
        if counts[Outcome.DIFFERS]:
            self.stderr.write(
                "Copies that differ were not stored: run this with the release of the portal that the backup is of."
            )
        if amiss := sum(counts[outcome] for outcome in AMISS):
            raise CommandError(f"{amiss} copies are still missing.")

    def _make_all(self) -> Counter[Outcome]:
        counts: Counter[Outcome] = Counter()
        for copy in remake_copies():
            counts[copy.outcome] += 1
            if copy.outcome in AMISS:
                self.stderr.write(" ".join(filter(None, [f"{copy.name}: {copy.outcome}", copy.why])))
        return counts
