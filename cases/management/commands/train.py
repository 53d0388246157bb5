"""Trains weights: for the release from its own texts, or on the spot from what people decided as well."""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from cases.training import train_challenger
from rules.challenge import ComparedSet, compared, held_out_records
from rules.engine import load_engine
from rules.engine.model import WEIGHTS_FILE, parse_model
from rules.engine.training import Recipe
from rules.evaluation import judge_all
from rules.learning import REPORTS_FILES, BadTrainingFile, as_file, labelled_records, learn
from rules.models import TrainedWeights
from rules.promoting import PromotionRefused, promote
from rules.records import Record

SETS = {
    "release": "teks rilis, lipatan",
    "cases": "kasus yang diputus, lipatan",
    "held_out": "teks uji yang tidak dilatihkan",
}
VERDICTS = {
    "better": "Penantang lebih baik.",
    "not_proven": "Penantang tidak terbukti lebih baik.",
    "worse": "Penantang terbukti lebih buruk:",
}


class Command(BaseCommand):
    """Interface only."""

    help = (
        "Train a challenger from the release's texts and decided cases, and compare it with the weights in force "
        "(some minutes). With --shipped-only: train the release's own file, without a database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to read, what to write, and whether the challenger takes over."""
        parser.add_argument("--shipped-only", action="store_true", help="write the weights file of the release")
        parser.add_argument("--reports", type=Path, nargs="+", default=REPORTS_FILES, help="labelled accounts")
        parser.add_argument("--output", type=Path, default=WEIGHTS_FILE, help="with --shipped-only: the file to write")
        parser.add_argument("--rounds", type=int, default=Recipe().rounds, help="passes over the accounts")
        parser.add_argument("--promote", action="store_true", help="let the challenger count from now on")
        parser.add_argument("--by", default="", help="with --promote: who decides, a user name")
        parser.add_argument("--reason", default="", help="with --promote: why")
        parser.add_argument("--anyway", action="store_true", help="with --promote: although it did worse")

    def handle(self, *args: Any, **options: Any) -> None:
        """Train, say how both did, and promote where that was asked for."""
        try:
            shipped = labelled_records(*options["reports"])
        except (OSError, BadTrainingFile) as error:
            raise CommandError(str(error)) from error
        recipe = Recipe(rounds=options["rounds"])
        if options["shipped_only"]:
            self._train_release(shipped, recipe, options["output"])
        else:
            self._train_challenger(shipped, recipe, options)

    def _train_release(self, shipped: Sequence[Record], recipe: Recipe, output: Path) -> None:
        engine, unseen = load_engine(), held_out_records()
        learned = learn(shipped, engine.catalogue, engine.lexicon, recipe)
        content = as_file(learned, recipe)
        challenger = replace(engine, model=parse_model(content.encode()))
        output.write_text(content, encoding="utf-8")
        self.stdout.write(f"trained on {learned.accounts} accounts: {learned.calibration} -> {output}")
        self._print(compared("held_out", *(judge_all(unseen, each)[0] for each in (engine, challenger))))

    def _train_challenger(self, shipped: Sequence[Record], recipe: Recipe, options: dict[str, Any]) -> None:
        at = timezone.now()
        trained = train_challenger(shipped=shipped, unseen=held_out_records(), recipe=recipe, at=at)
        if trained is None:
            self.stdout.write("Belum ada kasus yang putusannya dapat dipelajari. Bobot yang berlaku tidak berubah.")
            return
        weights, result = trained.weights, trained.challenge
        self.stdout.write(f"Penantang {weights} ({weights.from_cases} kasus), lawan {result.champion}:")
        for compared_set in result.sets:
            self._print(compared_set)
        self.stdout.write(f"{VERDICTS[result.verdict]} {', '.join(result.worse_in)}")
        if options["promote"]:
            self._promote(weights, options)

    def _promote(self, weights: TrainedWeights, options: dict[str, Any]) -> None:
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError("--promote perlu --by NAMA_PENGGUNA seorang admin nasional")
        try:
            promote(
                weights=weights,
                reason=options["reason"],
                by=by,
                at=timezone.now(),
                despite_worse=options["anyway"],
            )
        except PromotionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Bobot {weights} berlaku mulai sekarang.")

    def _print(self, compared_set: ComparedSet) -> None:
        self.stdout.write(f"\n{SETS[compared_set.name]} ({compared_set.records})")
        for name, figure in compared_set.figures.items():
            cells = [figure.champion, figure.challenger, figure.low, figure.high]
            shown = ["    -" if cell is None else f"{cell:6.3f}" for cell in cells]
            self.stdout.write(f"  {name:18} {shown[0]} -> {shown[1]}   selisih {shown[2]} sampai {shown[3]}")
