"""Writes docs/case-workflow.md from the workflow table, or says that it is out of date."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.diagram import document

DOCUMENT = Path("docs") / "case-workflow.md"


class Command(BaseCommand):
    """manage.py workflow_diagram [--check]"""

    help = "Write docs/case-workflow.md from the workflow table; with --check only compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the file differs from the table")
        parser.add_argument("--output", type=Path, default=Path(settings.BASE_DIR) / DOCUMENT)

    def handle(self, *args: object, check: bool, output: Path, **options: object) -> None:
        text = document()
        if not check:
            output.parent.mkdir(exist_ok=True)
            output.write_text(text, encoding="utf-8")
        elif not output.exists() or output.read_text(encoding="utf-8") != text:
            raise CommandError(f"{DOCUMENT} differs from the workflow table. Run: manage.py workflow_diagram")
