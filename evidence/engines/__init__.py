"""Engines that find text in a picture, one adapter each, behind one protocol."""

from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from evidence.lines import ReadLine

# What `evidence.text` may ask for, and the module whose `load(name)` returns Engines. Only that one is imported.
ADAPTERS = {
    "faster-paddle/tiny+small": "evidence.engines.paddle",
    "faster-paddle/small": "evidence.engines.paddle",
    "faster-paddle/tiny": "evidence.engines.paddle",
    "rapidocr": "evidence.engines.rapid",
}


class Engine(Protocol):
    """A loaded engine. It must need no file, socket or new thread from its first picture on."""

    def read(self, picture: Image.Image) -> list[ReadLine]:
        """Return the lines found in an RGB picture, in any order, boxes in pixels of that picture."""


@dataclass(frozen=True, slots=True)
class Engines:
    """What a child reads with: an engine for the whole picture, and a better one for the lines it is unsure of."""

    first: Engine
    second: Engine | None = None
