"""Until when an act may be reported, counted from the day somebody came to know of it."""

from collections.abc import Collection
from datetime import date, timedelta

from regions.working_days import add_working_days
from rules.models import ElectionKind

# UU 7/2017 art. 454(5)-(6): seven working days. UU 1/2015 as amended by UU 10/2016, art. 134(4): seven days.
DAYS_TO_REPORT = 7


def last_day_to_report(known_on: date, election_kind: str, *, holidays: Collection[date]) -> date:
    """The last day for a report or finding known of since a day; `holidays` are those of the officers' calendar.

    Calendar days in a Pilkada and while the election is unknown, because the shorter of the two is the safe one.
    """
    if election_kind == ElectionKind.PEMILU:
        return add_working_days(known_on, DAYS_TO_REPORT, holidays)
    return known_on + timedelta(days=DAYS_TO_REPORT)
