"""Working days in Indonesia, cuti bersama included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.working_days import add_working_days, calendar_version, joint_leave, public_holidays

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))
lengths = st.integers(min_value=0, max_value=30)
holiday_sets = st.frozensets(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 6, 1)), max_size=30)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2026, 3, 13), 7, date(2026, 3, 31)),  # Nyepi, Idul Fitri 1447 H and their cuti bersama
        (date(2026, 3, 13), 2, date(2026, 3, 17)),
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
        (date(2024, 10, 14), 7, date(2024, 10, 23)),
        (date(2024, 10, 12), 1, date(2024, 10, 14)),  # received on a Saturday
        (date(2024, 12, 23), 3, date(2024, 12, 30)),  # Christmas and its cuti bersama on the 26th
        (date(2024, 12, 31), 1, date(2025, 1, 2)),  # over the turn of the year
        (date(2024, 4, 5), 1, date(2024, 4, 16)),  # Idul Fitri 1445 H
        (date(2024, 10, 14), 0, date(2024, 10, 14)),
    ],
)
def test_a_period_ends_on_the_day_of_the_calendar(start, length, end):
    years = [start.year, start.year + 1]
    assert add_working_days(start, length, {*public_holidays(years), *joint_leave(years)}) == end


def test_a_negative_period_is_refused():
    with pytest.raises(ValueError, match="-1 days"):
        add_working_days(date(2024, 1, 1), -1, [])


def test_cuti_bersama_is_told_from_a_national_holiday():
    assert date(2026, 3, 23) in joint_leave([2026])
    assert date(2026, 3, 23) not in public_holidays([2026])
    assert public_holidays([2026])[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"


@given(holidays=holiday_sets, extra=days)
def test_a_version_names_a_set_of_days_and_no_other(holidays, extra):
    assert calendar_version(holidays) == calendar_version(sorted(holidays, reverse=True))
    assert (calendar_version(holidays | {extra}) == calendar_version(holidays)) == (extra in holidays)


@given(start=days, length=lengths, holidays=holiday_sets)
def test_exactly_that_many_working_days_lie_after_the_start(start, length, holidays):
    end = add_working_days(start, length, holidays)
    passed = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    assert sum(day.weekday() < 5 and day not in holidays for day in passed) == length


@given(start=days, length=st.integers(min_value=1, max_value=30), holidays=holiday_sets)
def test_a_period_ends_on_a_working_day(start, length, holidays):
    end = add_working_days(start, length, holidays)
    assert end.weekday() < 5
    assert end not in holidays


@given(start=days, length=lengths, holidays=holiday_sets, extra=days)
def test_another_holiday_never_ends_a_period_earlier(start, length, holidays, extra):
    assert add_working_days(start, length, holidays | {extra}) >= add_working_days(start, length, holidays)
