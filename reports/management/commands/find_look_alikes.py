"""`manage.py find_look_alikes`"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.backfill import compare_missing


class Command(BaseCommand):
    help = "Compare pictures and reports that came before look-alikes did; may be run again at any time."

    # Any: Django's own options, unused
    def handle(self, *args: Any, **options: Any) -> None:
        """Compare what is missing and say how much it was."""
        count = sum(1 for _ in compare_missing(at=timezone.now()))
        self.stdout.write(f"{count} compared")
