"""Cross-validation by group, and how far scores are to be believed. Pure Python."""

import hashlib
import math
from collections.abc import Mapping, Sequence

from rules.engine.account import VIOLATIONS
from rules.engine.forgetting import Example
from rules.engine.model import GATE, GATE_SIZE, OUTPUTS, VIOLATION, Calibration, softmax
from rules.engine.training import Recipe, Rows, train

FOLDS = 5
TEMPERATURES = tuple(t / 20 for t in range(8, 61))


def fold_of(group: str, folds: int = FOLDS) -> int:
    """Accounts of one event and region always fall into the same fold."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % folds


def held_out_scores(
    examples: Sequence[Example], start: Mapping[str, Mapping[int, float]], recipe: Recipe, folds: int = FOLDS
) -> list[list[float]]:
    """Raw scores of every example from a model that has not seen its group."""
    scores: list[list[float]] = [[] for _ in examples]
    for fold in range(folds):
        rows = train([e for e in examples if fold_of(e.group, folds) != fold], start, recipe)
        for place, example in enumerate(examples):
            if fold_of(example.group, folds) == fold:
                scores[place] = raw_scores(rows, example.values)
    return scores


def raw_scores(rows: Rows, values: Mapping[str, float]) -> list[float]:
    """Score of every output from dense rows."""
    totals = [0.0] * len(OUTPUTS)
    for name, value in values.items():
        for i, weight in enumerate(rows.get(name, ())):
            totals[i] += weight * value
    return totals


def fitted(examples: Sequence[Example], scores: Sequence[Sequence[float]]) -> Calibration:
    """The temperatures under which held-out answers were likeliest (Guo and others, 2017)."""

    def gate_loss(temperature: float) -> float:
        return -sum(
            e.weight * math.log(softmax(s[:GATE_SIZE], temperature)[GATE.index(_gate(e))] + 1e-9)
            for e, s in zip(examples, scores, strict=True)
        )

    def act_loss(temperature: float) -> float:
        loss = 0.0
        for example, score in zip(examples, scores, strict=True):
            if example.labels[0] in VIOLATIONS:
                acts = softmax(score[GATE_SIZE:], temperature)
                loss -= example.weight * math.log(sum(acts[VIOLATIONS.index(label)] for label in example.labels) + 1e-9)
        return loss

    return Calibration(min(TEMPERATURES, key=gate_loss), min(TEMPERATURES, key=act_loss))


def _gate(example: Example) -> str:
    return VIOLATION if example.labels[0] in VIOLATIONS else example.labels[0]
