"""What holds of every deadline, whatever the calendar, the place and the hour."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cases.deadline_rules import Unit, read_rules
from cases.deadlines import Pause, due_at

ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2029, 12, 31))

clocks = st.sampled_from([clock for rows in read_rules().clocks.values() for clock in rows])
day_clocks = clocks.filter(lambda clock: clock.unit != Unit.HOURS)
zones = st.sampled_from(ZONES)
minutes = st.integers(min_value=0, max_value=5 * 365 * 24 * 60)
starts = minutes.map(lambda minute: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))
later_starts = st.timedeltas(timedelta(0), timedelta(days=40))
calendars = st.frozensets(DAYS, max_size=60)


@st.composite
def pauses(draw, start):
    """Up to three pauses after a start, in order."""
    found, day = [], start.date()
    for _number in range(draw(st.integers(0, 3))):
        since = day + timedelta(days=draw(st.integers(0, 9)))
        day = since + timedelta(days=draw(st.integers(0, 20)))
        found.append(Pause(since, day))
    return found


@given(clock=day_clocks, start=starts, zone=zones, holidays=calendars)
def test_it_ends_with_the_last_second_of_a_day_at_the_office(clock, start, zone, holidays):
    due = due_at(clock, start=start, time_zone=zone, holidays=holidays).astimezone(ZoneInfo(zone))
    assert (due.hour, due.minute, due.second) == (23, 59, 59)
    assert due > start


@given(clock=day_clocks, start=starts, zone=zones, holidays=calendars, extended=st.booleans())
def test_working_days_never_end_on_a_day_off(clock, start, zone, holidays, extended):
    clock = replace(clock, unit=Unit.WORKING_DAYS)
    day = due_at(clock, start=start, time_zone=zone, holidays=holidays, extended=extended)
    day = day.astimezone(ZoneInfo(zone)).date()
    assert day.weekday() < 5
    assert day not in holidays


@given(clock=clocks, start=starts, later=later_starts, zone=zones, holidays=calendars)
def test_what_starts_later_never_ends_earlier(clock, start, later, zone, holidays):
    first = due_at(clock, start=start, time_zone=zone, holidays=holidays)
    assert due_at(clock, start=start + later, time_zone=zone, holidays=holidays) >= first


@given(clock=clocks, start=starts, zone=zones, holidays=calendars)
def test_an_extension_never_shortens(clock, start, zone, holidays):
    plain = due_at(clock, start=start, time_zone=zone, holidays=holidays)
    extended = due_at(clock, start=start, time_zone=zone, holidays=holidays, extended=True)
    assert extended > plain if clock.extension else extended == plain


@given(data=st.data(), clock=clocks, start=starts, zone=zones, holidays=calendars)
def test_a_pause_never_shortens_and_a_longer_one_never_either(data, clock, start, zone, holidays):
    told = data.draw(pauses(start))
    plain = due_at(clock, start=start, time_zone=zone, holidays=holidays)
    paused = due_at(clock, start=start, time_zone=zone, holidays=holidays, pauses=told)
    assert paused >= plain
    longer = [*told[:-1], Pause(told[-1].since, told[-1].until + timedelta(days=3))] if told else told
    assert due_at(clock, start=start, time_zone=zone, holidays=holidays, pauses=longer) >= paused


@given(clock=clocks, start=starts, zone=zones, holidays=calendars, extra=DAYS)
def test_another_holiday_never_shortens(clock, start, zone, holidays, extra):
    plain = due_at(clock, start=start, time_zone=zone, holidays=holidays)
    assert due_at(clock, start=start, time_zone=zone, holidays=holidays | {extra}) >= plain


@given(clock=day_clocks, day=DAYS, hour=st.integers(0, 23), holidays=calendars)
def test_the_same_hour_on_the_wall_ends_on_the_same_date_in_every_zone(clock, day, hour, holidays):
    ends = set()
    for zone in ZONES:
        start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
        ends.add(due_at(clock, start=start, time_zone=zone, holidays=holidays).astimezone(ZoneInfo(zone)).date())
    assert len(ends) == 1
