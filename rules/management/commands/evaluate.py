"""Scores the engine on a labelled file. Needs no database, no broker, no secrets."""

import gc
import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rules.confidence import intervals
from rules.confusion_picture import drawn
from rules.engine import load_engine
from rules.engine.second_opinion import load_second_opinion
from rules.engine.training import Recipe
from rules.evaluation import judge_all
from rules.learning import held_out
from rules.records import Places, Record, read_bytes, records_in
from rules.scoring import Judged, confusion, score
from rules.second_scoring import compared


class Command(BaseCommand):
    """Interface only."""

    help = "Score the classifier on a labelled file of JSON lines."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE or - for standard input."""
        parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument(
            "--cross-validate",
            action="store_true",
            help="train on the other folds of this file instead of the shipped weights",
        )
        parser.add_argument("--intervals", action="store_true", help="with 95 %% bootstrap intervals")
        parser.add_argument("--picture", type=Path, metavar="SVG", help="write the confusion matrix as a picture")
        parser.add_argument("--with-second-opinion", action="store_true", help="ask the word model too, and compare")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of readable text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge every record, then print the figures; bad lines are named on stderr."""
        try:
            content = read_bytes(options["file"], sys.stdin.buffer if options["file"] == "-" else ())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        engine, records = load_engine(), list(records_in(content, Places(), jsonl=True))
        if options["with_second_opinion"]:
            engine = replace(engine, second=load_second_opinion())
        # The engine stays; looking through all of it for waste would take a fifth of the time.
        gc.freeze()
        judged, left_out, seconds = judge_all(records, engine)
        if options["cross_validate"]:
            judged = held_out([r for r in records if isinstance(r, Record) and r.labels], engine, Recipe())
        self._print(judged, seconds, options)
        if options["picture"]:
            title = (
                f"{Path(options['file']).name}: right label (rows) and first answer (columns), {len(judged)} records"
            )
            options["picture"].write_text(drawn(confusion(judged), title), encoding="utf-8")
        for reason in left_out:
            self.stderr.write(reason)
        if left_out:
            raise CommandError(f"{len(left_out)} lines left out; all others are scored above")

    def _print(self, judged: Sequence[Judged], seconds: float, options: Mapping[str, Any]) -> None:
        figures: dict[str, Any] = dict(score(judged, seconds=seconds).as_dict())
        figures |= compared(judged).as_dict() if options["with_second_opinion"] else {}
        around = intervals(judged) if options["intervals"] else {}
        if options["json"]:
            known = {"intervals": {name: list(pair) for name, pair in around.items()}} if around else {}
            self.stdout.write(json.dumps(figures | known))
            return
        for name, value in figures.items():
            between = "  {:.3f} to {:.3f}".format(*around[name]) if name in around else ""
            self.stdout.write(f"{name:24} {'-' if value is None else value}{between}")
