"""What an app prints around a post is taken off the text of a screenshot before it is read."""

import re
from collections.abc import Set

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d")


def without_labels(text: str, labels: Set[str]) -> str:
    """The text with every line of labels and counters alone blanked; offsets stay what they were.

    A line without a single word is blanked when it counts something ("👍❤ 9.684"); one of emoji alone may be a
    comment and stays.
    """
    return "".join(_blank(line) if _is_label(line, labels) else line for line in text.splitlines(keepends=True))


def _is_label(line: str, labels: Set[str]) -> bool:
    words = _WORD.findall(line.lower())
    if not words:
        return _NUMBER.search(line) is not None
    return all(word in labels for word in words)


def _blank(line: str) -> str:
    return "".join(sign if sign in "\r\n" else " " for sign in line)
