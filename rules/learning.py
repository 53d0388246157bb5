"""From labelled accounts and the catalogue's own examples to a file of weights."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rules.catalogue import Catalogue
from rules.engine import Account, Engine
from rules.engine.calibration import FOLDS, fitted, fold_of, held_out_scores
from rules.engine.features import evidence_of
from rules.engine.forgetting import Example
from rules.engine.lexicon import Lexicon
from rules.engine.model import OUTPUTS, WEIGHTS_FILE, Calibration, Model, lexicon_weights
from rules.engine.training import Recipe, Rows, train
from rules.evaluation import judge_all
from rules.records import BadLine, Places, Record, records_in
from rules.scoring import Judged

REPORTS_FILES = tuple(sorted(WEIGHTS_FILE.parent.glob("*.jsonl")))
_CATALOGUE_WEIGHT = 0.5
_WITHOUT_POST = 0.5
# Smaller weights change no answer but cost time at every account.
_LEAST_WEIGHT = 0.03


@dataclass(frozen=True, slots=True)
class Learned:
    """Trained rows, how far to believe them, and from how many accounts."""

    rows: Rows
    calibration: Calibration
    accounts: int


class BadTrainingFile(ValueError):
    """A training file holds a bad line; the message names file and line."""


def labelled_records(*paths: Path) -> list[Record]:
    """The labelled accounts of files. Raises BadTrainingFile."""
    records: list[Record] = []
    places = Places()
    for path in paths:
        for record in records_in(path.read_bytes(), places, jsonl=True):
            if isinstance(record, BadLine):
                raise BadTrainingFile(f"{path.name}: {record}")
            if record.labels:
                records.append(record)
    return records


def examples_of(records: Iterable[Record], lexicon: Lexicon) -> list[Example]:
    """Each account twice, as filed and without post and platform: half of all reporters leave them out."""
    examples = []
    for record in records:
        bare = replace(record.account, office="", platform="")
        for account in (record.account, bare):
            values = evidence_of(account, lexicon).values
            examples.append(Example(values, record.labels, record.group, _WITHOUT_POST))
    return examples


def catalogue_examples(catalogue: Catalogue, lexicon: Lexicon) -> list[Example]:
    """The catalogue's own examples, of rows that one act alone falls under, and every near-miss."""
    pairs = [(text, row.labels) for row in catalogue.rows.values() for text in row.matches if len(row.labels) == 1]
    pairs += [(miss.text, (miss.label,)) for row in catalogue.rows.values() for miss in row.near_misses]
    return [
        Example(evidence_of(Account(text), lexicon).values, labels, f"catalogue {i}", _CATALOGUE_WEIGHT)
        for i, (text, labels) in enumerate(pairs)
    ]


def learn(records: Sequence[Record], catalogue: Catalogue, lexicon: Lexicon, recipe: Recipe) -> Learned:
    """Fit how far to believe the scores on held-out folds, then train on everything."""
    start = lexicon_weights(lexicon)
    examples = examples_of(records, lexicon)
    calibration = fitted(examples, held_out_scores(examples, start, recipe))
    rows = train([*examples, *catalogue_examples(catalogue, lexicon)], start, recipe)
    return Learned(rows, calibration, len(records))


def held_out(records: Sequence[Record], shipped: Engine, recipe: Recipe) -> list[Judged]:
    """Opinions from weights that have not seen the account's event and region; the calibration is the shipped one."""
    start = lexicon_weights(shipped.lexicon)
    own = catalogue_examples(shipped.catalogue, shipped.lexicon)
    judged: list[Judged] = []
    for fold in range(FOLDS):
        seen = [record for record in records if fold_of(record.group) != fold]
        rows = train([*examples_of(seen, shipped.lexicon), *own], start, recipe)
        weights = {name: tuple(enumerate(row)) for name, row in rows.items()}
        engine = Engine(shipped.lexicon, Model(weights, shipped.model.calibration, f"fold {fold}"), shipped.catalogue)
        judged += judge_all([r for r in records if fold_of(r.group) == fold], engine)[0]
    return judged


def as_file(learned: Learned, recipe: Recipe) -> str:
    """The content of the weights file: sparse, rounded, sorted, so that two trainings can be compared."""
    weights = {}
    for name in sorted(learned.rows):
        row = {OUTPUTS[i]: round(w, 3) for i, w in enumerate(learned.rows[name]) if abs(w) >= _LEAST_WEIGHT}
        if row:
            weights[name] = row
    head = {"accounts": learned.accounts, "recipe": asdict(recipe), "calibration": asdict(learned.calibration)}
    lines = [f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in weights.items()]
    return json.dumps(head, indent=1)[:-2] + ',\n "weights": {\n' + ",\n".join(lines) + "\n }\n}\n"
