import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from evidence.children import Failure
from evidence.images import rebuild
from evidence.limits import READER_LIMITS, SECOND_READING_LIMITS
from evidence.refusals import UnsafeImage
from evidence.text import ATTEMPTS, THOROUGH, ReadingFailed, read_text
from tests.evidence import benchmark_reading, hostile
from tests.evidence.benchmark_reading import order_kept, words

IMAGES = Path(__file__).parent / "images"
TRUTH = {
    record["file"]: record["lines"] for record in map(json.loads, (IMAGES / "truth.jsonl").read_text().splitlines())
}


def word_recall(name, text):
    return benchmark_reading.word_recall(TRUTH[name], text)


def clean(name):
    return rebuild((IMAGES / name).read_bytes()).data


def upright(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("name", ["facebook.png", "whatsapp.png", "instagram.jpg"])
def test_a_screenshot_is_read(name):
    read = read_text(clean(name))
    assert word_recall(name, read.text) >= 0.9
    assert read.engine == "faster-paddle/tiny+small"
    assert read.turn == 0


def test_the_second_engine_reads_too():
    read = read_text(clean("instagram_small.jpg"), engine="rapidocr")
    assert word_recall("instagram_small.jpg", read.text) >= 0.9
    assert read.engine == "rapidocr"


def test_a_screenshot_on_its_side_is_read_and_its_boxes_fit_the_picture_given():
    data = clean("x_turned.jpg")
    read = read_text(data, engine="faster-paddle-tiny")
    assert word_recall("x_turned.jpg", read.text) >= 0.85
    assert read.turn in {90, 270}
    width, height = upright(data).size
    for line in read.lines:
        left, top, right, bottom = line.box
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    tall = [line for line in read.lines if line.box[3] - line.box[1] > line.box[2] - line.box[0]]
    assert len(tall) > len(read.lines) / 2


@pytest.mark.parametrize("turn", [180, 270, 10])
def test_a_turned_screenshot_is_read_like_an_upright_one_and_in_its_order(turn):
    name = "facebook.png"
    turned = upright(clean(name)).rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    read = read_text(hostile.saved(turned, "PNG"))
    assert word_recall(name, read.text) >= 0.9
    assert order_kept(TRUTH[name], read.text) == 1.0


def test_a_picture_that_reads_poorly_is_read_once_more_with_care():
    letters_of_six_pixels = upright(clean("facebook.png")).resize((190, 411), Image.Resampling.LANCZOS)
    read = read_text(hostile.saved(letters_of_six_pixels, "PNG"))
    assert read.engine == "faster-paddle/small"


def test_a_failure_of_the_careful_reading_leaves_the_first_one(monkeypatch):
    too_little = replace(READER_LIMITS, memory_bytes=64 * 1024 * 1024)
    monkeypatch.setitem(THOROUGH, "faster-paddle", ("faster-paddle/small", too_little))
    read = read_text(hostile.saved(Image.new("RGB", (200, 200), "white"), "PNG"))
    assert (read.engine, read.lines) == ("faster-paddle/tiny+small", ())


def test_a_long_scroll_shot_is_read_once_from_top_to_bottom():
    names = ["facebook_half.jpg", "instagram_small.jpg"]
    width = 292
    parts = [upright((IMAGES / name).read_bytes()) for name in names]
    parts = [part.resize((width, part.height * width // part.width)) for part in parts]
    scroll = Image.new("RGB", (width, sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        scroll.paste(part, (0, top))
        top += part.height
    read = read_text(hostile.saved(scroll, "PNG"), engine="faster-paddle-tiny")
    truth = words(" ".join(text for name in names for text in TRUTH[name]))
    seen = words(read.text)
    assert (truth & seen).total() / truth.total() >= 0.85
    assert seen.total() <= truth.total() * 1.1
    assert max(line.box[3] for line in read.lines) > top * 0.85


def test_a_picture_without_words_has_no_lines_and_is_no_error():
    read = read_text(hostile.saved(Image.new("RGB", (200, 200), "white"), "PNG"))
    assert read.lines == ()
    assert read.text == ""


def test_after_a_failure_the_smallest_model_tries_once_more(monkeypatch):
    too_little = replace(READER_LIMITS, memory_bytes=64 * 1024 * 1024)
    attempts = (("faster-paddle/small", too_little), ("faster-paddle/tiny", SECOND_READING_LIMITS))
    monkeypatch.setitem(ATTEMPTS, "faster-paddle", attempts)
    monkeypatch.delitem(THOROUGH, "faster-paddle")
    read = read_text(clean("instagram_small.jpg"))
    assert read.engine == "faster-paddle/tiny"
    assert word_recall("instagram_small.jpg", read.text) >= 0.8


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"memory_bytes": 64 * 1024 * 1024}, Failure.CRASHED),
        ({"cpu_seconds": 1}, Failure.TIMEOUT),
    ],
)
def test_when_nothing_helps_the_reading_failed_and_says_how(change, code, monkeypatch):
    limits = replace(READER_LIMITS, **change)
    monkeypatch.setitem(ATTEMPTS, "faster-paddle", (("faster-paddle/small", limits),))
    with pytest.raises(ReadingFailed) as failed:
        read_text(clean("whatsapp.png"))
    assert failed.value.code is code


def test_an_upload_is_never_read_directly():
    for data in (hostile.jpeg_with_metadata(), hostile.webp(), b""):
        with pytest.raises(UnsafeImage):
            read_text(data)
