"""Checks catalogue, election events and lexicon without a database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rules.catalogue import CatalogueError, load_catalogue
from rules.elections import ElectionsError, read_elections
from rules.engine.lexicon import LexiconError, load_lexicon


class Command(BaseCommand):
    """Interface only."""

    help = "Check the rule catalogue, elections and lexicon; name file and line of the first error, missing English."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was read, or what is wrong and where."""
        try:
            catalogue, elections, lexicon = load_catalogue(), read_elections(), load_lexicon()
        except (CatalogueError, ElectionsError, LexiconError) as error:
            raise CommandError(str(error)) from error
        for warning in catalogue.untranslated:
            self.stderr.write(warning)
        self.stdout.write(
            f"{len(catalogue.rows)} rows (version {catalogue.version[:12]}), {len(elections)} election events, "
            f"{len(lexicon.concepts)} concepts (version {lexicon.version})"
        )
