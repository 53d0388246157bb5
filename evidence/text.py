"""Text of a clean copy, read by an engine in a limited child process."""

import math
import time
from dataclasses import dataclass
from typing import Any, TypeVar

from evidence.children import ChildFailed, Failure, ask
from evidence.images import assert_clean
from evidence.limits import (
    MAX_LINE_CHARACTERS,
    MAX_LINES,
    MAX_TEXT_CHARACTERS,
    RAPIDOCR_LIMITS,
    READER_LIMITS,
    SECOND_READING_LIMITS,
)
from evidence.lines import Box, ReadLine, clean_text

Kind = TypeVar("Kind")

DEFAULT_ENGINE = "faster-paddle"
SECOND_READING = ("faster-paddle/tiny", SECOND_READING_LIMITS)
# What is tried, in this order, until one gives an answer.
ATTEMPTS = {
    "faster-paddle": (("faster-paddle/small", READER_LIMITS), SECOND_READING),
    "faster-paddle-tiny": (SECOND_READING,),
    "rapidocr": (("rapidocr", RAPIDOCR_LIMITS), SECOND_READING),
}
TURNS = frozenset({0, 90, 180, 270})


class ReadingFailed(RuntimeError):
    """No engine could read the picture; `code` (timeout, crashed, bad_output) is how the last one failed.

    The report stays as it is and a person reads the picture.
    """

    def __init__(self, code: Failure) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class ReadText:
    """Lines in reading order, boxes in pixels of the picture that was given. No lines means: no text seen.

    `engine` is the engine and model that answered, `seconds` the wall time of all attempts, `turn` how far
    the picture had to be turned counter-clockwise to be read (0, 90, 180 or 270 degrees).
    """

    lines: tuple[ReadLine, ...]
    engine: str
    seconds: float
    turn: int = 0

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


def read_text(image: bytes, *, engine: str | None = None) -> ReadText:
    """Read the text of a clean copy (`images.CleanImage.data`); never hand in what somebody uploaded.

    `engine` is a key of ATTEMPTS, `faster-paddle` when None. After a failure the smallest model tries once
    more. Raises ReadingFailed, `refusals.UnsafeImage` when the bytes are not a clean copy, and
    `children.ChildUnavailable` when no child could be started (try again later).
    """
    width, height = assert_clean(image)
    started = time.monotonic()
    failure = ReadingFailed(Failure.CRASHED)
    for name, limits in ATTEMPTS[engine or DEFAULT_ENGINE]:
        try:
            answer = ask("evidence.reader", name, data=image, limits=limits)
            lines = _checked_lines(answer.facts.get("lines"), (width, height))
            turn = _checked_turn(answer.facts.get("turn"))
        except ChildFailed as error:
            failure = ReadingFailed(error.code)
        else:
            return ReadText(lines, name, time.monotonic() - started, turn)
    raise failure


def _checked_turn(value: object) -> int:
    if not isinstance(value, int) or value not in TURNS:
        raise ChildFailed(Failure.BAD_OUTPUT)
    return value


def _checked_lines(value: object, size: tuple[int, int]) -> tuple[ReadLine, ...]:
    """Return believable lines, capped in number and length; raises ChildFailed for anything else."""
    if not isinstance(value, list):
        raise ChildFailed(Failure.BAD_OUTPUT)
    lines: list[ReadLine] = []
    characters = 0
    for item in value[:MAX_LINES]:
        line = _checked_line(item, size)
        characters += len(line.text)
        if characters > MAX_TEXT_CHARACTERS:
            break
        if line.text:
            lines.append(line)
    return tuple(lines)


def _checked_line(item: Any, size: tuple[int, int]) -> ReadLine:  # Any: decoded JSON of the child
    try:
        text, left, top, right, bottom, confidence = item
        return ReadLine(
            clean_text(_checked(text, str))[:MAX_LINE_CHARACTERS],
            _checked_box((left, top, right, bottom), size),
            min(1.0, max(0.0, _finite(_checked(confidence, float)))),
        )
    except (TypeError, ValueError) as error:
        raise ChildFailed(Failure.BAD_OUTPUT) from error


def _checked_box(box: Box, size: tuple[int, int]) -> Box:
    left, top, right, bottom = (_checked(side, int) for side in box)
    width, height = size
    left, top = min(max(left, 0), width), min(max(top, 0), height)
    return left, top, min(max(right, left), width), min(max(bottom, top), height)


def _checked(value: object, kind: type[Kind]) -> Kind:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("finite number expected")
    return value
