"""Until when an act may be reported, counted from the day somebody came to know of it."""

from datetime import date, timedelta
from functools import lru_cache

from regions.working_days import add_working_days, joint_leave, public_holidays
from rules.models import ElectionKind

# UU 7/2017 art. 454(5)-(6): seven working days. UU 1/2015 as amended by UU 10/2016, art. 134(4): seven days.
DAYS_TO_REPORT = 7


def last_day_to_report(known_on: date, election_kind: str) -> date:
    """The last day for a report or finding known of since a day.

    Calendar days in a Pilkada and while the election is unknown, because the shorter of the two is the safe one.
    """
    if election_kind == ElectionKind.PEMILU:
        return add_working_days(known_on, DAYS_TO_REPORT, _published(known_on.year))
    return known_on + timedelta(days=DAYS_TO_REPORT)


@lru_cache(maxsize=32)
def _published(year: int) -> frozenset[date]:
    """Holidays and joint leave as published: a hint while a form is filled in needs no calendar of the office."""
    years = (year, year + 1)
    return frozenset([*public_holidays(years), *joint_leave(years)])
