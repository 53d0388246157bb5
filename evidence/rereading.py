"""Reading again, with a better model, only the lines the fast one was unsure of.

Most of a model's time goes into finding lines in a large picture. The lines are found already, so the unsure ones are
cut out, straightened and put one below the other on a small sheet: that costs a tenth of reading the whole picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from evidence.engines import Engine
from evidence.lines import Box, ReadLine, cleaned, mean_confidence, upright_size

UNSURE_BELOW = 0.93
# Icons, and counts beside them, have no letters: nobody trusts those, however they are read.
FEWEST_LETTERS = 3
MOST_LINES = 12
# Height of a line on the sheet in pixels. The models scale it to 48; finding it again costs by the pixel.
LINE_HEIGHT = 36
MARGIN = 0.25
GAP = 16
WIDEST = 1536


@dataclass(frozen=True, slots=True)
class _Strip:
    line: int
    picture: Image.Image


def reread(picture: Image.Image, lines: Sequence[ReadLine], tilt: float, engine: Engine) -> list[ReadLine]:
    """Return the lines, the unsure ones as `engine` reads them where it is surer; boxes stay as they were.

    `tilt` is what `tilt.tilt_of` says about this picture.
    """
    strips = [_Strip(place, _straightened(picture, lines[place].box, tilt)) for place in _unsure(lines)]
    better = list(lines)
    if strips:
        for place, text, confidence in _read_strips(strips, engine):
            if confidence > lines[place].confidence:
                better[place] = replace(lines[place], text=text, confidence=confidence)
    return better


def _unsure(lines: Sequence[ReadLine]) -> list[int]:
    """Return the places of unsure lines worth another look, the least sure first when there are too many."""
    places = [
        place
        for place, line in enumerate(lines)
        if line.confidence < UNSURE_BELOW and sum(map(str.isalpha, line.text)) >= FEWEST_LETTERS
    ]
    return sorted(places, key=lambda place: lines[place].confidence)[:MOST_LINES]


def _straightened(picture: Image.Image, box: Box, tilt: float) -> Image.Image:
    """Cut a line out with some margin, turn it level and make it LINE_HEIGHT high, margins included."""
    across, down = upright_size(box, tilt)
    margin = round(down * MARGIN)
    cut = picture.crop((box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin))
    if tilt:
        cut = cut.rotate(tilt, Image.Resampling.BICUBIC)
        left, top = (cut.width - across) // 2 - margin, (cut.height - down) // 2 - margin
        cut = cut.crop((left, top, left + across + 2 * margin, top + down + 2 * margin))
    scale = min(LINE_HEIGHT * (1 + 2 * MARGIN) / cut.height, WIDEST / cut.width)
    return cut.resize((max(1, round(cut.width * scale)), max(1, round(cut.height * scale))), Image.Resampling.BICUBIC)


def _read_strips(strips: Sequence[_Strip], engine: Engine) -> list[tuple[int, str, float]]:
    """Return the line a strip belongs to, its text and confidence, for each strip in which something was read."""
    sheet = Image.new("RGB", (max(s.picture.width for s in strips), sum(s.picture.height + GAP for s in strips)))
    tops = []
    top = 0
    for strip in strips:
        sheet.paste(strip.picture, (0, top))
        tops.append(top)
        top += strip.picture.height + GAP
    found = cleaned(engine.read(sheet))
    read = []
    for strip, top in zip(strips, tops, strict=True):
        edge = strip.picture.height * MARGIN / (1 + 2 * MARGIN)
        inside = [p for p in found if top + edge <= (p.box[1] + p.box[3]) / 2 <= top + strip.picture.height - edge]
        if inside:
            inside.sort(key=lambda part: part.box[0])
            read.append((strip.line, " ".join(part.text for part in inside), mean_confidence(inside)))
    return read
