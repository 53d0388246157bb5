"""How far the lines of a picture slope: photos of screens and scans are seldom held straight.

Boxes stand upright, so a sloping line gets a higher box the longer it is: that gives the angle without its sign. The
sign shows in the pixels: only when turned the right way do rows of letters and gaps fall apart sharply (the projection
profile of Postl, "Detection of linear oblique structures and skew scan in digitized documents", ICPR 1986).
"""

import itertools
import math
import statistics
from collections.abc import Sequence

from PIL import Image

from evidence.lines import ReadLine, height, width

# Below this a line stays within its own row.
LEAST_TILT = 1.0
MOST_TILT = 20.0
FINE_STEPS = (-1.0, -0.5, 0.0, 0.5, 1.0)
# Lines this many times as wide as high show a slope; pairs of them that differ this little in width do not.
WIDE = 2
FEWEST_PAIRS = 3
PROFILE_SIDE = 800


def tilt_of(picture: Image.Image, lines: Sequence[ReadLine]) -> float:
    """Return by how many degrees the picture must be turned counter-clockwise to straighten its lines.

    0.0 for straight pictures and where the lines tell nothing; between -21 and 21.
    """
    angle = _angle_of_boxes(lines)
    if not LEAST_TILT <= angle <= MOST_TILT:
        return 0.0
    grey = picture.convert("L")
    grey.thumbnail((PROFILE_SIDE, PROFILE_SIDE))
    side = max((0.0, angle, -angle), key=lambda turn: _sharpness(grey, turn))
    if side == 0.0:
        return 0.0
    return max((side + step for step in FINE_STEPS), key=lambda turn: _sharpness(grey, turn))


def _angle_of_boxes(lines: Sequence[ReadLine]) -> float:
    """Return the median slope between the boxes of wide lines, in degrees, without its sign."""
    sizes = [(width(line.box), height(line.box)) for line in lines if width(line.box) > WIDE * height(line.box)]
    slopes = [
        (second[1] - first[1]) / (second[0] - first[0])
        for place, first in enumerate(sizes)
        for second in sizes[place + 1 :]
        if abs(second[0] - first[0]) > WIDE * max(first[1], second[1])
    ]
    return math.degrees(math.atan(statistics.median(slopes))) if len(slopes) >= FEWEST_PAIRS else 0.0


def _sharpness(grey: Image.Image, turn: float) -> float:
    """Return how much neighbouring rows of the turned picture differ, leaving out its margins."""
    turned = grey.rotate(turn, Image.Resampling.BILINEAR)
    across, down = turned.width // 6, turned.height // 8
    inner = turned.crop((across, down, turned.width - across, turned.height - down))
    rows = inner.resize((1, max(1, inner.height)), Image.Resampling.BOX).tobytes()
    return float(sum((first - second) ** 2 for first, second in itertools.pairwise(rows)))
