"""The campaign guard: many reports in one day about one person, or with one text or one picture. Pure.

It warns the people who read a case. It drops, delays and ranks nothing: a real scandal brings many honest reports, a
campaign many false ones, and only reading tells them apart.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from reports.models_likeness import AlikeKind

# A call to report somebody makes its round through chat groups within a day.
WINDOW = timedelta(hours=24)
# Two or three witnesses of one event report it on the same day; five seldom do without having talked.
FEWEST = 5
# Somebody who is reported every day anyway (a governor) is in a surge only at this many times the usual number.
TIMES_USUAL = 4
USUAL_OVER = timedelta(days=28)


@dataclass(frozen=True)
class Arrival:
    """A report, when it came, and in what it is like another one; one of the pair belongs to the case."""

    received_at: datetime
    kinds: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Surge:
    """Reports of one day, the case's own among them. Each count is a number of reports, never a measure of truth.

    `is_at_least`: there are so many alike that only the nearest were counted.
    """

    reports: int
    same_person: int
    same_text: int
    same_picture: int
    is_at_least: bool = False


def surge(own: Collection[Arrival], others: Mapping[UUID, Arrival]) -> Surge | None:
    """The fullest day around the case's own reports, when it is a surge; `others` by report."""
    everything = [*own, *others.values()]
    days = [_count(start, own, everything) for start in sorted({report.received_at for report in everything})]
    surges = [day for day in days if day]
    return max(surges, key=lambda day: day.reports, default=None)


def _count(start: datetime, own: Collection[Arrival], everything: Collection[Arrival]) -> Surge | None:
    """What the day that begins with an arrival brought; None without a report of the case or without a surge."""
    if not any(start <= report.received_at < start + WINDOW for report in own):
        return None
    day = [report for report in everything if start <= report.received_at < start + WINDOW]
    persons, texts, pictures = (sum(kind in report.kinds for report in day) for kind in _KINDS)
    if persons < max(FEWEST, TIMES_USUAL * _usual(start, everything)) and max(texts, pictures) < FEWEST:
        return None
    return Surge(reports=len(day), same_person=persons, same_text=texts, same_picture=pictures)


_KINDS = (AlikeKind.PERSON, AlikeKind.TEXT, AlikeKind.PICTURE)


def _usual(start: datetime, everything: Collection[Arrival]) -> float:
    """Reports about the person per day in the weeks before."""
    about = [report.received_at for report in everything if AlikeKind.PERSON in report.kinds]
    return sum(start - USUAL_OVER <= at < start for at in about) / USUAL_OVER.days
