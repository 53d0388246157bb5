"""The page of openings of one original: who asked, who may agree, what can be downloaded."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cases.models import Case, OpeningState, Original, OriginalOpening
from cases.original_opening import AGREED_WITHIN, TAKEN_WITHIN, agreeing_refusal, openings_of, state_of

UNDER_WAY = frozenset({OpeningState.ASKED, OpeningState.AGREED, OpeningState.READY})


@dataclass(frozen=True, kw_only=True)
class OpeningSheet:
    """One opening. `until` is when it lapses, None where it has ended; `why_not` says why this person cannot agree."""

    opening: OriginalOpening
    label: str
    until: datetime | None
    may_agree: bool
    may_take: bool
    is_being_packed: bool
    why_not: str


@dataclass(frozen=True)
class OpeningPage:
    """Every opening of an original, newest first; `may_ask` while this person has none under way."""

    sheets: list[OpeningSheet]
    may_ask: bool


def opening_page(original: Original, case: Case, *, by: User, at: datetime) -> OpeningPage:
    """What this person sees of the openings of an original and may do about them."""
    openings = openings_of(original, case)
    own = [opening for opening in openings if opening.asked_by_id == by.pk]
    return OpeningPage(
        sheets=[_sheet(opening, by, at) for opening in openings],
        may_ask=not any(state_of(opening, at=at) in UNDER_WAY for opening in own),
    )


def _sheet(opening: OriginalOpening, by: User, at: datetime) -> OpeningSheet:
    state = state_of(opening, at=at)
    refusal = agreeing_refusal(opening, by=by, at=at)
    is_asked = state == OpeningState.ASKED
    return OpeningSheet(
        opening=opening,
        label=str(state.label),
        until=_until(opening, state),
        may_agree=refusal is None,
        may_take=state == OpeningState.READY and opening.asked_by_id == by.pk,
        is_being_packed=state == OpeningState.AGREED,
        why_not=(refusal or "") if is_asked else "",
    )


def _until(opening: OriginalOpening, state: OpeningState) -> datetime | None:
    if state == OpeningState.READY and opening.packed_at:
        return opening.packed_at + TAKEN_WITHIN
    if state in UNDER_WAY:
        return (opening.agreed_at or opening.asked_at) + AGREED_WITHIN
    return None
