import pytest
from PIL import Image, ImageDraw

from evidence.lines import ReadLine
from evidence.tilt import tilt_of


def page(turn):
    """Return a page of five lines of different length, turned counter-clockwise, and where its lines are then."""
    sheet = Image.new("RGB", (800, 1000), "white")
    lines = []
    for row, length in enumerate((500, 120, 360, 240, 440)):
        blank = Image.new("RGB", sheet.size, "white")
        for drawing in (ImageDraw.Draw(sheet), ImageDraw.Draw(blank)):
            for left in range(150, 150 + length, 14):
                drawing.rectangle((left, 300 + row * 80, left + 8, 320 + row * 80), fill="black")
        alone = blank.rotate(turn, fillcolor="white").convert("L").point(lambda value: 255 - value)
        lines.append(ReadLine("line", alone.getbbox(), 1.0))
    return sheet.rotate(turn, Image.Resampling.BICUBIC, fillcolor="white"), lines


@pytest.mark.parametrize("turn", [10, -10, 4, -2, 15])
def test_the_tilt_undoes_the_turn(turn):
    assert tilt_of(*page(turn)) == pytest.approx(-turn, abs=1)


def test_a_straight_page_has_none():
    assert tilt_of(*page(0)) == 0.0


def test_long_lines_in_large_letters_are_no_slope():
    picture, _ = page(0)
    lines = [ReadLine("line", (100, 100 * row, 100 + 120 * row, 100 * row + 12 * row), 1.0) for row in range(1, 6)]
    assert tilt_of(picture, lines) == 0.0


def test_too_few_lines_tell_nothing():
    picture, lines = page(10)
    assert tilt_of(picture, lines[:2]) == 0.0
    assert tilt_of(picture, []) == 0.0
