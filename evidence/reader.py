"""The child that reads the text of one clean copy: `evidence.text` asks it by way of `evidence.children`."""

import importlib
import io
import sys

from PIL import Image

from evidence.children import announce_and_read, answer
from evidence.engines import ADAPTERS
from evidence.limits import MAX_PIXELS
from evidence.reading import read_picture


def main() -> None:
    """Read a clean PNG or JPEG from standard input, write lines with boxes to standard output."""
    name = sys.argv[4]
    engines = importlib.import_module(ADAPTERS[name]).load(name)
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    data = announce_and_read()
    picture = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]).convert("RGB")
    reading = read_picture(picture, engines)
    answer({"turn": reading.turn, "lines": [[line.text, *line.box, line.confidence] for line in reading.lines]})
