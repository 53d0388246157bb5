"""A training on the spot: what the release ships and what people decided, against the weights in force."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.labelled_cases import labelled_cases
from rules.challenge import Challenge, Side, challenge
from rules.current import release_engine, trained_model, version_in_force
from rules.engine.model import parse_model
from rules.engine.training import Recipe
from rules.learning import as_file, learn
from rules.models import TrainedWeights
from rules.promoting import keep_weights
from rules.records import Record


@dataclass(frozen=True, slots=True)
class Trained:
    """The challenger as it was kept, and how it did."""

    weights: TrainedWeights
    challenge: Challenge


def train_challenger(
    *, shipped: Sequence[Record], unseen: Sequence[Record], recipe: Recipe, at: datetime
) -> Trained | None:
    """Train on shipped texts and decided cases, compare with the weights in force, and keep the result.

    None where no decided case settles a label: there is nothing to learn beyond the release. Changes nothing in force.
    """
    cases = labelled_cases(shipped=len(shipped), at=at)
    if not cases:
        return None
    engine = release_engine()
    learned = learn([*shipped, *cases], engine.catalogue, engine.lexicon, recipe)
    content = as_file(learned, recipe)
    names = [record.id for record in cases]
    result = challenge(
        champion=_champion(),
        challenger=Side(parse_model(content.encode()), names),
        shipped=shipped,
        cases=cases,
        unseen=unseen,
        engine=engine,
        recipe=recipe,
    )
    weights = keep_weights(
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        accounts=learned.accounts,
        learned_from=names,
        report=result.as_json(),
        at=at,
    )
    return Trained(weights, result)


def _champion() -> Side:
    version = version_in_force()
    if not version:
        return Side(release_engine().model, ())
    return Side(trained_model(version), TrainedWeights.objects.get(version=version).learned_from)
