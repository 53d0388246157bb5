"""Working-day arithmetic for legal deadlines in Indonesia."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays
from holidays.constants import GOVERNMENT, PUBLIC

SATURDAY = 5
# A deadline of a few weeks never reaches beyond the next year.
YEARS_AHEAD = 1


def add_working_days(start: date, days: int, holidays: Collection[date]) -> date:
    """The last day of a period of `days` working days; the start day itself does not count.

    Saturdays, Sundays and `holidays` are no working days. Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError(f"a period cannot have {days} days")
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in holidays:
            days -= 1
    return day


@lru_cache(maxsize=32)
def national_holidays(first_year: int) -> frozenset[date]:
    """National holidays and cuti bersama (joint leave of government offices) of a year and the next."""
    years = range(first_year, first_year + YEARS_AHEAD + 1)
    return frozenset(country_holidays("ID", years=years, categories=(PUBLIC, GOVERNMENT)))
