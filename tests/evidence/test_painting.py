"""Watermark, mask and thumbnail: drawn in the confined child, proven clean, and nothing of what is hidden is left."""

import io
import sys
import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from evidence.images import assert_clean, rebuild
from evidence.painting import (
    BLOCK,
    MOST_BOXES,
    THUMBNAIL_SIDE,
    BoxesRefused,
    PaintingFailed,
    mask,
    thumbnail,
    watermark,
    whole_blocks,
)

WORDS = ["Sari · Bawaslu Kota Semarang", "14-10-2024 11.00 WIB · LN-2024-000001"]


def encoded(image, image_format, **options):
    file = io.BytesIO()
    image.save(file, image_format, **options)
    return file.getvalue()


def page(width=320, height=480, ground="white", ink="black"):
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    for top in range(8, height, 24):
        pen.text((8, top), "Telepon 0812 3456 7890 atau @bambang", font=ImageFont.load_default(16), fill=ink)
    return image


def clean(image_format="PNG", **look):
    """A clean copy as the pipeline makes it."""
    return rebuild(encoded(page(**look), image_format)).data


def pixels(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("image_format", ["PNG", "JPEG"])
def test_nothing_is_left_in_a_masked_box(image_format):
    box = whole_blocks([(9, 30, 150, 61)], width=320, height=480)[0]
    masked = mask(clean(image_format), [box])
    assert pixels(masked.data).crop(box).getextrema() == ((0, 0), (0, 0), (0, 0))
    assert assert_clean(masked.data) == (320, 480)
    assert masked.media_type == f"image/{image_format.lower()}"


@pytest.mark.parametrize(("image_format", "colour_at"), [("PNG", None), ("JPEG", "4:4:4")])
def test_two_pictures_that_differ_in_the_box_alone_are_alike_once_masked(image_format, colour_at):
    assert trace_left(image_format, colour_at) == 0


def test_a_jpeg_with_colour_at_half_size_keeps_at_most_a_tint_of_the_edge():
    """Decoders blend colour into the one pixel beside the block; brightness, which carries words, stays apart."""
    assert trace_left("JPEG", "4:2:0") < 48


def trace_left(image_format, colour_at):
    """The largest difference outside the box between masked copies of two pictures that differ inside it."""
    one, other = page(), page()
    ImageDraw.Draw(other).rectangle((17, 33, 140, 59), fill="red")
    box = whole_blocks([(17, 33, 141, 60)], width=320, height=480)
    options = {"subsampling": colour_at} if colour_at else {}
    copies = [rebuild(encoded(image, image_format, **options)).data for image in (one, other)]
    assert copies[0] != copies[1]
    masked = [pixels(mask(copy, box).data) for copy in copies]
    return max(high for _, high in ImageChops.difference(*masked).getextrema())


def test_what_is_outside_the_boxes_stays():
    masked = pixels(mask(clean(), [(0, 0, 320, 80)]).data)
    assert ImageChops.difference(masked, page()).crop((0, 80, 320, 480)).getbbox() is None


boxes = st.tuples(*[st.integers(-50, 400)] * 4)


@given(st.lists(boxes, max_size=8))
def test_every_box_is_covered_by_whole_blocks_or_all_are_refused(given_boxes):
    inside = [(max(0, a), max(0, b), min(301, c), min(203, d)) for a, b, c, d in given_boxes]
    try:
        grown = whole_blocks(given_boxes, width=301, height=203)
    except BoxesRefused:
        assert not inside or any(left >= right or top >= bottom for left, top, right, bottom in inside)
        return
    for left, top, right, bottom in inside:
        assert left < right
        assert top < bottom
        assert any(one[0] <= left and one[1] <= top and right <= one[2] and bottom <= one[3] for one in grown)
    for left, top, right, bottom in grown:
        assert 0 <= left < right <= 301
        assert 0 <= top < bottom <= 203
        assert left % BLOCK == top % BLOCK == 0
        assert right % BLOCK == 0 or right == 301
        assert bottom % BLOCK == 0 or bottom == 203


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [(5, 5, 5, 9)],
        [(9, 5, 4, 9)],
        [(400, 0, 500, 9)],
        [(320, 0, 325, 9)],
        [(40, 120, 600, 180), (600, 400, 40, 300)],
        [(40, 120, 600, 180), (0, 480, 40, 500)],
        [(16 * n, 0, 16 * n + 16, 8) for n in range(MOST_BOXES + 1)],
    ],
)
def test_boxes_that_hide_nothing_or_are_too_many_are_refused(wrong):
    with pytest.raises(BoxesRefused):
        whole_blocks(wrong, width=320 if len(wrong) < 3 else 16_000, height=480)


@pytest.mark.parametrize(("ground", "ink"), [("white", "black"), ("black", "white"), ("#777777", "white")])
def test_the_watermark_shows_on_any_ground_and_leaves_the_words_legible(ground, ink):
    before = page(ground=ground, ink=ink)
    after = pixels(watermark(clean(ground=ground, ink=ink), WORDS).data)
    ground_before, ground_after = (image.crop((300, 0, 320, 480)).convert("L") for image in (before, after))
    assert ImageStat.Stat(ImageChops.difference(ground_before, ground_after)).extrema[0][1] > 20
    # Ink and ground stay far apart everywhere: nothing is covered.
    assert ImageStat.Stat(ImageChops.difference(before, after).convert("L")).extrema[0][1] < 128


def test_the_watermark_of_another_minute_is_another_picture():
    copy = clean()
    assert watermark(copy, WORDS).sha256 != watermark(copy, [WORDS[0], WORDS[1].replace("11.00", "11.01")]).sha256


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (64, 64)])
def test_any_shape_can_be_watermarked_and_made_small(size):
    copy = rebuild(encoded(Image.new("RGB", size, "teal"), "PNG")).data
    assert (watermark(copy, WORDS).width, watermark(copy, WORDS).height) == size
    small = thumbnail(copy)
    assert max(small.width, small.height) <= THUMBNAIL_SIDE


def test_a_thumbnail_is_a_small_picture_and_nothing_else():
    small = thumbnail(clean())
    assert assert_clean(small.data) == (small.width, small.height)


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((1080, 2340), (80, THUMBNAIL_SIDE)),
        ((640, 480), (THUMBNAIL_SIDE, 120)),
        ((320, 480), (80, 120)),
        ((160, 120), (40, 30)),
        # Of a long picture the top, four times smaller too
        ((100, 900), (25, 50)),
        ((3, 3), (1, 1)),
    ],
)
def test_a_thumbnail_is_at_most_a_quarter_of_the_picture(size, small):
    drawn = thumbnail(rebuild(encoded(Image.new("RGB", size, "teal"), "PNG")).data)
    assert (drawn.width, drawn.height) == small


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\xff\xd8\xff\xe0"])
def test_what_is_no_clean_copy_is_never_drawn_on(data):
    with pytest.raises(PaintingFailed):
        watermark(data, WORDS)


def test_a_picture_with_metadata_is_no_clean_copy():
    file = io.BytesIO()
    page().save(file, "JPEG", comment=b"from the phone of Rahmawati")
    with pytest.raises(PaintingFailed):
        mask(file.getvalue(), [(0, 0, 8, 8)])


@settings(max_examples=5, deadline=None)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=3))
def test_any_name_can_stand_in_a_watermark(lines):
    assert watermark(clean(), lines).width == 320


def test_the_cost_of_a_watermark_beside_that_of_rebuilding():
    """Prints figures (pytest -s); nothing is asserted of time."""
    upload = encoded(page(width=1080, height=2340), "PNG")
    clean_copy = rebuild(upload).data
    work = {"rebuild": lambda: rebuild(upload), "watermark": lambda: watermark(clean_copy, WORDS)}
    seconds = {name: min(timeit.repeat(do, number=1, repeat=3)) for name, do in work.items()}
    ratio = seconds["watermark"] / seconds["rebuild"]
    words = f"{1000 * seconds['watermark']:.0f} ms a watermark of 1080 x 2340, {ratio:.2f} x a rebuild"
    sys.stdout.write(f"\n{words}\n")
    assert set(seconds) == {"rebuild", "watermark"}
