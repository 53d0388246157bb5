"""The page of one picture: its lines with their boxes, where it is from, and every step that was taken with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from accounts.models import User
from accounts.roles import Permission
from cases.copies import Copy, copy_for, is_withheld, newest_masks, shown_lines
from cases.custody import CustodyStep, custody
from cases.models import Case, MaskedCopy, OpeningState
from cases.original_opening import openings_of, state_of
from cases.reading_again import can_be_read_again
from cases.wording import is_doubtful
from evidence.painting import ON_SIDE
from reports.models import Evidence, PreparationState

Pixels = tuple[int, int, int, int]


@dataclass(frozen=True)
class Line:
    """A line read from a picture; `percent` is how sure the reader is, `box` (left, top, width, height)."""

    number: int
    text: str
    percent: int
    is_doubtful: bool
    box: Pixels | None


@dataclass(frozen=True, kw_only=True)
class PicturePage:
    """What the page shows. `place` counts from 1 among the `count` pictures of its report.

    `turn` is how many degrees clockwise it is shown turned; `width`, `height` and boxes are those of what is shown.
    `shows_original_facts` is False for offices outside the case team: with the hash of an original, whoever searches a
    phone could prove that the report came from it. `copy_bytes` is None while there is no copy on disk.
    """

    evidence: Evidence
    is_viewable: bool
    is_withheld: bool
    turn: int
    next_turn: int
    width: int | None
    height: int | None
    lines: list[Line]
    place: int
    count: int
    before: Evidence | None
    after: Evidence | None
    copy: Copy
    copy_bytes: int | None
    mask: MaskedCopy | None
    custody: list[CustodyStep]
    shows_original_facts: bool
    may_mask: bool
    may_read_again: bool
    may_open_original: bool
    waits_for_second_person: bool


def picture_page(
    evidence: Evidence, case: Case, *, by: User, at: datetime, masked: bool = False, turn: int = 0
) -> PicturePage:
    """A picture as this person is shown it, with its neighbours in the report."""
    pictures = list(Evidence.objects.filter(report=evidence.report_id).in_order())
    place = pictures.index(evidence)
    copy = copy_for(evidence, by, masked=masked)
    withheld = is_withheld(evidence, case, by)
    is_viewable = evidence.state == PreparationState.READY and not withheld
    may_open = by.may(Permission.OPEN_ORIGINAL)
    return PicturePage(
        evidence=evidence,
        is_viewable=is_viewable,
        turn=turn,
        next_turn=(turn + 90) % 360,
        width=evidence.clean_height if turn in ON_SIDE else evidence.clean_width,
        height=evidence.clean_width if turn in ON_SIDE else evidence.clean_height,
        is_withheld=withheld,
        lines=[] if withheld else [_turned(line, turn, evidence) for line in picture_lines(evidence, copy.mask)],
        place=place + 1,
        count=len(pictures),
        before=pictures[place - 1] if place else None,
        after=pictures[place + 1] if place + 1 < len(pictures) else None,
        copy=copy,
        copy_bytes=_size(copy) if is_viewable else None,
        mask=newest_masks([evidence.pk]).get(evidence.pk),
        custody=custody(evidence, by=by),
        shows_original_facts=not by.powers.needs_sharing,
        may_mask=is_viewable and by.may(Permission.SHARE),
        may_read_again=can_be_read_again(evidence) and by.may(Permission.ASSESS),
        may_open_original=may_open,
        waits_for_second_person=may_open and _waits(evidence, case, at),
    )


def picture_lines(evidence: Evidence, mask: MaskedCopy | None = None) -> list[Line]:
    """The lines read from a picture that are shown with this mask."""
    return [_line(number, line) for number, line in enumerate(shown_lines(evidence, mask), start=1)]


def _line(number: int, line: Mapping[str, object]) -> Line:
    confidence = float(str(line["confidence"]))
    return Line(number, str(line["text"]), round(confidence * 100), is_doubtful(confidence), _box(line["box"]))


def _box(box: object) -> Pixels | None:
    if not isinstance(box, list) or len(box) != 4:
        return None
    left, top, right, bottom = (round(side) for side in box)
    return left, top, right - left, bottom - top


def _turned(line: Line, turn: int, evidence: Evidence) -> Line:
    if not turn or line.box is None:
        return line
    left, top, width, height = line.box
    right, bottom = (evidence.clean_width or 0) - left - width, (evidence.clean_height or 0) - top - height
    box = {90: (bottom, left, height, width), 180: (right, bottom, width, height), 270: (top, right, height, width)}
    return replace(line, box=box[turn])


def _size(copy: Copy) -> int | None:
    path = Path(settings.CLEAN_ROOT) / copy.name
    return path.stat().st_size if path.is_file() else None


def _waits(evidence: Evidence, case: Case, at: datetime) -> bool:
    return any(state_of(opening, at=at) == OpeningState.ASKED for opening in openings_of(evidence, case))
