"""Every example of the catalogue is a test: what must match its row, and what looks like it and must not."""

import pytest

from rules.catalogue import load_catalogue
from rules.engine import Account

ROWS = load_catalogue().rows.values()
MATCHES = [(row, text) for row in ROWS for text in row.matches]
NEAR_MISSES = [(row, miss) for row in ROWS for miss in row.near_misses]


@pytest.mark.parametrize(("row", "text"), MATCHES, ids=lambda value: getattr(value, "code", None))
def test_an_example_falls_under_its_row(engine, row, text):
    stage = "calon" if row.stage == "any" else row.stage
    opinion = engine.judge(Account(text, stage=stage, event_kind=row.event_kind))
    codes = {code for answer in opinion.ranked[:3] for code in (answer.rule, *answer.also)}
    assert row.code in codes
    assert not opinion.ranked[0].label.startswith("NONE_")


@pytest.mark.parametrize(("row", "miss"), NEAR_MISSES, ids=lambda value: getattr(value, "code", None))
def test_a_near_miss_does_not_fall_under_its_row(engine, row, miss):
    stage = "calon" if row.stage == "any" else row.stage
    opinion = engine.judge(Account(miss.text, stage=stage, event_kind=row.event_kind))
    assert opinion.ranked[0].label == miss.label
