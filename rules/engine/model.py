"""A small log-linear model in two steps: is it a violation at all, and if so which.

The weights begin at what the lexicon says and are moved by training only as far as the examples ask for it. Step one
chooses between a violation and the three NONE answers, step two between the violations. Pure Python, a few thousand
multiplications a text.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.engine.account import LABELS, NEUTRAL, NOT_ASN, OFFTOPIC, VIOLATIONS
from rules.engine.lexicon import Lexicon
from rules.engine.people import NOT_ASN_KINDS

WEIGHTS_FILE = Path(__file__).resolve().parent.parent / "training" / "weights.json"
VIOLATION = "VIOLATION"
GATE = (VIOLATION, NOT_ASN, NEUTRAL, OFFTOPIC)
OUTPUTS = (*GATE, *VIOLATIONS)
INDEX = {name: i for i, name in enumerate(OUTPUTS)}
GATE_SIZE = len(GATE)
_ACT_SPEAKS_FOR_VIOLATION = 0.35
_NEGATED_SHARE = 0.25
_NONE_DISPLACES = 2.0

Weights = Mapping[str, Sequence[tuple[int, float]]]


# What an answer costs, in violations not put first: somebody named without cause, a violation taken for none, and a
# person who has to look because the machine does not say. With calibrated probabilities the thresholds follow: the
# machine asks where asking is expected to cost less (Elkan, 2001).
FALSE_ALARM_COSTS = 2.0
CLEARING_COSTS = 3.0
ASKING_COSTS = 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the raw scores are to be believed, fitted on held-out folds.

    One temperature a step. `violation_margin` is how much more likely a violation must be than the likeliest NONE
    answer to stand first: a false alarm and a cleared violation do not cost the same. The engine asks for a person
    when neither reaches `abstain_below`, and when a NONE answer stands first although a violation is as likely as
    `clears_below`: the machine clears nobody by a narrow margin.
    """

    gate_temperature: float = 1.0
    act_temperature: float = 1.0
    violation_margin: float = FALSE_ALARM_COSTS
    abstain_below: float = 1 - ASKING_COSTS / FALSE_ALARM_COSTS
    clears_below: float = round(ASKING_COSTS / CLEARING_COSTS, 3)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature, sparse: (number of the output, weight)."""

    weights: Weights
    calibration: Calibration
    version: str

    def scores(self, values: Mapping[str, float]) -> list[float]:
        """Raw score of every output."""
        totals = [0.0] * len(OUTPUTS)
        known = self.weights
        for name, value in values.items():
            for output, weight in known.get(name, ()):
                totals[output] += weight * value
        return totals

    def probabilities(self, values: Mapping[str, float]) -> dict[str, float]:
        """Calibrated probability of every label."""
        return self.calibrated(self.scores(values))

    def calibrated(self, totals: Sequence[float]) -> dict[str, float]:
        """Probabilities from raw scores."""
        gate = softmax(totals[:GATE_SIZE], self.calibration.gate_temperature)
        acts = softmax(totals[GATE_SIZE:], self.calibration.act_temperature)
        found = {label: gate[0] * share for label, share in zip(VIOLATIONS, acts, strict=True)}
        found.update(zip(GATE[1:], gate[1:], strict=True))
        return found


def in_order(probabilities: Mapping[str, float], calibration: Calibration) -> list[str]:
    """Labels as they are ranked: by probability, with two exceptions.

    The mass of a violation is spread over sixteen acts, so the likeliest act may be less likely than one NONE answer
    although a violation is by far the likelier: the first place is decided between violation and NONE first. The NONE
    answers exclude one another, so one of them among the first three says enough; and behind an act it must be twice
    as likely as the act whose place it takes, because a reviewer who is not shown the right act has to look for it,
    while "no violation" is always at hand.
    """
    order = sorted(LABELS, key=lambda label: (-probabilities[label], LABELS.index(label)))
    acts = [label for label in order if label in VIOLATIONS]
    none = next(label for label in order if label not in VIOLATIONS)
    violation = sum(probabilities[label] for label in VIOLATIONS)
    first = acts[0] if violation > calibration.violation_margin * probabilities[none] else none
    if first == none:
        head = [none, *acts[:2]]
    else:
        place = next((i for i in (1, 2) if probabilities[none] > _NONE_DISPLACES * probabilities[acts[i]]), 3)
        head = [*acts[:place], none, *acts[place:]][:3]
    return [*head, *(label for label in order if label not in head)]


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Shares that sum to one."""
    top = max(scores)
    powers = [math.exp((score - top) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def lexicon_weights(lexicon: Lexicon) -> dict[str, dict[int, float]]:
    """Where training begins: what the lexicon itself says each concept and each kind of person speaks for."""
    weights: dict[str, dict[int, float]] = dict(_PEOPLE)
    for concept in lexicon.concepts.values():
        row = {INDEX[label]: weight for label, weight in concept.weights.items()}
        if concept.is_act:
            row[INDEX[VIOLATION]] = _ACT_SPEAKS_FOR_VIOLATION
            weights[f"not:{concept.name}"] = {
                INDEX[NEUTRAL]: 0.8,
                **{i: w * _NEGATED_SHARE for i, w in row.items() if i >= GATE_SIZE},
            }
        weights[f"is:{concept.name}"] = row
    return weights


def _people_weights() -> dict[str, dict[int, float]]:
    not_asn, violation, offtopic = INDEX[NOT_ASN], INDEX[VIOLATION], INDEX[OFFTOPIC]
    rows: dict[str, dict[int, float]] = {
        "always": {violation: 1.0, not_asn: -0.5, offtopic: -0.5},
        "sides:other": {not_asn: 2.0},
        "sides:nobody": {offtopic: 0.8},
        "sides:asn": {not_asn: -1.2, offtopic: -0.5},
        "acts:0": {offtopic: 1.0},
        "first:asn_status": {not_asn: -1.0},
        "first:asn_post": {not_asn: -0.8},
        "office:asn_status": {not_asn: -2.0},
        "office:asn_post": {not_asn: -1.5},
        "office:vague": {not_asn: -0.5},
    }
    for kind in NOT_ASN_KINDS:
        rows[f"first:{kind}"] = {not_asn: 1.0}
        rows[f"who:{kind}:subject"] = {not_asn: 0.8}
        rows[f"office:{kind}"] = {not_asn: 1.8}
    return rows


_PEOPLE = _people_weights()


def load_model(lexicon: Lexicon, path: Path = WEIGHTS_FILE) -> Model:
    """The trained model, or the lexicon's own weights where nothing has been trained yet."""
    if not path.exists():
        rows = {name: tuple(row.items()) for name, row in lexicon_weights(lexicon).items()}
        return Model(rows, Calibration(), "lexicon")
    return parse_model(path.read_bytes())


def parse_model(content: bytes) -> Model:
    """The model of a weights file's content; its version is the first twelve digits of the content's SHA-256."""
    raw = json.loads(content)
    weights = {name: tuple((INDEX[label], w) for label, w in row.items()) for name, row in raw["weights"].items()}
    return Model(weights, Calibration(**raw["calibration"]), hashlib.sha256(content).hexdigest()[:12])
