"""Working-day arithmetic for legal deadlines in Indonesia."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from hashlib import sha256

from holidays import country_holidays
from holidays.constants import GOVERNMENT, PUBLIC

SATURDAY = 5
# Characters of a version people can compare at a glance.
VERSION_LENGTH = 12


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


def calendar_version(holidays: Iterable[date]) -> str:
    """A short name of a set of holidays: the same days give the same name, another day another one."""
    listed = "\n".join(day.isoformat() for day in sorted(holidays))
    return sha256(listed.encode()).hexdigest()[:VERSION_LENGTH]


def public_holidays(years: Iterable[int]) -> dict[date, str]:
    """National holidays by day, in Indonesian, as published or estimated by the `holidays` package."""
    return dict(country_holidays("ID", years=years, categories=(PUBLIC,), language="id"))


def joint_leave(years: Iterable[int]) -> dict[date, str]:
    """Cuti bersama (joint leave of government offices) by day, where the decree is known to the package."""
    return dict(country_holidays("ID", years=years, categories=(GOVERNMENT,), language="id"))
