"""Lines of text found in a picture: cleaning, order, doubles. Pure functions."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

Box = tuple[int, int, int, int]

# The models were trained on Chinese first: emoji and icons come out as stray CJK characters. Nobody writes
# them here.
CJK = re.compile(r"[\u2e80-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
# The models drop the space beside a middle dot, and where an emoji stood after an exclamation or question mark.
GLUED = re.compile(r"\s*([·•])\s*|(?<=[!?])(?=[A-Z])")
# Full-width punctuation and digits for the ordinary ones, by their fixed distance in Unicode.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
MOST_OVERLAP_OF_TWO_LINES = 0.5


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of text. `box` = left, top, right, bottom in pixels of the picture; `confidence` from 0 to 1."""

    text: str
    box: Box
    confidence: float


def cleaned(lines: Iterable[ReadLine]) -> list[ReadLine]:
    """Return the lines without CJK junk and control characters; lines with nothing left are dropped."""
    tidy = (replace(line, text=clean_text(line.text)) for line in lines)
    return [line for line in tidy if line.text]


def clean_text(text: str) -> str:
    """Return `text` on one line, full-width characters made ordinary, CJK and control characters removed."""
    text = CJK.sub("", CONTROL.sub(" ", text.translate(FULL_WIDTH)))
    text = GLUED.sub(lambda found: f" {found[1] or ''} ", text)
    return " ".join(text.split())


def in_reading_order(lines: Iterable[ReadLine], tilt: float = 0.0) -> list[ReadLine]:
    """Return the lines row by row from the top, each row from the left.

    `tilt` is how many degrees counter-clockwise the picture would have to be turned to straighten its lines; rows
    are followed along that slope.
    """
    placed = sorted(((_place(line.box, tilt), line) for line in lines), key=lambda entry: entry[0])
    rows: list[list[tuple[_Place, ReadLine]]] = []
    for place, line in placed:
        if rows and _is_same_row(rows[-1][0][0], place):
            rows[-1].append((place, line))
        else:
            rows.append([(place, line)])
    return [line for row in rows for _, line in sorted(row, key=lambda entry: entry[0].left)]


def without_doubles(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Return the lines without those that lie on one already kept; the surer reading of two is kept."""
    kept: list[ReadLine] = []
    for line in sorted(lines, key=lambda line: line.confidence * len(line.text), reverse=True):
        if all(_overlap(line.box, other.box) < MOST_OVERLAP_OF_TWO_LINES for other in kept):
            kept.append(line)
    return kept


def mean_confidence(lines: Sequence[ReadLine]) -> float:
    """Return the mean confidence weighted by characters, 0.0 without lines."""
    characters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / characters if characters else 0.0


def share_of_tall(lines: Sequence[ReadLine]) -> float:
    """Return the share of lines whose box is taller than wide: letters on their side. 0.0 without lines."""
    return sum(height(line.box) > width(line.box) for line in lines) / len(lines) if lines else 0.0


def width(box: Box) -> int:
    """Return the width of a box in pixels."""
    return box[2] - box[0]


def height(box: Box) -> int:
    """Return the height of a box in pixels."""
    return box[3] - box[1]


def upright_size(box: Box, tilt: float) -> tuple[int, int]:
    """Return width and height of a line sloping by `tilt` degrees (less than 45) whose upright box is `box`."""
    across, down = math.cos(math.radians(tilt)), abs(math.sin(math.radians(tilt)))
    shrink = across**2 - down**2
    length = (width(box) * across - height(box) * down) / shrink
    return max(1, round(length)), max(1, round((height(box) * across - width(box) * down) / shrink))


class _Place(NamedTuple):
    """Where a line is once the picture is straightened; sorts from the top."""

    middle: float
    left: float
    height: int


def _place(box: Box, tilt: float) -> _Place:
    across, down = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    length, high = upright_size(box, tilt)
    return _Place(y * across - x * down, x * across + y * down - length / 2, high)


def _is_same_row(first: _Place, place: _Place) -> bool:
    return abs(first.middle - place.middle) < min(first.height, place.height) / 2


def _overlap(first: Box, second: Box) -> float:
    """Return the shared area as a share of the smaller box."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    smaller = min(width(first) * height(first), width(second) * height(second))
    return across * down / smaller if across > 0 and down > 0 and smaller > 0 else 0.0
