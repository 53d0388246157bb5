"""Trains the word model of the second opinion with scikit-learn, and writes it as a file that runs without."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import diags
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

from rules.engine.account import LABELS
from rules.engine.calibration import FOLDS, TEMPERATURES, fold_of
from rules.engine.second_opinion import SCALE, SecondOpinion, pieces_of, second_opinion_in, words_of
from rules.records import Record

# A piece seen in fewer accounts says more about these accounts than about their kind.
_LEAST_ACCOUNTS = 3
# Inverse strength of the quadratic pull to zero (scikit-learn's C).
_LOOSENESS = 30.0
_MOST_ROUNDS = 400

Opinions = list[tuple[Record, dict[str, float]]]


def learn_second(records: Sequence[Record]) -> str:
    """The content of the word model's file; the same records give the same file."""
    content = _trained(records)
    return as_file(content | {"temperature": _best_temperature(_held_out(records, 1.0))})


def as_file(content: dict[str, Any]) -> str:
    """One piece a line, so that two trainings can be compared."""
    head = {name: value for name, value in content.items() if name != "pieces"}
    lines = [
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}"
        for name, row in content["pieces"].items()
    ]
    return json.dumps(head)[:-1] + ',\n"pieces":{\n' + ",\n".join(lines) + "\n}}\n"


def _trained(records: Sequence[Record]) -> dict[str, Any]:
    """Fit on the accounts; one with several labels is shared among them."""
    vectorizer = CountVectorizer(analyzer=_pieces_of_words, min_df=_LEAST_ACCOUNTS)
    counts = vectorizer.fit_transform([words_of(record.account) for record in records])
    rare = TfidfTransformer().fit(counts).idf_
    lengths = np.sqrt(counts @ rare**2)
    matrix = diags(1 / lengths) @ counts @ diags(rare)
    rows = [(place, label) for place, record in enumerate(records) for label in record.labels]
    model = LogisticRegression(C=_LOOSENESS, max_iter=_MOST_ROUNDS, class_weight="balanced")
    model.fit(
        matrix.tocsr()[[place for place, _ in rows]],
        [label for _, label in rows],
        [1 / len(records[place].labels) for place, _ in rows],
    )
    weights = (model.coef_ * rare * SCALE).round().astype(int).T.tolist()
    squares = (rare**2).round(2).tolist()
    return {
        "accounts": len(records),
        "labels": [str(label) for label in model.classes_],
        "bias": [round(float(value), 3) for value in model.intercept_],
        "pieces": {str(name): [squares[i], *weights[i]] for i, name in enumerate(vectorizer.get_feature_names_out())},
    }


def _pieces_of_words(words: Sequence[str]) -> list[str]:
    return [piece for word in words for piece in pieces_of(word)]


def _held_out(records: Sequence[Record], temperature: float) -> Opinions:
    found: Opinions = []
    for fold in range(FOLDS):
        model = _model_without(records, fold, temperature)
        found += [(r, model.probabilities(r.account)) for r in records if fold_of(r.group) == fold]
    return found


def _model_without(records: Sequence[Record], fold: int, temperature: float) -> SecondOpinion:
    seen = _trained([r for r in records if fold_of(r.group) != fold])
    return second_opinion_in(as_file(seen | {"temperature": temperature}).encode())


def _best_temperature(opinions: Opinions) -> float:
    """The temperature under which held-out answers were likeliest (Guo and others, 2017)."""

    def loss(temperature: float) -> float:
        return sum(_surprise(record, opinion, temperature) for record, opinion in opinions)

    return min(TEMPERATURES, key=loss)


def _surprise(record: Record, opinion: dict[str, float], temperature: float) -> float:
    powers = {label: opinion[label] ** (1 / temperature) for label in LABELS}
    return -math.log(sum(powers[label] for label in record.labels) / sum(powers.values()) + 1e-9)
