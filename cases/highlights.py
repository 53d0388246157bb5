"""Which words of a text made the machine think what it thinks. Pure: text and spans in, segments out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """Characters `start` up to `end` (exclusive) of a text, and why they matter."""

    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Segment:
    """A stretch of text under one set of reasons; `reasons` are numbers into the list of reasons, empty for plain text.

    `ends` are the reasons whose words end here: that is where a reader expects the footnote.
    """

    text: str
    reasons: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True)
class HighlightedText:
    """A text cut into segments, and the reasons they refer to (numbered from 1)."""

    segments: tuple[Segment, ...]
    reasons: tuple[str, ...]


def locate(text: str, spans: Iterable[dict[str, object]]) -> list[Mark]:
    """Marks of a finding's spans in this text, in the order given; spans whose words are not in the text are left out.

    `spans` are `{"start": int, "end": int, "words": str, "why": str}`. Offsets count in the text the machine
    read, which joins all pictures of a report; where they do not fit this text, the words are looked for.
    """
    marks = []
    for span in spans:
        words, start = str(span["words"]), int(str(span["start"]))
        if text[start : start + len(words)] != words:
            start = text.casefold().find(words.casefold()) if len(text.casefold()) == len(text) else text.find(words)
        if words and start >= 0:
            marks.append(Mark(start, start + len(words), str(span["why"])))
    return marks


def highlight(text: str, marks: Sequence[Mark], *, known: Sequence[str] = ()) -> HighlightedText:
    """Cut a text at the edges of its marks; overlapping marks share the segment they overlap in.

    The segments joined are the text, whatever the marks. `known` are reasons already numbered elsewhere on the
    page, so that the same reason has the same number in every text.
    """
    inside = [Mark(max(mark.start, 0), min(mark.end, len(text)), mark.why) for mark in marks]
    inside = [mark for mark in inside if mark.start < mark.end]
    reasons = tuple(dict.fromkeys([*known, *(mark.why for mark in inside)]))
    edges = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    segments = []
    for start, end in pairwise(edges):
        covering = [mark for mark in inside if mark.start <= start and end <= mark.end]
        segments.append(
            Segment(
                text[start:end],
                _numbers(covering, reasons),
                _numbers([mark for mark in covering if mark.end == end], reasons),
            )
        )
    return HighlightedText(tuple(segments), reasons)


def _numbers(marks: Iterable[Mark], reasons: Sequence[str]) -> tuple[int, ...]:
    """The reasons of marks as numbers from 1, each once, ascending."""
    return tuple(sorted({reasons.index(mark.why) + 1 for mark in marks}))
