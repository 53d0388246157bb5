from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from evidence.engines import paddle
from evidence.lines import ReadLine, cleaned
from evidence.rereading import MOST_LINES, reread

SCREEN = Path(__file__).parent / "images" / "facebook.png"


@pytest.fixture(scope="module")
def small():
    return paddle.load("faster-paddle/tiny+small").second


@pytest.fixture(scope="module")
def screen():
    return Image.open(SCREEN).convert("RGB")


@pytest.fixture(scope="module")
def lines(screen):
    """All lines as the fast engine finds them."""
    found = cleaned(paddle.load("faster-paddle/tiny").first.read(screen))
    return sorted(found, key=lambda line: line.box[1])


class Blind:
    """An engine that sees nothing and notes how large the sheets were it was given."""

    def __init__(self):
        self.sizes = []

    def read(self, picture):
        self.sizes.append(picture.size)
        return []


def long_ones(lines):
    return [place for place, line in enumerate(lines) if len(line.text) > 30]


def test_unsure_lines_are_read_again_and_keep_their_place_and_box(screen, lines, small):
    doubted = long_ones(lines)
    garbled = [
        replace(line, text="rnaju bersarna", confidence=0.4) if place in doubted else replace(line, confidence=1.0)
        for place, line in enumerate(lines)
    ]
    better = reread(screen, garbled, 0.0, small)
    assert [line.box for line in better] == [line.box for line in lines]
    for place, line in enumerate(better):
        assert line.text[:4] == lines[place].text[:4]
        assert line.confidence > (0.9 if place in doubted else 0.0)
    assert len(doubted) >= 3


def test_a_picture_without_unsure_lines_costs_nothing(screen, lines):
    engine = Blind()
    sure = [replace(line, confidence=0.99) for line in lines]
    assert reread(screen, sure, 0.0, engine) == sure
    assert engine.sizes == []


def test_icons_are_not_asked_about(screen):
    engine = Blind()
    icon = ReadLine("36", (10, 10, 60, 40), 0.3)
    assert reread(screen, [icon], 0.0, engine) == [icon]
    assert engine.sizes == []


def test_the_surer_reading_stays(screen, lines, small):
    place = long_ones(lines)[0]
    kept = replace(lines[place], text="what was there", confidence=0.92)
    blank = Image.new("RGB", screen.size, "white")
    assert reread(blank, [kept], 0.0, small) == [kept]


def test_a_picture_full_of_doubts_stays_one_small_sheet(screen, lines):
    engine = Blind()
    reread(screen, [replace(lines[long_ones(lines)[0]], confidence=0.5)] * 100, 0.0, engine)
    assert len(engine.sizes) == 1
    assert engine.sizes[0][1] <= MOST_LINES * 100


def test_a_sloping_line_is_straightened_before_it_is_read(screen, lines, small):
    turn = 8
    line = lines[long_ones(lines)[0]]
    mask = Image.new("L", screen.size)
    mask.paste(255, line.box)
    box = mask.rotate(turn, expand=True).getbbox()
    turned = screen.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    better = reread(turned, [ReadLine("unsure", box, 0.3)], -turn, small)
    assert better[0].text == line.text
