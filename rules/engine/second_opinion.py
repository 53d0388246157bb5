"""A second opinion: a small word model that knows nothing of the lexicon, trained apart and asked beside the rules.

Scores are those of a logistic regression over pieces of words (three to five letters), each weighted by how rare it is,
the words of a text together brought to length one; so what a word says can be added up once and kept.
Trained by `rules.second_learning`; runs in plain Python.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules.engine.account import LABELS, Account
from rules.engine.model import softmax

SECOND_FILE = Path(__file__).resolve().parent.parent / "training" / "second_opinion.json"
_SIZES = (3, 4, 5)
# Weights are kept as whole hundredths.
SCALE = 100
_CACHE_LIMIT = 20_000
_NEVER = -50.0
# An answer of the word model is worth a reviewer's look from here on, if the rules do not put it first.
_SURE = 0.6
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Says:
    """What a piece or a word says: its square share of the length of a text, and a number for every label."""

    square: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """The trained word model. `version` is a hash of its file."""

    pieces: Mapping[str, Says]
    bias: tuple[float, ...]
    temperature: float
    version: str
    # What each word said when it was last met; the same word is met in most accounts.
    _known: dict[str, Says] = field(default_factory=dict, compare=False, repr=False)

    def probabilities(self, account: Account) -> dict[str, float]:
        """Probability of every label; they sum to one."""
        said = [self._known.get(word) or self._learn(word) for word in words_of(account)]
        length = sum(word.square for word in said) ** 0.5 or 1.0
        totals = [sum(column) for column in zip(*(word.weights for word in said), strict=True)] or [0.0] * len(LABELS)
        scores = [total / length + bias for total, bias in zip(totals, self.bias, strict=True)]
        return dict(zip(LABELS, softmax(scores, self.temperature), strict=True))

    def _learn(self, word: str) -> Says:
        if len(self._known) > _CACHE_LIMIT:
            self._known.clear()
        found = [piece for name in pieces_of(word) if (piece := self.pieces.get(name))]
        totals = tuple(sum(column) for column in zip(*(piece.weights for piece in found), strict=True))
        says = Says(sum(piece.square for piece in found), totals or (0.0,) * len(LABELS))
        self._known[word] = says
        return says


def other_answer(second: Mapping[str, float] | None, first: str) -> str:
    """The answer the word model is sure of although the rules put another first; empty where there is none.

    It is shown and changes nothing: where both differ, the rules are right three times as often.
    """
    if not second:
        return ""
    sure = max(second, key=lambda label: second[label])
    return sure if sure != first and second[sure] >= _SURE else ""


def words_of(account: Account) -> list[str]:
    """What the word model reads: every word of both texts and of the post, once."""
    text = f"{account.text}\n{account.screenshot_text}\n{account.office}"
    return sorted(set(_WORD.findall(text.lower())))


def pieces_of(word: str) -> list[str]:
    """Every three to five letters of a word in a row; where it begins and ends counts as a letter."""
    bounded = f" {word} "
    return [bounded[i : i + size] for size in _SIZES for i in range(len(bounded) - size + 1)]


def load_second_opinion(path: Path = SECOND_FILE) -> SecondOpinion | None:
    """The trained word model; None where there is no such file, which turns it off."""
    return second_opinion_in(path.read_bytes()) if path.exists() else None


def second_opinion_in(content: bytes) -> SecondOpinion:
    """The word model of a file's content. A label it was never taught is next to impossible."""
    raw = json.loads(content)
    places = [raw["labels"].index(label) if label in raw["labels"] else -1 for label in LABELS]
    pieces = {
        name: Says(square, tuple(weights[place] / SCALE if place >= 0 else 0.0 for place in places))
        for name, (square, *weights) in raw["pieces"].items()
    }
    bias = tuple(raw["bias"][place] if place >= 0 else _NEVER for place in places)
    return SecondOpinion(pieces, bias, raw["temperature"], hashlib.sha256(content).hexdigest()[:12])
