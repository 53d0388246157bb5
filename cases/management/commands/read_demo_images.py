"""Read the demo's screenshots again after one was drawn anew."""

from django.core.management.base import BaseCommand

from cases.demo.pictures import read_pictures


class Command(BaseCommand):
    """manage.py read_demo_images"""

    help = "Read the text of the demo's screenshots again and keep it beside them."

    def handle(self, *args: object, **options: object) -> None:
        for name, lines in read_pictures():
            self.stdout.write(f"{name}: {lines} lines")
