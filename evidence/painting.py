"""What is made from a clean copy: watermarked, masked, small. Drawn in a limited child, proven clean in the parent."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evidence.children import ChildFailed, ask
from evidence.digests import sha256_hex
from evidence.formats import png
from evidence.images import assert_clean
from evidence.limits import DECODER_LIMITS
from evidence.refusals import UnsafeImage

Rectangle = tuple[int, int, int, int]

# Phones code JPEGs in blocks of 16 x 16 pixels (8 x 8 for brightness, colour at half size): what stood in a block
# can be guessed from any pixel left of it.
BLOCK = 16
MOST_BOXES = 200
# From this few pixels a face or a poster is known again, the words of a screenshot are not.
THUMBNAIL_SIDE = 160
LONGEST_LINE = 120
ON_SIDE = frozenset({90, 270})


class PaintingFailed(RuntimeError):
    """The child could not draw on these bytes; nothing was made."""


class BoxesRefused(ValueError):
    """No box, too many, or one without a pixel of the picture in it; that one is `outside`."""

    def __init__(self, words: str, *, outside: Rectangle | None = None) -> None:
        super().__init__(words)
        self.outside = outside


@dataclass(frozen=True, slots=True)
class Painted:
    """A picture of nothing but pixels, width and height in pixels, `sha256` of `data` in hexadecimal."""

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    sha256: str


def watermark(clean: bytes, lines: Sequence[str], *, turn: int = 0) -> Painted:
    """Return the picture as a JPEG of the same size with the lines of text in a slanted pattern over all of it.

    `turn` is 0, 90, 180 or 270 degrees clockwise; on its side, width and height change places.
    Raises PaintingFailed, or children.ChildUnavailable (try again later).
    """
    order = {"kind": "watermark", "lines": [line[:LONGEST_LINE] for line in lines], "turn": turn}
    return _painted(clean, order, on_side=turn in ON_SIDE)


def mask(clean: bytes, boxes: Iterable[Rectangle]) -> Painted:
    """Return the picture in its format with black boxes (see whole_blocks()); every pixel in them is gone.

    Raises PaintingFailed, or children.ChildUnavailable (try again later).
    """
    return _painted(clean, {"kind": "mask", "boxes": list(boxes)})


def thumbnail(clean: bytes) -> Painted:
    """Return a JPEG of at most THUMBNAIL_SIDE pixels and a quarter of the picture on each side; of a long one its top.

    Raises PaintingFailed, or children.ChildUnavailable (try again later).
    """
    return _painted(clean, {"kind": "thumbnail", "side": THUMBNAIL_SIDE}, same_size=False)


def whole_blocks(boxes: Iterable[Rectangle], *, width: int, height: int) -> list[Rectangle]:
    """Return boxes (left, top, right, bottom; the last two outside) grown to whole blocks and cut at the edges.

    Raises BoxesRefused for none, for more than MOST_BOXES and for one without a pixel of the picture in it.
    """
    grown = list(dict.fromkeys(_whole_blocks(box, width, height) for box in boxes))
    if not 0 < len(grown) <= MOST_BOXES:
        raise BoxesRefused(f"{len(grown)} boxes")
    return grown


def _whole_blocks(box: Rectangle, width: int, height: int) -> Rectangle:
    left, top, right, bottom = max(box[0], 0), max(box[1], 0), min(box[2], width), min(box[3], height)
    # Left out without a word, it would leave readable what somebody meant to hide.
    if left >= right or top >= bottom:
        raise BoxesRefused(f"{box} hides nothing of {width} x {height} pixels", outside=box)
    return (
        left // BLOCK * BLOCK,
        top // BLOCK * BLOCK,
        min(-(-right // BLOCK) * BLOCK, width),
        min(-(-bottom // BLOCK) * BLOCK, height),
    )


def _painted(clean: bytes, order: dict[str, object], *, same_size: bool = True, on_side: bool = False) -> Painted:
    try:
        size = assert_clean(clean)
        drawn = ask("evidence.painter", json.dumps(order), data=clean, limits=DECODER_LIMITS).payload
        width, height = assert_clean(drawn)
    except (ChildFailed, UnsafeImage) as error:
        raise PaintingFailed(str(error)) from error
    if same_size and (width, height) != (size[::-1] if on_side else size):
        raise PaintingFailed("The child changed the size of the picture.")
    media_type = "image/png" if drawn.startswith(png.MAGIC) else "image/jpeg"
    return Painted(drawn, media_type, width, height, sha256_hex(drawn))
