"""How a picture is put before an engine: cut when it is a long scroll shot, turned when it lies on its side.

The figures come from measurements with PP-OCRv6: upright pictures scored a confidence of 0.91 to 1.00,
wrongly turned ones 0.65 to 0.74; tiles of 2.2 times the width read best. Other preparation (inverting,
contrast) gave no gain.
"""

from dataclasses import dataclass, replace

from PIL import Image

from evidence.engines import Engine, Engines
from evidence.lines import (
    Box,
    ReadLine,
    cleaned,
    height,
    in_reading_order,
    mean_confidence,
    share_of_tall,
    without_doubles,
)
from evidence.rereading import reread
from evidence.tilt import tilt_of

UNSURE_BELOW = 0.80
MANY_TALL = 0.5
NEAR_TIE = 0.02
TRANSPOSES = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}
# Lines taller than wide lie on their side. Engines turn those counter-clockwise before they read them, so tall lines
# that read well tell which side it is. Lines of the usual shape that read badly are rather upside down.
TURNS_FOR_SURE_TALL_LINES = (90, 270, 180)
TURNS_FOR_TALL_LINES = (270, 90, 180)
TURNS_FOR_UNSURE_LINES = (180, 90, 270)
LONGEST_SIDE = 2400
# A scroll shot is higher than this many times its width; it is read in tiles that overlap.
SCROLL_RATIO = 2.8
TILE_RATIO = 2.2
TILE_OVERLAP = 0.12


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines in reading order, boxes in pixels of the picture as it was given.

    `turn` is how far the picture had to be turned counter-clockwise to be read: 0, 90, 180 or 270 degrees.
    """

    lines: tuple[ReadLine, ...]
    turn: int


def read_picture(picture: Image.Image, engines: Engines) -> Reading:
    """Read an RGB picture; when it reads badly as it is, turn it until it reads well and keep the best turn.

    The lines the first engine is unsure of are read again by the second, where there is one.
    """
    attempts = {0: _read_upright(picture, engines.first)}
    for turn in _turns_to_try(attempts[0]):
        if not all(_looks_turned(lines) for lines in attempts.values()):
            break
        attempts[turn] = _read_upright(_turned(picture, turn), engines.first)
    turn = _best_turn(attempts)
    upright, lines = _turned(picture, turn), attempts[turn]
    tilt = tilt_of(upright, lines)
    if engines.second:
        lines = reread(upright, lines, tilt, engines.second)
    ordered = in_reading_order(lines, tilt)
    return Reading(tuple(replace(line, box=_turned_back(line.box, turn, picture.size)) for line in ordered), turn)


def _turned(picture: Image.Image, turn: int) -> Image.Image:
    return picture.transpose(TRANSPOSES[turn]) if turn else picture


def _turns_to_try(lines: list[ReadLine]) -> tuple[int, ...]:
    if not _has_tall_lines(lines):
        return TURNS_FOR_UNSURE_LINES
    return TURNS_FOR_TALL_LINES if mean_confidence(lines) < UNSURE_BELOW else TURNS_FOR_SURE_TALL_LINES


def _looks_turned(lines: list[ReadLine]) -> bool:
    return bool(lines) and (mean_confidence(lines) < UNSURE_BELOW or _has_tall_lines(lines))


def _has_tall_lines(lines: list[ReadLine]) -> bool:
    return share_of_tall(lines) > MANY_TALL


def _best_turn(attempts: dict[int, list[ReadLine]]) -> int:
    """Return the turn read with the most confidence; of near ties the one with the fewest tall boxes."""
    best = max(mean_confidence(lines) for lines in attempts.values())
    near = [turn for turn, lines in attempts.items() if mean_confidence(lines) >= best - NEAR_TIE]
    return min(near, key=lambda turn: share_of_tall(attempts[turn]))


def _read_upright(picture: Image.Image, engine: Engine) -> list[ReadLine]:
    if picture.height > SCROLL_RATIO * picture.width:
        scale = min(1.0, LONGEST_SIDE / (TILE_RATIO * picture.width))
    else:
        scale = min(1.0, LONGEST_SIDE / max(picture.size))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    shown = picture if scale == 1.0 else picture.resize(size, Image.Resampling.LANCZOS)
    return [
        replace(line, box=_scaled_back(line.box, scale, picture.size))
        for line in cleaned(_read_in_tiles(shown, engine))
    ]


def _read_in_tiles(picture: Image.Image, engine: Engine) -> list[ReadLine]:
    """Read a scroll shot tile by tile, anything else at once."""
    if picture.height <= SCROLL_RATIO * picture.width:
        return engine.read(picture)
    tile = round(TILE_RATIO * picture.width)
    step = max(1, round(tile * (1 - TILE_OVERLAP)))
    found: list[ReadLine] = []
    for top in range(0, max(1, picture.height - (tile - step)), step):
        bottom = min(picture.height, top + tile)
        for line in engine.read(picture.crop((0, top, picture.width, bottom))):
            if not _is_cut(line, is_first=top == 0, is_last=bottom == picture.height, tile_height=bottom - top):
                left, line_top, right, line_bottom = line.box
                found.append(replace(line, box=(left, line_top + top, right, line_bottom + top)))
    return without_doubles(found)


def _is_cut(line: ReadLine, *, is_first: bool, is_last: bool, tile_height: int) -> bool:
    """Tell whether a line touches an edge where the next tile shows it whole."""
    margin = max(2, height(line.box) // 8)
    touches_top = line.box[1] < margin and not is_first
    return touches_top or (line.box[3] > tile_height - margin and not is_last)


def _scaled_back(box: Box, scale: float, size: tuple[int, int]) -> Box:
    left, top, right, bottom = (round(value / scale) for value in box)
    return max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)


def _turned_back(box: Box, turn: int, size: tuple[int, int]) -> Box:
    """Return a box of the turned picture in pixels of the picture before the turn, whose size is `size`."""
    left, top, right, bottom = box
    width, height = size
    return {
        0: box,
        90: (width - bottom, left, width - top, right),
        180: (width - right, height - bottom, width - left, height - top),
        270: (top, height - right, bottom, height - left),
    }[turn]
