"""The table of bad files: each one, what happens to it, and who notices.

`HEADER` refuses in the web process before any decoder has run; `DECODER` refuses in the limited child. The same table
goes through the real form, and is scored, in tests/security/test_bad_inputs.py.
"""

import io
import time

import pytest
from PIL import Image

from evidence.digests import sha256_hex
from evidence.headers import check_upload
from evidence.images import rebuild
from evidence.refusals import Refusal, UnsafeImage
from evidence.vault import UnsafeName, store
from tests.evidence import hostile
from tests.evidence.hostile import CANARY, EICAR

HEADER = "header"
DECODER = "decoder"
CLEAN = "clean"
JFIF_ONLY = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html>&b;</html>'
JAVASCRIPT_GIF = b"GIF89a/*\x00\x00\x00\x00*/=1;alert(1)//"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
ZIP = b"PK\x03\x04\x14\x00\x00\x00" + bytes(22) + b"word/document.xml"


def refused(who, code):
    return f"refused by {who}: {code.value}"


def cut(build, tenths):
    data = build()
    return data[: len(data) * tenths // 10]


TABLE = {
    "1 no bytes": (lambda: b"", refused(HEADER, Refusal.EMPTY)),
    "2 text": (lambda: b"Bukan gambar, cuma tulisan. " * 40, refused(HEADER, Refusal.NOT_AN_IMAGE)),
    "3 PNG named .jpg": (hostile.png, CLEAN),
    "4 SVG with script": (lambda: SVG, refused(HEADER, Refusal.WRONG_TYPE)),
    "5 HTML": (lambda: b"<!doctype html><script>1</script>", refused(HEADER, Refusal.WRONG_TYPE)),
    "6 entity bomb": (lambda: ENTITIES, refused(HEADER, Refusal.WRONG_TYPE)),
    "7 GIF with script": (lambda: JAVASCRIPT_GIF, refused(HEADER, Refusal.WRONG_TYPE)),
    "8 JPEG with HTML tail": (lambda: hostile.jpeg() + b"<script>" + CANARY, CLEAN),
    "9 JPEG with ZIP tail": (lambda: hostile.jpeg() + ZIP + CANARY, CLEAN),
    "10 JPEG that is also PDF": (
        lambda: hostile.jpeg_with(hostile.segment(0xFE, PDF)),
        refused(HEADER, Refusal.WRONG_TYPE),
    ),
    "11 PNG header 60000x60000": (
        lambda: hostile.png_header_only(60_000, 60_000),
        refused(HEADER, Refusal.SIDE_TOO_LONG),
    ),
    "12 14000x14000 in one bit": (lambda: hostile.one_bit_png(14_000), refused(HEADER, Refusal.TOO_MANY_PIXELS)),
    "13 95 megapixels": (
        lambda: hostile.png_header_only(10_000, 9_500),
        refused(HEADER, Refusal.TOO_MANY_PIXELS),
    ),
    "14 1x65535": (lambda: hostile.png_header_only(1, 65_535), refused(HEADER, Refusal.SIDE_TOO_LONG)),
    "14 65535x1": (lambda: hostile.png_header_only(65_535, 1), refused(HEADER, Refusal.SIDE_TOO_LONG)),
    "15 PNG text bomb": (hostile.png_with_text_bomb, refused(DECODER, Refusal.UNREADABLE)),
    "16 PNG profile bomb": (hostile.png_with_profile_bomb, refused(DECODER, Refusal.UNREADABLE)),
    "17 PNG of 10000 chunks": (hostile.png_with_tiny_chunks, CLEAN),
    "17 PNG of 200000 chunks": (
        lambda: hostile.png_with_tiny_chunks(200_000),
        refused(HEADER, Refusal.TOO_COMPLEX),
    ),
    "18 APNG of 5000 frames": (hostile.apng, CLEAN),
    "19 GIF": (lambda: hostile.saved(hostile.picture("P"), "GIF"), refused(HEADER, Refusal.WRONG_TYPE)),
    "20 WebP of 5000 frames": (hostile.animated_webp, CLEAN),
    **{
        f"21 JPEG cut at {tenths}/10": (
            lambda tenths=tenths: cut(hostile.jpeg, tenths),
            refused(HEADER, Refusal.TRUNCATED),
        )
        for tenths in range(1, 10)
    },
    "22 PNG with wrong CRC": (hostile.png_with_wrong_crc, refused(HEADER, Refusal.UNREADABLE)),
    "23 JPEG of 65000 restarts": (hostile.jpeg_with_restarts, CLEAN),
    "23 JPEG of 1000 scans": (
        lambda: hostile.jpeg_with_repeated_scans(1_000),
        refused(HEADER, Refusal.TOO_COMPLEX),
    ),
    "24 CMYK": (lambda: hostile.saved(hostile.picture("CMYK"), "JPEG"), CLEAN),
    "24 16-bit grey": (lambda: hostile.saved(Image.new("I;16", (9, 9), 40_000), "PNG"), CLEAN),
    "24 palette with alpha": (
        lambda: hostile.saved(hostile.picture("RGBA").quantize(16), "PNG", transparency=0),
        CLEAN,
    ),
    "24 grey": (lambda: hostile.saved(hostile.picture("L"), "JPEG"), CLEAN),
    "24 one bit": (lambda: hostile.saved(hostile.picture("1"), "PNG"), CLEAN),
    "25 EXIF place and thumbnail": (hostile.jpeg_with_thumbnail, CLEAN),
    "26 turned by EXIF": (lambda: hostile.jpeg(exif=hostile.exif(8)), CLEAN),
    "27 every metadata of JPEG": (hostile.jpeg_with_metadata, CLEAN),
    "27 every metadata of PNG": (hostile.png_with_metadata, CLEAN),
    "27 metadata of WebP": (lambda: hostile.webp(exif=hostile.exif(), xmp=CANARY), CLEAN),
    "28 HEIC": (hostile.heic, CLEAN),
    "29 HEIC over 50 megapixels": (
        lambda: hostile.heic_claiming(10_000, 6_000),
        refused(HEADER, Refusal.TOO_MANY_PIXELS),
    ),
    "30 HEIC that claims more": (lambda: hostile.heic_claiming(7_000, 7_000), refused(DECODER, Refusal.UNREADABLE)),
    "30 HEIC that claims less": (
        lambda: hostile.heic_claiming(64, 64, size=(512, 512)),
        refused(DECODER, Refusal.UNREADABLE),
    ),
    "31 AVIF": (hostile.claiming_to_be_avif, refused(HEADER, Refusal.WRONG_TYPE)),
    **{
        f"31 {name}": (lambda start=start: start + bytes(200), refused(HEADER, Refusal.WRONG_TYPE))
        for name, start in {
            "TIFF": b"II*\x00",
            "big-endian TIFF": b"MM\x00*",
            "BMP": b"BM",
            "ICO": b"\x00\x00\x01\x00",
            "EPS": b"%!PS-Adobe-3.0",
            "PSD": b"8BPS",
            "WMF": b"\xd7\xcd\xc6\x9a",
            "JPEG XL": b"\xff\x0a",
            "video": b"\x00\x00\x00\x20ftypmp42",
        }.items()
    },
    "32 MPO of two pictures": (hostile.mpo, CLEAN),
    "33 PDF": (lambda: PDF, refused(HEADER, Refusal.WRONG_TYPE)),
    "34 ZIP or DOCX": (lambda: ZIP, refused(HEADER, Refusal.WRONG_TYPE)),
    "34 RAR": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50), refused(HEADER, Refusal.WRONG_TYPE)),
    "35 EICAR": (lambda: EICAR, refused(HEADER, Refusal.NOT_AN_IMAGE)),
    "36 EICAR in a comment": (lambda: hostile.jpeg_with(hostile.segment(0xFE, EICAR + CANARY)), CLEAN),
    "37 26 MB": (lambda: hostile.jpeg() + bytes(26_000_000), refused(HEADER, Refusal.FILE_TOO_LARGE)),
}


def outcome_of(data):
    """Return what became of the bytes, and the clean copy or None."""
    try:
        check_upload(data)
    except UnsafeImage as refusal:
        return refused(HEADER, refusal.code), None
    try:
        return CLEAN, rebuild(data)
    except UnsafeImage as refusal:
        return refused(DECODER, refusal.code), None


def metadata_left_in(data):
    """What Pillow finds beside the pixels of these bytes, or what was planted in the upload."""
    image = Image.open(io.BytesIO(data))
    return (set(image.info) - JFIF_ONLY) or dict(image.getexif()) or CANARY in data or EICAR in data


def test_every_bad_file_ends_as_the_table_says():
    outcomes = {name: outcome_of(build()) for name, (build, _) in TABLE.items()}
    assert {name: outcome for name, (outcome, _) in outcomes.items()} == {
        name: expected for name, (_, expected) in TABLE.items()
    }
    assert [name for name, (_, clean) in outcomes.items() if clean and metadata_left_in(clean.data)] == []


@pytest.mark.parametrize("data", [hostile.jpeg(), hostile.jpeg(progressive=True), hostile.jpeg_with_metadata()])
def test_21_a_jpeg_cut_anywhere_is_refused_at_once(data):
    outcomes = {outcome_of(data[:length])[0] for length in range(3, len(data))}
    assert outcomes == {refused(HEADER, Refusal.TRUNCATED)}


def test_ten_thousand_chunks_cost_less_than_two_seconds():
    data = hostile.png_with_tiny_chunks()
    started = time.monotonic()
    rebuild(data)
    assert time.monotonic() - started < 2


def test_the_same_picture_sent_twice_has_one_hash():
    assert sha256_hex(hostile.jpeg()) == sha256_hex(hostile.jpeg())
    assert rebuild(hostile.jpeg()).sha256 == rebuild(hostile.jpeg()).sha256


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.jpg",
        "a.php%00.jpg",
        "a" * 300,
        "a\x00.jpg",
        "a\r\nb.jpg",
        "gambar\u202egpj.exe",
        "<img onerror=alert(1)>",
        "🙈.jpg",
    ],
)
def test_a_name_chosen_by_a_person_cannot_be_stored(name, tmp_path):
    with pytest.raises(UnsafeName):
        store(tmp_path, name, b"data")
