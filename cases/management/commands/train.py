"""Trains the weights beside the lexicon. Needs no database, no broker, no secrets."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rules.catalogue import load_catalogue
from rules.engine.lexicon import load_lexicon
from rules.engine.model import WEIGHTS_FILE
from rules.engine.training import Recipe
from rules.learning import REPORTS_FILES, BadTrainingFile, as_file, labelled_records, learn


class Command(BaseCommand):
    """Interface only."""

    help = "Train the classifier's weights from labelled accounts and the catalogue's examples."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to read and where to write."""
        parser.add_argument("--reports", type=Path, default=REPORTS_FILES, help="labelled accounts, JSON lines")
        parser.add_argument("--output", type=Path, default=WEIGHTS_FILE, help="the file of weights to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train and write; the same input always gives the same file."""
        try:
            records = labelled_records(*options["reports"])
        except (OSError, BadTrainingFile) as error:
            raise CommandError(str(error)) from error
        recipe = Recipe()
        learned = learn(records, load_catalogue(), load_lexicon(), recipe)
        options["output"].write_text(as_file(learned, recipe), encoding="utf-8")
        self.stdout.write(f"trained on {learned.accounts} accounts: {learned.calibration} -> {options['output']}")
