"""What goes into the engine and what comes out: plain, frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Source = Literal["report", "screenshot"]

VIOLATIONS = (
    "SOCMED_ENGAGE",
    "SOCMED_CAMPAIGN",
    "PHOTO",
    "PROPS",
    "ATTEND_DECLARATION",
    "PARTY_EVENT",
    "COMMITTEE",
    "ATTRIBUTES",
    "STATE_FACILITY",
    "MOBILISE",
    "APPEAL",
    "DECISION",
    "KTP_SUPPORT",
    "SELF_CANDIDACY",
    "PARTY_MEMBER",
    "SPOUSE",
)
NOT_ASN, NEUTRAL, OFFTOPIC = "NONE_NOT_ASN", "NONE_NEUTRAL", "NONE_OFFTOPIC"
LABELS = (*VIOLATIONS, NOT_ASN, NEUTRAL, OFFTOPIC)


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account of one act: the words of the form, the words read from the screenshots, and the facts given.

    `stage` is `bakal_calon`, `calon` or `unknown`; `event_kind` is `pemilu`, `pilkada` or empty; `province` is a name.
    """

    text: str
    screenshot_text: str = ""
    act_date: date | None = None
    office: str = ""
    platform: str = ""
    province: str = ""
    stage: str = "unknown"
    event_kind: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that made the engine think so; `start` and `end` are character offsets into the original text."""

    source: Source
    start: int
    end: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One answer. `rule` is the catalogue row (None for NONE_*), `also` other rows the same act may fall under."""

    label: str
    rule: str | None
    probability: float
    spans: tuple[Span, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """Which catalogue, lexicon and weights an opinion was made with (short content hashes).

    `second` is the word model's, empty where it was not asked.
    """

    catalogue: str
    lexicon: str
    model: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The machine's opinion: every answer, most probable first. `abstained` asks for a person without a hint.

    `second` is what the word model thinks, by label; None where it was not asked.
    """

    stage: str
    ranked: tuple[Ranked, ...]
    abstained: bool
    versions: Versions = field(default=Versions("", "", ""))
    second: Mapping[str, float] | None = None
