"""Text can be read in both modes: WCAG 2.2 contrast, computed from the stylesheet that is shipped."""

import re
from pathlib import Path

import pytest

STYLESHEET = Path(__file__).parents[2] / "static/css/site.css"
TEXT = 4.5  # 1.4.3 Contrast (Minimum), AA
SHAPE = 3.0  # 1.4.11 Non-text Contrast, AA

PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "sheet", TEXT),
    ("ink", "main-soft", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink", "danger-soft", TEXT),
    ("ink", "success-soft", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "sheet", TEXT),
    ("ink-soft", "main-soft", TEXT),
    ("main", "paper", TEXT),
    ("main", "sheet", TEXT),
    ("main", "main-soft", TEXT),
    ("main-strong", "main-soft", TEXT),
    ("on-main", "main", TEXT),
    ("on-main", "main-strong", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "sheet", TEXT),
    ("accent", "accent-soft", TEXT),
    ("accent", "main-soft", TEXT),
    ("danger", "paper", TEXT),
    ("danger", "sheet", TEXT),
    ("danger", "danger-soft", TEXT),
    ("on-danger", "danger", TEXT),
    ("success", "paper", TEXT),
    ("success", "success-soft", TEXT),
    ("on-slab", "slab", TEXT),
    ("on-slab-button", "slab-button", TEXT),
    ("line-strong", "paper", SHAPE),
    ("line-strong", "sheet", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "sheet", SHAPE),
]


def palettes() -> dict[str, dict[str, str]]:
    css = STYLESHEET.read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r":root\{([^}]*)\}", css) if "--ln-focus" in block]
    assert len(blocks) == 2
    light, dark = (dict(re.findall(r"--ln-([a-z-]+):\s*(#[0-9a-f]+)", block)) for block in blocks)
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_told_apart(mode, front, ground, least):
    palette = palettes()[mode]
    assert contrast(palette[front], palette[ground]) >= least


def test_black_on_white_is_the_known_ratio():
    assert contrast("#000", "#fff") == pytest.approx(21)
