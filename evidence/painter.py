"""The child that draws on one clean copy: `evidence.painting` asks it by way of `evidence.children`.

A clean copy was written by another child that had touched hostile bytes, so it is decoded in confinement too.
The order is JSON: `{"kind": "watermark", "lines": [text, ...], "turn": degrees}`, `{"kind": "thumbnail", "side":
pixels}` or `{"kind": "mask", "boxes": [[left, top, right, bottom], ...]}`.
"""

import io
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image, ImageDraw, ImageFont, JpegImagePlugin, MpoImagePlugin, PngImagePlugin

from evidence.children import announce_and_read, answer
from evidence.decoder import JPEG_QUALITY, PNG_COMPRESS_LEVEL
from evidence.limits import MAX_PIXELS

# Imported before the confinement, for Pillow looks for them when it opens a file.
NEEDED_LATER = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin)
THUMBNAIL_QUALITY = 70
# Words of a small picture would still be read where it is not made smaller.
THUMBNAIL_SHRINKS = 4

# A letter of the watermark is a fortieth of the picture's width, within these limits (pixels).
LETTERS_PER_WIDTH = 40
SMALLEST_LETTER, LARGEST_LETTER = 11, 60
SLANT = 28
PIXELS_PER_RIM = 14
# Clockwise, as people say it; Pillow counts the other way.
TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
# Dark letters with a light rim: one of them shows on any ground, neither hides what is below.
INK, RIM = (0, 0, 0, 56), (255, 255, 255, 56)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Fonts = dict[int, Font]


def main() -> None:
    """Read a clean copy from standard input, write the drawn one to standard output."""
    order = json.loads(sys.argv[4])
    # The built-in font is read from Pillow's own code; once confined, no file can be opened.
    fonts: Fonts = {size: ImageFont.load_default(size) for size in range(SMALLEST_LETTER, LARGEST_LETTER + 1)}
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    data = announce_and_read()
    try:
        drawn = draw(data, order, fonts)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError):
        answer({"failed": True})
    else:
        answer({}, drawn)


def draw(data: bytes, order: Mapping[str, Any], fonts: Fonts) -> bytes:
    """Do what the order says to the picture; what is masked stays in its format, what is only looked at is a JPEG."""
    opened = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
    lossless = opened.format == "PNG" and order["kind"] == "mask"
    image = DRAWERS[order["kind"]](opened.convert("RGB"), order, fonts)
    output = io.BytesIO()
    if order["kind"] == "thumbnail":
        image.save(output, format="JPEG", quality=THUMBNAIL_QUALITY)
    elif lossless:
        image.save(output, format="PNG", compress_level=PNG_COMPRESS_LEVEL)
    else:
        image.save(output, format="JPEG", quality=JPEG_QUALITY, subsampling=0)
    return output.getvalue()


def _mask(image: Image.Image, order: Mapping[str, Any], fonts: Fonts) -> Image.Image:
    """Black rectangles; `right` and `bottom` are the first pixels outside."""
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in order["boxes"]:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))
    return image


def _thumbnail(image: Image.Image, order: Mapping[str, Any], fonts: Fonts) -> Image.Image:
    """The whole picture, or the top of a long one, at most `side` pixels and a quarter of its own wide and high."""
    top = image.crop((0, 0, image.width, min(image.height, image.width * 2)))
    side = max(min(order["side"], max(top.size) // THUMBNAIL_SHRINKS), 1)
    top.thumbnail((side, side))
    return top


def _watermark(image: Image.Image, order: Mapping[str, Any], fonts: Fonts) -> Image.Image:
    """The picture turned clockwise, the lines in a slanted pattern over all of it, each row shifted by half a stamp."""
    if turn := TURNS.get(order["turn"]):
        image = image.transpose(turn)
    size = min(max(image.width // LETTERS_PER_WIDTH, SMALLEST_LETTER), LARGEST_LETTER)
    stamp = _stamp(order["lines"], fonts[size], size)
    across, down = stamp.width + 2 * size, stamp.height + size
    for row in range(-(-image.height // down) + 1):
        shift = (row % 2) * across // 2
        for column in range(-(-image.width // across) + 1):
            image.paste(stamp, (column * across - shift, row * down - stamp.height // 3), stamp)
    return image


def _stamp(lines: list[str], font: Font, size: int) -> Image.Image:
    text, rim = "\n".join(lines), max(size // PIXELS_PER_RIM, 1)
    plain = Image.new("RGBA", (1, 1))
    left, top, right, bottom = ImageDraw.Draw(plain).multiline_textbbox((0, 0), text, font=font, stroke_width=rim)
    plain = Image.new("RGBA", (round(right - left) + size, round(bottom - top) + size), (128, 128, 128, 0))
    place = (size // 2 - left, size // 2 - top)
    ImageDraw.Draw(plain).multiline_text(
        place, text, font=font, fill=INK, stroke_width=rim, stroke_fill=RIM, align="center"
    )
    return plain.rotate(SLANT, expand=True, resample=Image.Resampling.BILINEAR, fillcolor=(128, 128, 128, 0))


DRAWERS: dict[str, Callable[[Image.Image, Mapping[str, Any], Fonts], Image.Image]] = {
    "mask": _mask,
    "thumbnail": _thumbnail,
    "watermark": _watermark,
}
