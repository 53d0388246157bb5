"""Words for numbers: never a verdict, never a wrong day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.wording import deadline, is_doubtful, percent, probability_word

# 10.00 in Jakarta
NOW = datetime(2024, 11, 18, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(days=-3), "lewat 3 hari", "late"),
        (timedelta(minutes=-1), "lewat hari ini", "late"),
        (timedelta(hours=13), "hari ini", "soon"),
        (timedelta(hours=14), "besok", "soon"),
        (timedelta(days=2), "2 hari lagi", "soon"),
        (timedelta(days=9), "9 hari lagi", "calm"),
    ],
)
def test_a_deadline_counts_days_of_the_office(left, words, tone):
    left_over = deadline(NOW + left, at=NOW, time_zone="Asia/Jakarta")
    assert (left_over.words, left_over.tone) == (words, tone)


@pytest.mark.parametrize(
    ("time_zone", "words", "day", "clock_time"),
    [
        ("Asia/Jakarta", "hari ini", date(2024, 11, 18), "22.30 WIB"),
        ("Asia/Makassar", "hari ini", date(2024, 11, 18), "23.30 WITA"),
        ("Asia/Jayapura", "besok", date(2024, 11, 19), "00.30 WIT"),
    ],
)
def test_a_deadline_in_hours_stands_on_the_day_and_hour_of_the_office(time_zone, words, day, clock_time):
    left_over = deadline(datetime(2024, 11, 18, 15, 30, tzinfo=UTC), at=NOW, time_zone=time_zone)
    assert (left_over.words, left_over.day, left_over.clock_time) == (words, day, clock_time)


def test_the_day_on_which_somebody_asks_is_the_offices_too():
    # 22.30 in Jakarta is half past midnight of the last day in Jayapura.
    asked = datetime(2024, 11, 18, 15, 30, tzinfo=UTC)
    due = datetime(2024, 11, 19, 23, 59, 59, tzinfo=ZoneInfo("Asia/Jayapura"))
    assert deadline(due, at=asked, time_zone="Asia/Jayapura").words == "hari ini"


def test_the_end_of_a_day_needs_no_hour():
    due = datetime(2024, 11, 19, 23, 59, 59, tzinfo=ZoneInfo("Asia/Jayapura"))
    assert deadline(due, at=NOW, time_zone="Asia/Jayapura").clock_time == ""


def test_without_a_deadline_nothing_is_said():
    nothing = deadline(None, at=NOW, time_zone="Asia/Jakarta")
    assert (nothing.words, nothing.day, nothing.clock_time) == ("", None, "")


@given(st.floats(0, 1))
def test_the_machine_never_claims_certainty(probability):
    assert 1 <= percent(probability) <= 99
    assert "bukti" not in probability_word(probability)
    assert "pasti" not in probability_word(probability)


@pytest.mark.parametrize(("higher", "lower"), [(0.75, 0.74), (0.5, 0.49), (0.25, 0.24)])
def test_words_change_with_the_probability(higher, lower):
    assert probability_word(higher) != probability_word(lower)


def test_a_line_read_badly_is_doubtful():
    assert is_doubtful(0.79)
    assert not is_doubtful(0.80)
