"""Text of a clean copy, read by an engine in a limited child process."""

import contextlib
import math
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
    ChildLimits,
)
from evidence.lines import Box, ReadLine, clean_text, height, mean_confidence, width

Kind = TypeVar("Kind")

Attempt = tuple[str, ChildLimits]
DEFAULT_ENGINE = "faster-paddle"
SECOND_READING: Attempt = ("faster-paddle/tiny", SECOND_READING_LIMITS)
# What is tried, in this order, until one gives an answer.
ATTEMPTS: dict[str, tuple[Attempt, ...]] = {
    "faster-paddle": (("faster-paddle/tiny+small", READER_LIMITS), SECOND_READING),
    "faster-paddle-small": (("faster-paddle/small", READER_LIMITS), SECOND_READING),
    "faster-paddle-tiny": (SECOND_READING,),
    "rapidocr": (("rapidocr", RAPIDOCR_LIMITS), SECOND_READING),
}
# What reads the whole picture once more when the answer is poor. Three times as slow; finds faint and tiny lines.
THOROUGH: dict[str, Attempt] = {"faster-paddle": ("faster-paddle/small", READER_LIMITS)}
TURNS = frozenset({0, 90, 180, 270})
# A reading is poor when it is unsure as a whole, when the letters are hardly higher than nine pixels, or when a
# picture this large should hold more text: dark and blurred photos read few lines, and those with confidence.
POOR_CONFIDENCE = 0.80
POOR_LINE_HEIGHT = 14
FEWEST_CHARACTERS_PER_MEGAPIXEL = 40


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

    `engine` is a key of ATTEMPTS, `faster-paddle` when None: the fast model reads, a better one reads its unsure
    lines again, and the whole picture when the answer is poor. After a failure the smallest model tries once more.
    Raises ReadingFailed, `refusals.UnsafeImage` when the bytes are not a clean copy, and
    `children.ChildUnavailable` when no child could be started (try again later).
    """
    size = assert_clean(image)
    started = time.monotonic()
    found = _first_answer(image, size, ATTEMPTS[engine or DEFAULT_ENGINE])
    thorough = THOROUGH.get(engine or DEFAULT_ENGINE)
    if thorough and _is_poor(found.lines, size):
        with contextlib.suppress(ChildFailed):
            found = max(found, _read_once(image, size, thorough), key=_sure_characters)
    return replace(found, seconds=time.monotonic() - started)


def _first_answer(image: bytes, size: tuple[int, int], attempts: Iterable[Attempt]) -> ReadText:
    failure = ReadingFailed(Failure.CRASHED)
    for attempt in attempts:
        try:
            return _read_once(image, size, attempt)
        except ChildFailed as error:
            failure = ReadingFailed(error.code)
    raise failure


def _read_once(image: bytes, size: tuple[int, int], attempt: Attempt) -> ReadText:
    name, limits = attempt
    facts = ask("evidence.reader", name, data=image, limits=limits).facts
    return ReadText(_checked_lines(facts.get("lines"), size), name, 0.0, _checked_turn(facts.get("turn")))


def _is_poor(lines: Sequence[ReadLine], size: tuple[int, int]) -> bool:
    characters = sum(len(line.text) for line in lines)
    if characters < FEWEST_CHARACTERS_PER_MEGAPIXEL * size[0] * size[1] / 1_000_000 or not lines:
        return True
    # The lower side: of lines on their side the width is what stands for the height of letters.
    line_height = statistics.median(min(width(line.box), height(line.box)) for line in lines)
    return line_height < POOR_LINE_HEIGHT or mean_confidence(lines) < POOR_CONFIDENCE


def _sure_characters(found: ReadText) -> float:
    return sum(line.confidence * len(line.text) for line in found.lines)


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
    left, top = min(max(left, 0), size[0]), min(max(top, 0), size[1])
    return left, top, min(max(right, left), size[0]), min(max(bottom, top), size[1])


def _checked(value: object, kind: type[Kind]) -> Kind:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("finite number expected")
    return value
