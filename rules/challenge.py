"""Weights in force against newly trained ones, on the same accounts. Pure: nothing is stored, nothing is chosen.

Each difference comes with a 95 % interval from a paired bootstrap (Efron, Tibshirani, 1993, chapter 13): both are
scored on the same resample of accounts, so what both find hard cancels out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rules.confidence import ROUNDS, percentiles, places
from rules.engine import Engine
from rules.engine.calibration import FOLDS, fold_of
from rules.engine.model import Model, lexicon_weights
from rules.engine.training import Recipe, train
from rules.evaluation import judge_all
from rules.learning import catalogue_examples, examples_of, labelled_records
from rules.records import Record
from rules.scoring import Judged, score

HELD_OUT = tuple(sorted((Path(__file__).parent / "heldout").glob("*.jsonl")))
FIGURES = ("top1_all", "top1", "top3", "false_alarm", "positives_cleared", "not_asn_recall", "ece")
# What may not get worse: a false accusation, and an act that nobody looks at.
GUARDS = ("false_alarm", "positives_cleared")
AIM = "top1_all"

SetName = Literal["release", "cases", "held_out"]
Verdict = Literal["better", "not_proven", "worse"]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of both, and the bounds of the difference (challenger minus champion); None where not measured."""

    champion: float | None
    challenger: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ComparedSet:
    """Every figure on one set of accounts."""

    name: SetName
    records: int
    figures: Mapping[str, Compared]


@dataclass(frozen=True, slots=True)
class Challenge:
    """The whole comparison. `worse_in` names figures that got worse beyond chance, as `set.figure`."""

    champion: str
    sets: tuple[ComparedSet, ...]
    verdict: Verdict
    worse_in: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, as a row of the database keeps them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its model, and the names of the accounts from cases it was trained on."""

    model: Model
    learned_from: Collection[str]


def challenge(
    *,
    champion: Side,
    challenger: Side,
    shipped: Sequence[Record],
    cases: Sequence[Record],
    unseen: Sequence[Record],
    engine: Engine,
    recipe: Recipe,
) -> Challenge:
    """Both on the folds of the shipped texts, on the folds of the cases, and on texts neither was trained on.

    On a fold each side is trained anew without the accounts of that fold, so both are judged on what they never saw.
    """
    old, new = ([*shipped, *(r for r in cases if r.id in side.learned_from)] for side in (champion, challenger))
    sets = []
    judged_old = _folded([*shipped, *cases], old, champion.model, engine, recipe)
    judged_new = _folded([*shipped, *cases], new, challenger.model, engine, recipe)
    count = len(shipped)
    sets.append(compared("release", judged_old[:count], judged_new[:count]))
    if cases:
        sets.append(compared("cases", judged_old[count:], judged_new[count:]))
    if unseen:
        direct = [judge_all(unseen, replace(engine, model=side.model))[0] for side in (champion, challenger)]
        sets.append(compared("held_out", *direct))
    verdict, worse_in = verdict_on(sets)
    return Challenge(champion.model.version, tuple(sets), verdict, worse_in)


def held_out_records() -> list[Record]:
    """The accounts nobody trains on. Score on them and do nothing else (rules/heldout/README.md)."""
    return labelled_records(*HELD_OUT)


def compared(name: SetName, champion: Sequence[Judged], challenger: Sequence[Judged]) -> ComparedSet:
    """Every figure of both on the same accounts, which stand in the same order."""
    before, after = _figures(champion), _figures(challenger)
    differences: dict[str, list[float]] = {figure: [] for figure in FIGURES}
    for turn in range(ROUNDS if champion else 0):
        drawn = list(places(turn, len(champion)))
        old, new = _figures([champion[i] for i in drawn]), _figures([challenger[i] for i in drawn])
        for figure, values in differences.items():
            then, now = old[figure], new[figure]
            if then is not None and now is not None:
                values.append(now - then)
    figures = {}
    for figure, values in differences.items():
        low, high = percentiles(sorted(values)) if values else (None, None)
        figures[figure] = Compared(before[figure], after[figure], low, high)
    return ComparedSet(name, len(champion), figures)


def verdict_on(sets: Iterable[ComparedSet]) -> tuple[Verdict, tuple[str, ...]]:
    """Worse where a guarded figure rose beyond chance on any set; better where the right label stands first more often
    beyond chance on some set and less often on none; not proven otherwise.
    """
    sets = list(sets)
    worse = [f"{s.name}.{figure}" for s in sets for figure in GUARDS if (s.figures[figure].low or 0) > 0]
    worse += [f"{s.name}.{AIM}" for s in sets if (s.figures[AIM].high or 0) < 0]
    if worse:
        return "worse", tuple(worse)
    gained = any((s.figures[AIM].low or 0) > 0 for s in sets)
    return ("better" if gained else "not_proven"), ()


def _figures(judged: Sequence[Judged]) -> dict[str, float | None]:
    found = asdict(score(judged, seconds=0))
    return {figure: found[figure] for figure in FIGURES}


def _folded(
    records: Sequence[Record], learned_from: Sequence[Record], model: Model, engine: Engine, recipe: Recipe
) -> list[Judged]:
    """Opinions on the records, in their order, from weights trained on the other folds of `learned_from`."""
    start = lexicon_weights(engine.lexicon)
    examples = examples_of(learned_from, engine.lexicon)
    own = catalogue_examples(engine.catalogue, engine.lexicon)
    judged: dict[int, Judged] = {}
    for fold in range(FOLDS):
        rows = train([*(e for e in examples if fold_of(e.group) != fold), *own], start, recipe)
        weights = {name: tuple(enumerate(row)) for name, row in rows.items()}
        fold_engine = replace(engine, model=Model(weights, model.calibration, f"fold {fold}"))
        asked = [place for place, record in enumerate(records) if fold_of(record.group) == fold]
        opinions = judge_all([records[place] for place in asked], fold_engine)[0]
        judged |= dict(zip(asked, opinions, strict=True))
    return [judged[place] for place in range(len(records))]
