"""Typed text without what nobody can see."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import plaintext


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Budi\x00 Santoso", "Budi Santoso"),
        ("Bu\u200bdi\ufeff", "Budi"),
        ("\u202a+62 812\u202c", "+62 812"),
        ("Budi \u202eosotnaS", "Budi [U+202E]osotnaS"),
        ("  Budi \t\n Santoso  ", "Budi Santoso"),
        ("Budi\ud800", "Budi"),
        ("Bu\u0301di", "Búdi"),
        ("<b>Budi</b> {{ 7*7 }}", "<b>Budi</b> {{ 7*7 }}"),
    ],
)
def test_a_name_is_kept_without_unseen_characters(typed, kept):
    assert plaintext.line(typed) == kept


def test_paragraphs_keep_their_lines_and_emoji():
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert plaintext.paragraphs(f"satu\r\ndua\rtiga\u2028{family}\x07") == f"satu\ndua\ntiga\n{family}"


def test_piles_of_combining_marks_are_cut():
    assert len(plaintext.paragraphs("x" + "\u0336" * 10_000)) == 4


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_leaves_no_control_character(text):
    once = plaintext.paragraphs(text)
    assert plaintext.paragraphs(once) == once
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]
    assert "\n" not in plaintext.line(text)


@pytest.mark.parametrize("text", ["\u0301" * 200_000, "\u202e" * 200_000, " " * 200_000, "a\u0301" * 100_000])
def test_hostile_texts_take_no_time(text):
    started = time.perf_counter()
    plaintext.paragraphs(text)
    assert time.perf_counter() - started < 1
