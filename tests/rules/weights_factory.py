"""Weights that were learned on the spot, without learning."""

import hashlib
import json

from rules.engine.model import WEIGHTS_FILE
from rules.promoting import keep_weights
from tests.case_factories import MONDAY


def make_weights(*, lean: float = 1.0, verdict: str = "not_proven", at=MONDAY):
    """Kept weights like those of the release, except that everything leans towards a violation."""
    raw = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    raw["weights"]["always"]["VIOLATION"] += lean
    content = json.dumps(raw)
    figure = {"champion": 0.8, "challenger": 0.82, "low": -0.01, "high": 0.05}
    return keep_weights(
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        accounts=683,
        learned_from=["case a", "case b"],
        report={
            "champion": "0123456789ab",
            "verdict": verdict,
            "worse_in": ["held_out.false_alarm"] if verdict == "worse" else [],
            "sets": [
                {"name": "release", "records": 681, "figures": {"top1_all": figure, "false_alarm": figure}},
                {"name": "held_out", "records": 200, "figures": {"top1_all": figure, "false_alarm": figure}},
            ],
        },
        at=at,
    )
