"""Each rule of the deadlines against days counted by hand, and against a second counter that walks the calendar."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from cases.deadline_rules import Starts, Unit, read_rules
from cases.deadlines import Pause, due_at

FOLDER = Path(__file__).parent
GOLDEN = yaml.safe_load((FOLDER / "golden_rules.yaml").read_text(encoding="utf-8"))
CALENDAR = yaml.safe_load((FOLDER / "golden_deadlines.yaml").read_text(encoding="utf-8"))
CLOSED = frozenset(date.fromisoformat(f"{year}-{day}") for year, facts in CALENDAR.items() for day in facts["closed"])
CLOCKS = {(str(kind), clock.name): clock for kind, rows in read_rules().clocks.items() for clock in rows}
ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)
ROWS = pytest.mark.parametrize(("kind", "name", "start", "how", "last"), GOLDEN["days"])


def at_office(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def rule(kind, name, how):
    clock = CLOCKS[kind, name]
    return replace(clock, starts=Starts(how["starts"])) if "starts" in how else clock


def counted(clock, first, *, extended=False, pauses=()):
    """The last day, by walking the calendar: no arithmetic of the product is used."""
    left = clock.length + (clock.extension if extended else 0)
    day = first if clock.starts == Starts.SAME_DAY else first + DAY
    while True:
        stands_still = any(since < day <= until for since, until in pauses)
        is_off = clock.unit == Unit.WORKING_DAYS and (day.isoweekday() > 5 or day in CLOSED)
        left -= not stands_still and not is_off
        if left == 0:
            return day
        day += DAY


def due(clock, start, zone, *, extended=False, pauses=()):
    told = [Pause(since, until) for since, until in pauses]
    return due_at(clock, start=start, time_zone=zone, holidays=CLOSED, extended=extended, pauses=told)


@pytest.mark.parametrize("zone", ZONES)
@ROWS
def test_days_end_where_they_were_counted_to_by_hand(kind, name, start, how, last, zone):
    more = {key: value for key, value in how.items() if key != "starts"}
    end = due(rule(kind, name, how), at_office(start, zone), zone, **more)
    assert end == datetime.combine(last, LAST_SECOND, ZoneInfo(zone))


@ROWS
def test_the_second_counter_agrees_with_the_hand(kind, name, start, how, last):
    more = {key: value for key, value in how.items() if key != "starts"}
    assert counted(rule(kind, name, how), datetime.fromisoformat(start).date(), **more) == last


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("kind", "name", "start", "how", "end"), GOLDEN["hours"])
def test_hours_run_from_the_moment_through_nights_and_holidays(kind, name, start, how, end, zone):
    assert due(rule(kind, name, how), at_office(start, zone), zone) == at_office(end, zone)


@pytest.mark.parametrize(("kind", "name", "moment", "last_days"), GOLDEN["moments"])
def test_the_day_it_starts_on_is_the_day_at_the_office(kind, name, moment, last_days):
    start = datetime.fromisoformat(moment)
    ends = [due(CLOCKS[kind, name], start, zone).astimezone(ZoneInfo(zone)) for zone in ZONES]
    assert [end.date() for end in ends] == last_days
    assert {end.time() for end in ends} == {LAST_SECOND}


def test_every_rule_each_way_it_can_run_and_every_year_is_in_the_table():
    rows = [(row[0], row[1], frozenset(row[3])) for row in [*GOLDEN["days"], *GOLDEN["hours"]]]
    wanted = {(*key, frozenset()) for key in CLOCKS}
    wanted |= {(*key, frozenset({"extended"})) for key, clock in CLOCKS.items() if clock.extension}
    wanted |= {(*key, frozenset({"pauses"})) for key, clock in CLOCKS.items() if clock.pauses_in}
    assert wanted <= set(rows)
    assert {CLOCKS[row[:2]].unit for row in rows} == set(Unit)
    assert {datetime.fromisoformat(row[2]).year for row in GOLDEN["days"]} == set(CALENDAR) == set(range(2024, 2030))


@pytest.mark.parametrize("key", [key for key, clock in CLOCKS.items() if clock.unit != Unit.HOURS])
def test_from_every_day_of_six_years_both_counters_say_the_same(key):
    clock, first = CLOCKS[key], date(2024, 1, 1)
    while first < date(2029, 12, 1):
        zone, length = ZONES[first.toordinal() % 3], first.toordinal() % 5
        more = {"extended": first.toordinal() % 2 == 1, "pauses": [(first + 2 * DAY, first + (2 + length) * DAY)]}
        start = datetime.combine(first, time(first.toordinal() % 24), ZoneInfo(zone))
        assert due(clock, start, zone, **more) == datetime.combine(
            counted(clock, first, **more), LAST_SECOND, ZoneInfo(zone)
        ), first
        first += DAY
