"""Copies of examples that have lost half of what the lexicon found in them.

The lexicon was widened with the training accounts in view, so it finds more in them than in the words of strangers, and
weights trained on them lean on single concepts too much. Training on copies in which concepts are missing at random
("blankout", van der Maaten and others, 2013) spreads the weight over the words and circumstances beside them.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.engine.account import VIOLATIONS
from rules.engine.model import INDEX

# The weight of an example and of its copy; together they count a little more than the example alone did.
SHARE = 0.65
_MOST_ACTS = 3
_ACTS = tuple(INDEX[label] for label in VIOLATIONS)

Start = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one labelled account. `group` keeps accounts of the same event in the same fold."""

    values: Mapping[str, float]
    labels: tuple[str, ...]
    group: str
    weight: float = 1.0


def with_forgetful_copies(examples: Sequence[Example], start: Start, share: float) -> list[Example]:
    """Every example and, behind them all, a copy of each that lacks about `share` of its concepts. Always the same."""
    if not share:
        return list(examples)
    acts = {name for name, row in start.items() if name.startswith("is:") and any(row.get(i, 0.0) > 1 for i in _ACTS)}
    copies = [
        replace(example, values=_forgotten(example.values, place, share, acts))
        for place, example in enumerate(examples)
    ]
    return [replace(example, weight=example.weight * SHARE) for example in (*examples, *copies)]


def _forgotten(values: Mapping[str, float], place: int, share: float, acts: Iterable[str]) -> dict[str, float]:
    kept = {
        name: value
        for name, value in values.items()
        if not name.startswith("acts:") and not (name.startswith("is:") and _lot(place, name) < share)
    }
    kept[f"acts:{min(len(kept.keys() & acts), _MOST_ACTS)}"] = 1.0
    return kept


def _lot(place: int, name: str) -> float:
    """A number between 0 and 1 that is the same on every machine."""
    return hashlib.md5(f"{place}:{name}".encode(), usedforsecurity=False).digest()[0] / 256
