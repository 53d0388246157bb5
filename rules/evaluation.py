"""Runs the engine over a labelled file and measures it."""

import time
from collections.abc import Iterable

from rules.engine import Engine
from rules.records import BadLine, Record
from rules.scoring import Judged


def judge_all(records: Iterable[Record | BadLine], engine: Engine) -> tuple[list[Judged], list[str], float]:
    """Opinions on every labelled record, why other lines were left out, and the seconds one core took to judge."""
    judged: list[Judged] = []
    left_out: list[str] = []
    seconds = 0.0
    for record in records:
        if isinstance(record, BadLine):
            left_out.append(str(record))
        elif not record.labels:
            left_out.append(f"record {record.id}: has no labels")
        else:
            begun = time.process_time()
            opinion = engine.judge(record.account)
            seconds += time.process_time() - begun
            judged.append(Judged(record.labels, record.stage, record.account.act_date is not None, opinion))
    return judged, left_out, seconds
