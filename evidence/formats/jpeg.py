"""JPEG (ITU-T T.81): size of the picture from its markers, and the proof that it carries nothing else."""

import re

from evidence.formats.fields import big_endian
from evidence.limits import MAX_JPEG_SCANS, MAX_JPEG_SEGMENTS
from evidence.refusals import Refusal, UnsafeImage

MAGIC = b"\xff\xd8\xff"
START_OF_SCAN = 0xDA
END_OF_IMAGE = b"\xff\xd9"
# Baseline, extended and progressive with Huffman coding; no phone or messenger writes the other ten.
FRAME_MARKERS = frozenset({0xC0, 0xC1, 0xC2})
OTHER_FRAME_MARKERS = frozenset({0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
JFIF_HEADER = b"JFIF\x00"
# Quantisation tables, Huffman tables, restart interval: what is left when a clean picture has no metadata.
TABLE_MARKERS = frozenset({0xDB, 0xC4, 0xDD})
# Inside a scan 0xFF is followed by 0x00 or a restart marker; anything else ends the scan.
MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def read_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels; raises UnsafeImage for a broken, cut-off or unreasonable file."""
    size: tuple[int, int] | None = None
    at = 2
    for _ in range(MAX_JPEG_SEGMENTS):
        marker, at = _next_marker(data, at)
        if marker == START_OF_SCAN:
            break
        if marker in FRAME_MARKERS:
            size = big_endian(data, at + 5, 2), big_endian(data, at + 3, 2)
        at = _after_segment(data, marker, at)
    else:
        raise UnsafeImage(Refusal.TOO_COMPLEX, limit=MAX_JPEG_SEGMENTS)
    if size is None or 0 in size:
        raise UnsafeImage(Refusal.UNREADABLE)
    _check_scans(data, at)
    return size


def assert_nothing_else(data: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG that holds picture data only.

    Raises UnsafeImage (not_clean) for any APPn or COM segment but a plain JFIF header, for a thumbnail, and
    for bytes after the end of the image.
    """
    size = read_size(data)
    at = 2
    while True:
        marker, at = _next_marker(data, at)
        end = _after_segment(data, marker, at)
        if marker == START_OF_SCAN:
            at = _after_scan(data, end)
            if data[at : at + 2] == END_OF_IMAGE:
                break
        elif not _is_picture_data(marker, data[at + 2 : end]):
            raise UnsafeImage(Refusal.NOT_CLEAN)
        else:
            at = end
    if at + 2 != len(data):
        raise UnsafeImage(Refusal.NOT_CLEAN)
    return size


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker at `at` and the offset of what follows it. Fill bytes (0xFF) may come before it."""
    if at < len(data) and data[at] != 0xFF:
        raise UnsafeImage(Refusal.UNREADABLE)
    start = at
    while data[at : at + 1] == b"\xff" and at - start < 64:
        at += 1
    return big_endian(data, at, 1), at + 1


def _after_segment(data: bytes, marker: int, at: int) -> int:
    length = big_endian(data, at, 2)
    if marker in OTHER_FRAME_MARKERS or marker < 0xC0 or 0xD0 <= marker <= 0xD9 or length < 2:
        raise UnsafeImage(Refusal.UNREADABLE)
    if at + length > len(data):
        raise UnsafeImage(Refusal.TRUNCATED)
    return at + length


def _check_scans(data: bytes, at: int) -> None:
    end = data.find(END_OF_IMAGE, at)
    if end < 0:
        raise UnsafeImage(Refusal.TRUNCATED)
    # A progressive picture may repeat scans without end; each one costs a pass over all pixels.
    scans = data.count(b"\xff\xda", at, end)
    if scans > MAX_JPEG_SCANS:
        raise UnsafeImage(Refusal.TOO_COMPLEX, limit=MAX_JPEG_SCANS, actual=scans)


def _after_scan(data: bytes, at: int) -> int:
    found = MARKER_IN_SCAN.search(data, at)
    if found is None:
        raise UnsafeImage(Refusal.TRUNCATED)
    return found.start()


def _is_picture_data(marker: int, content: bytes) -> bool:
    if marker == 0xE0:
        return content.startswith(JFIF_HEADER) and len(content) == 14 and content[12:14] == b"\x00\x00"
    return marker in TABLE_MARKERS or marker in FRAME_MARKERS
