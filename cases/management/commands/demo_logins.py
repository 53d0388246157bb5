"""Show how to log in to the demo."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cases.demo.logins import demo_logins


class Command(BaseCommand):
    """manage.py demo_logins"""

    help = "Show the demo's accounts, their password and receipt codes to try the follow-up page with."

    def handle(self, *args: object, **options: object) -> None:
        for line in demo_logins() or [_("Data contoh belum dimuat. Jalankan: manage.py load_demo")]:
            self.stdout.write(line)
