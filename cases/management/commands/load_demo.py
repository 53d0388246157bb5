"""Load made-up reports and cases to look around in."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.demo.loading import load_demo
from cases.demo.people import NameTaken
from cases.demo.stories import BadStory


class Command(BaseCommand):
    """manage.py load_demo"""

    help = "Load made-up reports, cases and accounts. Running it again changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        try:
            loaded = load_demo(at=timezone.now())
        except (BadStory, NameTaken) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"demo: {loaded.cases} cases, {loaded.live} new reports" if loaded.cases else "demo: is there"
        )
