"""faster-paddle (MIT): PP-OCRv6 models `tiny` and `small` inside its wheel, nothing is fetched."""

import io
from typing import Any

from faster_paddle import OcrEngine
from PIL import Image

from evidence.engines import Engines
from evidence.lines import ReadLine

# The side finding lines scales pictures down to; letters are read from the picture as it is. A phone's screen loses no
# line by it, and pictures with smaller letters are read once more as a whole (`evidence.text`).
LONGEST_SIDE_SEARCHED = 1120


class PaddleEngine:
    """One loaded model; one thread, since each worker has one core."""

    def __init__(self, model: str, **sizes: int) -> None:
        self._engine = OcrEngine(model_size=model, threads=1, **sizes)

    def read(self, picture: Image.Image) -> list[ReadLine]:
        """Return the lines found in an RGB picture."""
        # A bitmap of our own making: the engine's decoder never sees a byte that somebody sent.
        bitmap = io.BytesIO()
        picture.save(bitmap, format="BMP")
        found = self._engine.ocr(bitmap.getvalue())
        return [_line(bound) for bound in found["bounds"].values()]


def load(name: str) -> Engines:
    """Return the engines called `faster-paddle/<model>` or `faster-paddle/<model>+<better model>`.

    Loading starts a thread, so the better model is loaded now even if no line turns out to need it.
    """
    first, _, second = name.partition("/")[2].partition("+")
    if not second:
        return Engines(PaddleEngine(first))
    # Lines on a sheet have their size already: enlarging the sheet would cost time and find no more.
    return Engines(PaddleEngine(first, det_max_side=LONGEST_SIDE_SEARCHED), PaddleEngine(second, det_min_side=0))


def _line(bound: dict[str, Any]) -> ReadLine:
    left, top = bound["topLeftCoord"]
    right, bottom = bound["bottomRightCoord"]
    return ReadLine(bound["text"], (int(left), int(top), int(right), int(bottom)), float(bound["confidence"]))
