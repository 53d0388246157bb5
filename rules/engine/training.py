"""Moves the lexicon's weights towards labelled examples. Pure Python, deterministic, a few seconds.

Each step is a softmax with a quadratic pull back to the lexicon's own weights (maximum a posteriori with a Gaussian
prior), climbed with AdaGrad (Duchi, Hazan, Singer, 2011). An example with several labels shares its mass among them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.engine.account import VIOLATIONS
from rules.engine.forgetting import Example, with_forgetful_copies
from rules.engine.model import GATE, GATE_SIZE, INDEX, OUTPUTS, VIOLATION, softmax


@dataclass(frozen=True, slots=True)
class Recipe:
    """How hard to train. `pull` is the strength of the prior, for concepts and for single words; `forget` is the share
    of concepts missing from the second copy of every example.
    """

    rounds: int = 20
    rate: float = 0.15
    pull: float = 0.004
    pull_words: float = 0.02
    least_word_count: int = 3
    forget: float = 0.5


# Who acts and how much is told says whether it is a violation, not which.
GATE_ONLY = ("who:", "first:", "sides:", "acts:", "office:")

Rows = dict[str, list[float]]


def train(examples: Sequence[Example], start: Mapping[str, Mapping[int, float]], recipe: Recipe) -> Rows:
    """Trained weights for every feature, one number an output."""
    names = _features_to_train(examples, start, recipe.least_word_count)
    examples = with_forgetful_copies(examples, start, recipe.forget)
    prior: Rows = {name: [start.get(name, {}).get(i, 0.0) for i in range(len(OUTPUTS))] for name in names}
    rows: Rows = {name: list(row) for name, row in prior.items()}
    steps: Rows = {name: [1e-2] * len(OUTPUTS) for name in names}
    pulls = {name: recipe.pull_words if name.startswith("word:") else recipe.pull for name in names}
    for turn in range(recipe.rounds):
        for place in _shuffled(len(examples), turn):
            example = examples[place]
            active = [(name, value) for name, value in example.values.items() if name in rows]
            slope = _slope(active, rows, example)
            gate_slope = slope[:GATE_SIZE]
            for name, value in active:
                slope_here = gate_slope if name.startswith(GATE_ONLY) else slope
                _move(rows[name], prior[name], steps[name], slope_here, value, recipe.rate, pulls[name])
    return rows


def _shuffled(count: int, turn: int) -> list[int]:
    """Another order each round, the same on every machine."""
    return sorted(
        range(count), key=lambda place: hashlib.md5(f"{turn}:{place}".encode(), usedforsecurity=False).digest()
    )


def _features_to_train(examples: Sequence[Example], start: Mapping[str, Mapping[int, float]], least: int) -> list[str]:
    counts: dict[str, int] = {}
    for example in examples:
        for name in example.values:
            counts[name] = counts.get(name, 0) + 1
    return sorted(
        {*start, *(name for name, count in counts.items() if count >= (least if name.startswith("word:") else 2))}
    )


def _slope(active: Sequence[tuple[str, float]], rows: Rows, example: Example) -> list[tuple[int, float]]:
    """Gradient of the log-likelihood by output: what should have been minus what was."""
    totals = [0.0] * len(OUTPUTS)
    for name, value in active:
        for i, weight in enumerate(rows[name]):
            totals[i] += weight * value
    positive = example.labels[0] in VIOLATIONS
    wanted_gate = VIOLATION if positive else example.labels[0]
    gate = softmax(totals[:GATE_SIZE])
    slope = [(i, example.weight * ((GATE[i] == wanted_gate) - gate[i])) for i in range(GATE_SIZE)]
    if positive:
        acts = softmax(totals[GATE_SIZE:])
        wanted = {INDEX[label] for label in example.labels}
        share = 1.0 / len(wanted)
        slope += [
            (i, example.weight * ((share if i in wanted else 0.0) - acts[i - GATE_SIZE]))
            for i in range(GATE_SIZE, len(OUTPUTS))
        ]
    return slope


def _move(
    row: list[float],
    prior: list[float],
    steps: list[float],
    slope: Sequence[tuple[int, float]],
    value: float,
    rate: float,
    pull: float,
) -> None:
    for i, error in slope:
        gradient = error * value - pull * (row[i] - prior[i])
        steps[i] += gradient * gradient
        row[i] += rate * gradient / steps[i] ** 0.5
