import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.lines import (
    ReadLine,
    clean_text,
    cleaned,
    in_reading_order,
    mean_confidence,
    share_of_tall,
    upright_size,
    without_doubles,
)


def line(text="a", box=(0, 0, 100, 20), confidence=1.0):
    return ReadLine(text, box, confidence)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Dukung nomor 2", "Dukung nomor 2"),
        ("口 36 口", "36"),
        ("Coblos，nomor（2）！", "Coblos,nomor(2)!"),
        ("teguhm_·19j", "teguhm_ · 19j"),
        ("ya!Pasangan", "ya! Pasangan"),
        ("0812?a=1", "0812?a=1"),
        ("a\x00b\u202ec\nd", "a b c d"),
        ("  two   spaces ", "two spaces"),
        ("界", ""),
    ],
)
def test_junk_goes_and_words_stay(raw, clean):
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_one_line_and_stays_as_it_is(text):
    once = clean_text(text)
    assert once.isprintable() or once == clean_text(once)
    assert "\n" not in once
    assert clean_text(once) == once


def test_lines_without_a_letter_left_are_dropped():
    assert [kept.text for kept in cleaned([line("口"), line("ok"), line(" ")])] == ["ok"]


def test_rows_are_read_from_the_top_and_each_from_the_left():
    found = [
        line("third", (0, 100, 90, 120)),
        line("second", (200, 2, 290, 24)),
        line("first", (0, 0, 90, 20)),
        line("fourth", (100, 98, 190, 118)),
    ]
    assert [one.text for one in in_reading_order(found)] == ["first", "second", "third", "fourth"]


@pytest.mark.parametrize("tilt", [10, -10, 2])
def test_rows_are_followed_along_their_slope(tilt):
    across, down = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))

    def sloping(text, left, middle, length=300, high=20):
        # Where a level line ends up when the picture is turned clockwise by `tilt`.
        x, y = left + length / 2, middle
        x, y = x * across - y * down, x * down + y * across
        wide, tall = length * across + high * abs(down), length * abs(down) + high * across
        return line(text, (round(x - wide / 2), round(y - tall / 2), round(x + wide / 2), round(y + tall / 2)))

    found = [
        sloping("third", 0, 90),
        sloping("second", 600, 60),
        sloping("first", 0, 60),
        sloping("fourth", 600, 90),
    ]
    assert [one.text for one in in_reading_order(found, tilt)] == ["first", "second", "third", "fourth"]
    assert all(abs(size - 20) <= 1 for size in (upright_size(one.box, tilt)[1] for one in found))


def test_of_two_lines_in_one_place_the_surer_and_longer_stays():
    found = [line("Dukun", confidence=0.9), line("Dukung"), line("beside", (0, 40, 100, 60))]
    assert {one.text for one in without_doubles(found)} == {"Dukung", "beside"}


def test_confidence_counts_characters_not_lines():
    assert mean_confidence([line("aaa", confidence=1.0), line("b", confidence=0.2)]) == pytest.approx(0.8)
    assert mean_confidence([]) == 0.0


def test_letters_on_their_side_are_seen_as_tall():
    assert share_of_tall([line(box=(0, 0, 20, 100)), line()]) == 0.5
    assert share_of_tall([]) == 0.0
