import io
from dataclasses import replace

import pytest
from PIL import Image

from evidence import children, images
from evidence.digests import sha256_hex
from evidence.formats import jpeg, png
from evidence.images import assert_clean, rebuild
from evidence.limits import DECODER_LIMITS, MIB
from evidence.refusals import Refusal, UnsafeImage
from tests.evidence import hostile

RED, WHITE, BLACK = (255, 0, 0), (255, 255, 255), (0, 0, 0)


def opened(clean):
    return Image.open(io.BytesIO(clean.data)).convert("RGB")


def is_near(pixel, colour, tolerance=24):
    return all(abs(seen - meant) <= tolerance for seen, meant in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("build", [hostile.jpeg, hostile.png, hostile.webp, hostile.heic])
def test_the_clean_copy_shows_the_same_picture(build):
    clean = rebuild(build())
    image = opened(clean)
    assert (clean.width, clean.height) == image.size == (96, 64)
    assert is_near(image.getpixel((30, 40)), RED)
    assert is_near(image.getpixel((80, 40)), WHITE)
    assert is_near(image.getpixel((3, 3)), BLACK)
    assert clean.sha256 == sha256_hex(clean.data)
    assert clean.frames_dropped is False


@pytest.mark.parametrize(
    ("build", "media_type"),
    [
        (hostile.png, "image/png"),
        (hostile.jpeg, "image/jpeg"),
        (hostile.webp, "image/jpeg"),
        (hostile.heic, "image/jpeg"),
    ],
)
def test_lossless_stays_lossless_and_the_rest_becomes_jpeg(build, media_type):
    assert rebuild(build()).media_type == media_type


# Where the black corner of the stored picture must be after the turn that the tag asks for.
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (1, (3, 3)),
        (2, (92, 3)),
        (3, (92, 60)),
        (4, (3, 60)),
        (5, (3, 3)),
        (6, (60, 3)),
        (7, (60, 92)),
        (8, (3, 92)),
    ],
)
def test_the_picture_stands_upright_whatever_exif_says(orientation, corner):
    clean = rebuild(hostile.jpeg(exif=hostile.exif(orientation)))
    assert (clean.width, clean.height) == ((96, 64) if orientation < 5 else (64, 96))
    assert is_near(opened(clean).getpixel(corner), BLACK)


@pytest.mark.parametrize(
    "tag", [b"Exif\x00\x00", b"Exif\x00\x00II*\x00\xff\xff\xff\xff", b"Exif\x00\x00MM" + b"\xff" * 40]
)
def test_broken_exif_spoils_no_picture(tag):
    assert rebuild(hostile.jpeg_with(hostile.segment(0xE1, tag))).width == 96


def test_transparency_is_laid_on_white():
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert opened(rebuild(hostile.saved(clear, "PNG"))).getpixel((4, 4)) == WHITE


def test_sixteen_bit_grey_keeps_its_shades():
    for value, shade in ((0, 0), (257 * 100, 100), (65_535, 255)):
        image = opened(rebuild(hostile.saved(Image.new("I;16", (4, 4), value), "PNG")))
        assert image.getpixel((1, 1)) == (shade, shade, shade)


@pytest.mark.parametrize("build", [lambda: hostile.apng(20), lambda: hostile.animated_webp(20), hostile.mpo])
def test_of_an_animation_the_first_frame_is_kept_and_the_loss_is_told(build):
    clean = rebuild(build())
    assert clean.frames_dropped is True
    # Of each the first frame is red here and every later one blue.
    assert is_near(opened(clean).getpixel((clean.width // 3, clean.height // 2)), RED)


def test_what_costs_too_much_time_or_memory_is_too_complex():
    slow, large = hostile.jpeg_with_repeated_scans(190, size=(6_000, 4_000)), hostile.one_bit_png(7_000)
    for data, limits in (
        (slow, replace(DECODER_LIMITS, cpu_seconds=1)),
        (large, replace(DECODER_LIMITS, memory_bytes=200 * MIB)),
    ):
        with pytest.raises(UnsafeImage) as refusal:
            rebuild(data, limits=limits)
        assert refusal.value.code is Refusal.TOO_COMPLEX
    assert rebuild(hostile.png()).width == 96


@pytest.fixture
def lying_decoder(monkeypatch):
    """A decoder that was taken over: a real child, and it hands back the bytes it was given as its clean copy."""

    def ask_the_liar(module, image_format, *, data, limits):
        assert module == "evidence.decoder"
        return children.ask("tests.evidence.prisoners.misbehave", "hand back", data=data, limits=limits)

    monkeypatch.setattr(images, "ask", ask_the_liar)


@pytest.mark.parametrize(
    "data",
    [
        hostile.jpeg(exif=hostile.exif()),
        hostile.jpeg_with_metadata(),
        hostile.jpeg_with_thumbnail(),
        hostile.jpeg() + b"<script>" + hostile.CANARY,
        hostile.jpeg(comment=hostile.CANARY),
        hostile.mpo(),
        hostile.png_with_metadata(),
        hostile.png() + hostile.CANARY,
        hostile.apng(2),
        hostile.webp(),
        hostile.heic(),
    ],
)
def test_a_decoder_that_hands_back_what_it_was_given_is_not_believed(data, lying_decoder):
    with pytest.raises(UnsafeImage) as refusal:
        rebuild(data)
    assert refusal.value.code is Refusal.NOT_CLEAN


def test_the_liar_is_refused_for_the_bytes_alone(lying_decoder):
    assert rebuild(hostile.png()).data == hostile.png()


@pytest.mark.parametrize(
    "data",
    [
        hostile.jpeg_with_metadata(),
        hostile.jpeg_with_thumbnail(),
        hostile.jpeg() + b"x",
        hostile.jpeg(comment=b"hello"),
        hostile.jpeg(icc_profile=hostile.srgb()),
        hostile.mpo(),
        hostile.png_with_metadata(),
        hostile.png() + b"x",
        hostile.png(dpi=(72, 72)),
        hostile.apng(2),
        hostile.webp(),
        hostile.heic(),
        b"",
        b"GIF89a",
    ],
)
def test_anything_but_a_picture_is_not_clean(data):
    with pytest.raises(UnsafeImage) as refusal:
        assert_clean(data)
    assert refusal.value.code is Refusal.NOT_CLEAN


def test_a_bare_jpeg_or_png_is_clean():
    for data in (hostile.jpeg(), hostile.jpeg(progressive=True), hostile.png()):
        assert assert_clean(data) == (96, 64)


def test_a_thumbnail_in_the_jfif_header_is_not_clean():
    thumbnail = hostile.segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01" + b"\x00\x00\x00")
    with pytest.raises(UnsafeImage):
        jpeg.assert_nothing_else(hostile.jpeg_with(thumbnail))


def test_bytes_hidden_between_scan_and_end_are_not_clean():
    data = hostile.jpeg()
    with pytest.raises(UnsafeImage):
        jpeg.assert_nothing_else(data[:-2] + hostile.segment(0xFE, b"hidden") + data[-2:])
    whole = hostile.png()
    with pytest.raises(UnsafeImage):
        png.assert_nothing_else(whole[:-12] + hostile.chunk(b"tEXt", b"k\x00v") + whole[-12:])
