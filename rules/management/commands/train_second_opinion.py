"""Trains the word model of the second opinion. Needs the dependency group second-opinion, and no database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rules.engine.second_opinion import SECOND_FILE
from rules.learning import REPORTS_FILES, BadTrainingFile, labelled_records
from rules.second_learning import learn_second


class Command(BaseCommand):
    """Interface only."""

    help = "Train the word model beside the rules from labelled accounts (needs scikit-learn)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to read and where to write."""
        parser.add_argument("--reports", type=Path, nargs="+", default=REPORTS_FILES, help="labelled accounts")
        parser.add_argument("--output", type=Path, default=SECOND_FILE, help="the file of the word model to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train and write; the same input always gives the same file."""
        try:
            records = labelled_records(*options["reports"])
        except (OSError, BadTrainingFile) as error:
            raise CommandError(str(error)) from error
        content = learn_second(records)
        options["output"].write_text(content, encoding="utf-8")
        self.stdout.write(f"trained on {len(records)} accounts, {len(content) / 1e6:.1f} MB -> {options['output']}")
