"""Load everything that is data and not somebody's: regions, holidays, catalogue, elections, oversight bodies."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.letters.loading import load_letter_templates
from cases.message_templates import load_message_templates
from cases.oversight import load_oversight_bodies
from regions.loading import load_holidays, load_regions
from rules.loading import load_catalogue_version, load_election_events


class Command(BaseCommand):
    """manage.py load_reference"""

    help = (
        "Load regions, holidays, the rule catalogue, election events, oversight bodies, letter and message templates. "
        "Running it again changes nothing."
    )

    def handle(self, *args: object, **options: object) -> None:
        now = timezone.now()
        self.stdout.write(f"regions: {load_regions()}")
        self.stdout.write(f"holidays: {load_holidays()}")
        self.stdout.write(f"catalogue: {load_catalogue_version(at=now)}")
        self.stdout.write(f"election events: {load_election_events()}")
        self.stdout.write(f"oversight bodies: {load_oversight_bodies()}")
        self.stdout.write(f"letter templates: {load_letter_templates(at=now)}")
        self.stdout.write(f"message templates: {load_message_templates(at=now)}")
