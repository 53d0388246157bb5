import contextlib
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evidence.headers import ImageHeader, check_upload, read_header
from evidence.limits import MAX_FILE_BYTES, MAX_PIXELS, ImageFormat
from evidence.refusals import Refusal, UnsafeImage
from tests.evidence import hostile

STARTS = [
    hostile.jpeg(),
    hostile.png(),
    hostile.webp(),
    hostile.webp(lossless=True),
    hostile.heic(),
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x20\x00\x00\x00WEBPVP8X",
    b"\x00\x00\x00\x18ftypheic",
    b"",
]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (hostile.jpeg(), ImageFormat.JPEG),
        (hostile.jpeg(progressive=True), ImageFormat.JPEG),
        (hostile.jpeg_with_metadata(), ImageFormat.JPEG),
        (hostile.png(), ImageFormat.PNG),
        (hostile.webp(), ImageFormat.WEBP),
        (hostile.webp(lossless=True), ImageFormat.WEBP),
        (hostile.webp(exif=hostile.exif()), ImageFormat.WEBP),
        (hostile.heic(), ImageFormat.HEIC),
    ],
)
def test_format_and_size_come_from_the_bytes(data, expected):
    assert read_header(data) == ImageHeader(expected, 96, 64)


@pytest.mark.parametrize("size", [(1080, 12_000), (8_160, 6_120), (360, 640), (1, 1)])
def test_long_scroll_shots_and_phone_photos_pass(size):
    data = hostile.saved(Image.new("1", size), "PNG")
    assert check_upload(data) == ImageHeader(ImageFormat.PNG, *size)


def test_a_refusal_carries_the_facts_for_its_message():
    with pytest.raises(UnsafeImage) as too_large:
        check_upload(bytes(MAX_FILE_BYTES + 1))
    assert (too_large.value.limit, too_large.value.actual) == (MAX_FILE_BYTES, MAX_FILE_BYTES + 1)
    with pytest.raises(UnsafeImage) as too_many:
        check_upload(hostile.png_header_only(10_000, 9_500))
    assert (too_many.value.limit, too_many.value.actual) == (MAX_PIXELS, 95_000_000)
    with pytest.raises(UnsafeImage) as pdf:
        check_upload(b"%PDF-1.7")
    assert (pdf.value.code, pdf.value.actual) == (Refusal.WRONG_TYPE, "PDF")


@pytest.mark.parametrize("build", [hostile.png, hostile.webp, hostile.heic, hostile.jpeg])
def test_a_file_that_arrived_incomplete_is_called_truncated(build):
    data = build()
    for end in range(40, len(data) - 2, 29):
        with pytest.raises(UnsafeImage) as refusal:
            check_upload(data[:end])
        assert refusal.value.code is Refusal.TRUNCATED


def test_the_look_at_the_largest_file_takes_a_blink():
    files = [
        hostile.jpeg() + b"\xff" * (MAX_FILE_BYTES - 5_000),
        b"\xff\xd8" + hostile.segment(0xFE, b"") * (MAX_FILE_BYTES // 4 - 1),
        b"\xff\xd8" + b"\xff" * (MAX_FILE_BYTES - 2),
        hostile.png_of_chunks(*[hostile.chunk(b"prVt")] * 800_000),
        hostile.heic()[:40] + (b"\x00\x00\x00\x08free" * 1_300_000)[: MAX_FILE_BYTES - 40],
    ]
    for data in files:
        started = time.thread_time()
        with contextlib.suppress(UnsafeImage):
            check_upload(data)
        assert time.thread_time() - started < 1


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=200), st.data())
def test_no_bytes_make_the_reader_fail_in_another_way(start, garbage, data):
    at = data.draw(st.integers(0, len(start)))
    hole = data.draw(st.integers(0, len(start) - at))
    try:
        header = read_header(start[:at] + garbage + start[at + hole :])
    except UnsafeImage:
        return
    assert header.width > 0
    assert header.height > 0


def test_what_pillow_writes_the_reader_measures_the_same():
    for name in ("JPEG", "PNG", "WEBP"):
        for size in ((1, 1), (17, 3), (3, 17), (640, 2_000)):
            data = hostile.saved(Image.new("RGB", size, "teal"), name)
            header = read_header(data)
            assert (header.width, header.height) == Image.open(io.BytesIO(data)).size
