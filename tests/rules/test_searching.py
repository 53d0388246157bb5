"""The search of the catalogue: people's own words find the row, before and after penetapan."""

import pytest

from rules.searching import matching_rows
from tests.rules.published_warnings import WARNINGS


def found(wanted, engine):
    return {row.code.removeprefix("SKB2-II-") for row in matching_rows(wanted, engine)}


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("like", "A-4 B-6"),
        ("ngelike", "A-4 B-6"),
        ("LIKE", "A-4 B-6"),
        ("komen", "A-4 B-6"),
        ("nyoblos", "A-2 B-2"),
        ("foto dua jari", "A-5 B-7"),
        ("selfie", "A-5 B-7"),
        ("fotokopi", "B-11 PP94-5N-7"),
        ("bansos", "B-12"),
        ("twibbon", "A-2 B-2"),
        ("suami nyaleg", "A-7"),
        ("bolehkah saya like postingan calon bupati?", "A-4 B-6"),
        ("camat kumpulkan kades", "B-8"),
        ("skb2-ii-b-3", "B-3"),
        ("display material", "A-1 A-5 B-1 B-7"),
        ("???", ""),
        ("zzzzz", ""),
    ],
)
def test_the_words_people_use_find_the_row(engine, wanted, codes):
    assert found(wanted, engine) == set(codes.split())


def test_nothing_wanted_is_everything(engine):
    assert found("  ", engine) == {code.removeprefix("SKB2-II-") for code in engine.catalogue.rows}


@pytest.mark.parametrize("warning", WARNINGS, ids=lambda warning: f"{warning.by}: {warning.act}")
def test_each_published_warning_finds_its_rows(engine, warning):
    for text in warning.phrasings:
        codes = {row.code for row in matching_rows(text, engine)}
        assert {warning.before, warning.after} & codes, text
