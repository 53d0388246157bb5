"""The campaign guard warns of many reports in one day, and of nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cases.surges import FEWEST, Arrival, Surge, surge
from tests.case_factories import MONDAY

HOUR = timedelta(hours=1)


def arrivals(*hours, kinds=("person",), start=MONDAY):
    return {uuid4(): Arrival(start + hour * HOUR, frozenset(kinds)) for hour in hours}


def own(*hours, kinds=("person",)):
    return list(arrivals(*hours, kinds=kinds).values())


def test_five_about_one_person_in_a_day_are_a_surge():
    assert surge(own(0), arrivals(1, 2, 3)) is None
    assert surge(own(0), arrivals(1, 2, 3, 4)) == Surge(reports=5, same_person=5, same_text=0, same_picture=0)


@pytest.mark.parametrize("kind", ["text", "picture"])
def test_five_with_one_text_or_picture_are_a_surge_whoever_they_name(kind):
    found = surge(own(0, kinds=["person", kind]), arrivals(1, 2, 3, 4, kinds=[kind]))
    assert (found.reports, found.same_person) == (5, 1)
    assert {found.same_text, found.same_picture} == {5, 0}


def test_a_report_alike_in_several_things_is_one_report():
    assert surge(own(0), arrivals(1, 2, 3, 4, kinds=["person", "text", "picture"])).reports == 5


def test_a_week_of_single_reports_is_no_surge():
    assert surge(own(0), arrivals(*range(25, 300, 25))) is None


def test_a_surge_long_before_this_report_does_not_mark_it():
    assert surge(own(0), arrivals(-100, -99, -98, -97, -96, -95)) is None


def test_the_day_may_begin_before_or_end_after_the_report():
    assert surge(own(0), arrivals(-20, -15, -10, -1)).reports == 5
    assert surge(own(0), arrivals(-20, -15, 10, 20)) is None


def test_whoever_is_reported_daily_is_in_a_surge_only_far_above_the_usual():
    daily = arrivals(*(-24 * day - hour for day in range(1, 29) for hour in (1, 2)))
    assert surge(own(0), daily | arrivals(*range(1, FEWEST))) is None
    assert surge(own(0), daily | arrivals(*range(1, 12))).reports >= 12


def test_several_reports_of_the_case_count_too():
    assert surge(own(0, 1, 2), arrivals(3, 4)).reports == 5


@pytest.mark.parametrize("kind", ["person", "text", "picture"])
def test_reports_of_the_case_count_only_for_what_they_are_alike_in(kind):
    found = surge(own(0, 1, kinds=[kind]) + own(2, kinds=["other"]), arrivals(3, 4, 5, kinds=[kind]))
    assert found.reports == 6
    counts = {"person": found.same_person, "text": found.same_text, "picture": found.same_picture}
    assert counts == {"person": 0, "text": 0, "picture": 0, kind: 5}


def test_a_report_alone_is_no_surge():
    assert surge(own(0), {}) is None
    assert surge([], {}) is None
