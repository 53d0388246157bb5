"""Numbers as words people can act on: how sure the machine is, how much time is left, how well a picture was read.

Pure: the clock comes in. No word here says that anything is proven; only a decision says that.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Below this the reader itself distrusts what it read and tries the picture turned; a person should look too.
DOUBTFUL_BELOW = 0.80


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
    """What is left of a deadline. `tone` is late, soon or calm; the words stand without it."""

    words: str
    tone: str
    due_at: datetime | None = None


def deadline(due_at: datetime | None, *, at: datetime) -> Deadline:
    """Time left until `due_at` in whole calendar days of the office's clock; empty words without a deadline."""
    if due_at is None:
        return Deadline("", "calm")
    days = (timezone.localdate(due_at) - timezone.localdate(at)).days
    if due_at < at:
        words = ngettext("lewat %(days)d hari", "lewat %(days)d hari", -days) % {"days": -days}
        return Deadline(words if days else _("lewat hari ini"), "late", due_at)
    if days == 0:
        return Deadline(_("hari ini"), "soon", due_at)
    if days == 1:
        return Deadline(_("besok"), "soon", due_at)
    words = ngettext("%(days)d hari lagi", "%(days)d hari lagi", days) % {"days": days}
    return Deadline(words, "soon" if days == 2 else "calm", due_at)


def is_doubtful(confidence: float) -> bool:
    """Whether a line read from a picture (confidence 0..1) should be compared with the picture."""
    return confidence < DOUBTFUL_BELOW
