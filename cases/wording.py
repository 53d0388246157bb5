"""Numbers as words people can act on: how sure the machine is, how much time is left, how well a picture was read.

Pure: the clock comes in. No word here says that anything is proven; only a decision says that.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.deadlines import END_OF_DAY

# Below this the reader itself distrusts what it read and tries the picture turned; a person should look too.
DOUBTFUL_BELOW = 0.80
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def probability_word(probability: float) -> str:
    """How sure the machine is of a finding (0..1), in words that never pass a verdict."""
    if probability >= 0.75:
        return _("sangat mungkin")
    if probability >= 0.50:
        return _("mungkin")
    if probability >= 0.25:
        return _("kurang mungkin")
    return _("kecil kemungkinan")


def percent(probability: float) -> int:
    """A probability (0..1) as a whole percentage that never claims certainty: 1 to 99."""
    return min(99, max(1, round(probability * 100)))


@dataclass(frozen=True)
class Deadline:
    """What is left of a deadline, `due_at` in the office's zone. `tone` is late, soon or calm; words stand alone."""

    words: str
    tone: str
    due_at: datetime | None = None
    zone: str = ""

    @property
    def day(self) -> date | None:
        """The last day at the office; a template would turn the moment into the portal's own."""
        return self.due_at.date() if self.due_at else None

    @property
    def clock_time(self) -> str:
        """The time of that day there, with its zone; empty where the day's end is the deadline."""
        ends_a_day = self.due_at is None or self.due_at.time() == END_OF_DAY
        return "" if ends_a_day else f"{self.due_at:%H.%M} {self.zone}"


def deadline(due_at: datetime | None, *, at: datetime, time_zone: str) -> Deadline:
    """Time left until `due_at` in whole calendar days of the office's clock; empty words without a deadline."""
    if due_at is None:
        return Deadline("", "calm")
    here = ZoneInfo(time_zone)
    due_here = due_at.astimezone(here)
    words, tone = _left((due_here.date() - at.astimezone(here).date()).days, is_over=due_at < at)
    return Deadline(words, tone, due_here, zone_name(time_zone))


def zone_name(time_zone: str) -> str:
    """WIB, WITA or WIT."""
    return ZONE_NAMES.get(time_zone, time_zone)


def _left(days: int, *, is_over: bool) -> tuple[str, str]:
    """Words and tone for so many days."""
    if is_over:
        words = ngettext("lewat %(days)d hari", "lewat %(days)d hari", -days) % {"days": -days}
        return words if days else _("lewat hari ini"), "late"
    if days == 0:
        return _("hari ini"), "soon"
    if days == 1:
        return _("besok"), "soon"
    words = ngettext("%(days)d hari lagi", "%(days)d hari lagi", days) % {"days": days}
    return words, "soon" if days == 2 else "calm"


def is_doubtful(confidence: float) -> bool:
    """Whether a line read from a picture (confidence 0..1) should be compared with the picture."""
    return confidence < DOUBTFUL_BELOW
