"""Prints the engine's opinion on every account of a file. Needs no database, no broker, no secrets."""

import gc
import sys
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rules.engine import Opinion, load_engine
from rules.engine.second_opinion import load_second_opinion
from rules.printing import as_json, as_text
from rules.records import BadLine, Places, read_bytes, records_in


class Command(BaseCommand):
    """Interface only: reading, judging and printing are modules of their own."""

    help = "Classify accounts: plain text (one account) or JSON lines with report, screenshot_text, date, province."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE or - for standard input."""
        parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--with-second-opinion", action="store_true", help="ask the word model too")
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of readable text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge line by line; a bad line is named on stderr and makes the exit code 1 at the end."""
        try:
            content = read_bytes(options["file"], sys.stdin.buffer if options["file"] == "-" else ())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        engine, bad = load_engine(), 0
        if options["with_second_opinion"]:
            engine = replace(engine, second=load_second_opinion())
        # The engine stays; looking through all of it for waste would take a fifth of the time.
        gc.freeze()
        for record in records_in(content, Places(), jsonl=options["file"].endswith(".jsonl")):
            if isinstance(record, BadLine):
                self.stderr.write(str(record))
                bad += 1
                continue
            opinion: Opinion = engine.judge(record.account)
            self.stdout.write(as_json(record.id, opinion) if options["json"] else as_text(record.id, opinion, engine))
        if bad:
            raise CommandError(f"{bad} bad lines; all others are classified above")
