"""From counts to sentences."""

import math
from dataclasses import replace

import pytest

from stats.drift import Drift, Window
from stats.drift_alarms import alarms, chance_of_index, fell, stability_index

CALM = Window(
    reports=300,
    abstained=15,
    first_labels={"PROPS": 150, "APPEAL": 100, "NONE_NEUTRAL": 50},
    unknown_words=0.1,
    judged_cases=100,
    first_right=80,
    three_right=95,
)


def said(now, before=CALM):
    return " ".join(alarms(Drift("2024-11-30", now, before)))


def test_two_equal_windows_raise_no_alarm():
    assert said(CALM) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_right": 55}, "jawaban pertama mesin cocok pada 55 % kasus, sebelumnya 80 %"),
        ({"three_right": 70}, "di antara tiga"),
        ({"abstained": 80}, "tidak berpendapat"),
        ({"first_labels": {"PROPS": 20, "APPEAL": 20, "SPOUSE": 260}}, "laporan berubah"),
        ({"unknown_words": 0.2}, "kata yang tidak dikenal"),
        ({"rejected": {"PHOTO": 8}, "confirmed": {"PHOTO": 4}}, "8 dari 12 temuan PHOTO ditolak"),
        ({"missed": {"SKB2-II-B-9": 6}}, "6 kali menambahkan SKB2-II-B-9"),
    ],
)
def test_a_marked_change_is_said_with_what_to_look_at(change, words):
    text = said(replace(CALM, **change))
    assert words in text
    assert "eriksa" in text or "Penelaah perlu" in text


@pytest.mark.parametrize(
    "change",
    [
        {"first_right": 75},
        {"first_labels": {"PROPS": 160, "APPEAL": 85, "NONE_NEUTRAL": 55}},
        {"judged_cases": 9, "first_right": 0, "three_right": 0},
        {"rejected": {"PHOTO": 5}, "confirmed": {"PHOTO": 1}},
        {"missed": {"SKB2-II-B-9": 4}},
    ],
)
def test_chance_and_small_numbers_raise_no_alarm(change):
    assert said(replace(CALM, **change)) == ""


def test_a_quiet_month_says_nothing_of_reports():
    assert said(Window(reports=3, first_labels={"SPOUSE": 3})) == ""
    assert said(Window(), Window()) == ""


def test_the_index_of_two_known_distributions():
    now, before = {"a": 5000, "b": 5000}, {"a": 8000, "b": 2000}
    expected = (0.5 - 0.8) * math.log(0.5 / 0.8) + (0.5 - 0.2) * math.log(0.5 / 0.2)
    assert stability_index(now, before) == pytest.approx(expected, abs=1e-3)
    assert stability_index(before, before) == 0
    assert stability_index({}, before) is None


def test_chance_follows_the_chi_square_table():
    # The 95 % quantile with 2 degrees of freedom is 5.991, with 9 it is 16.919.
    three, ten = ({str(i): 10 for i in range(n)} for n in (3, 10))
    assert chance_of_index(three, three) == pytest.approx(5.991 * 2 / 30, rel=0.01)
    assert chance_of_index(ten, ten) == pytest.approx(16.919 * 2 / 100, rel=0.01)


def test_a_share_falls_only_beyond_chance_and_by_a_tenth():
    assert fell((50, 100), (80, 100))
    assert not fell((7, 10), (8, 10))
    assert not fell((9000, 10000), (9500, 10000))
    assert not fell((0, 0), (5, 10))
