"""Six years of deadlines counted by hand, in every time zone of the country."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from cases.deadline_rules import clock_for
from cases.deadlines import due_at
from regions.working_days import add_working_days, joint_leave, public_holidays

GOLDEN = yaml.safe_load(Path(__file__).with_name("golden_deadlines.yaml").read_text(encoding="utf-8"))
CLOSED = frozenset(date.fromisoformat(f"{year}-{day}") for year, facts in GOLDEN.items() for day in facts["closed"])
PERIODS = [period for facts in GOLDEN.values() for period in facts["periods"]]
STATUS_OF_LENGTH = {2: "kajian_awal", 7: "kajian"}


@pytest.mark.parametrize(("first", "length", "last"), PERIODS)
def test_working_days_end_on_the_day_counted_by_hand(first, length, last):
    assert add_working_days(first, length, CLOSED) == last


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
@pytest.mark.parametrize(("first", "length", "last"), PERIODS)
def test_a_pemilu_clock_ends_at_the_end_of_that_day_at_the_office(first, length, last, zone):
    clock, start = clock_for("pemilu", STATUS_OF_LENGTH[length]), datetime.combine(first, datetime.min.time())
    due = due_at(clock, start=start.replace(hour=10, tzinfo=ZoneInfo(zone)), time_zone=zone, holidays=CLOSED)
    assert due == datetime.combine(last, datetime.min.time()).replace(
        hour=23, minute=59, second=59, tzinfo=ZoneInfo(zone)
    )


@pytest.mark.parametrize("year", [year for year, facts in GOLDEN.items() if facts["known"]])
def test_the_published_calendar_is_the_one_counted_on(year):
    published = {*public_holidays([year]), *joint_leave([year])}
    assert {day for day in published if day.weekday() < 5} == {day for day in CLOSED if day.year == year}
