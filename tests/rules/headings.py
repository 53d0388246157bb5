"""The order of the headings of a page, as a screen reader steps through them."""

import re

_HEADING = re.compile(r"<h([1-6])\b")


def headings_jump(html: str) -> list[tuple[int, int]]:
    """Pairs of headings that follow one another and leave a level out; empty for a page in order."""
    levels = [int(level) for level in _HEADING.findall(html)]
    return [(above, below) for above, below in zip([0, *levels], levels, strict=False) if below > above + 1]
