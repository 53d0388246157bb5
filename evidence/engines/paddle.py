"""faster-paddle (MIT): PP-OCRv6 models `tiny` and `small` inside its wheel, nothing is fetched."""

import io
from typing import Any

from faster_paddle import OcrEngine
from PIL import Image

from evidence.engines import Engine
from evidence.lines import ReadLine


class PaddleEngine:
    """One loaded model; one thread, since each worker has one core."""

    def __init__(self, model: str) -> None:
        self._engine = OcrEngine(model_size=model, threads=1)

    def read(self, picture: Image.Image) -> list[ReadLine]:
        """Return the lines found in an RGB picture."""
        # A bitmap of our own making: the engine's decoder never sees a byte that somebody sent.
        bitmap = io.BytesIO()
        picture.save(bitmap, format="BMP")
        found = self._engine.ocr(bitmap.getvalue())
        return [_line(bound) for bound in found["bounds"].values()]


def load(name: str) -> Engine:
    """Return the engine called `faster-paddle/<model>`."""
    return PaddleEngine(name.partition("/")[2])


def _line(bound: dict[str, Any]) -> ReadLine:
    left, top = bound["topLeftCoord"]
    right, bottom = bound["bottomRightCoord"]
    return ReadLine(bound["text"], (int(left), int(top), int(right), int(bottom)), float(bound["confidence"]))
