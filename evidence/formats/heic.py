"""HEIC (ISO/IEC 23008-12): brands and the largest size announced by its boxes."""

from collections.abc import Iterator

from evidence.formats.fields import big_endian
from evidence.limits import MAX_HEIC_BOXES
from evidence.refusals import Refusal, UnsafeImage

# HEVC-coded pictures and sequences. `mif1` alone says nothing about the coding.
HEVC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
# A box of boxes and the bytes of its own before the first one.
CONTAINERS = {b"meta": 4, b"iprp": 0, b"ipco": 0}


def brands(data: bytes) -> frozenset[bytes]:
    """Return the brands of the `ftyp` box at the start of `data`, empty when there is none."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4], "big"), len(data), 512)
    return frozenset({data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))})


def read_size(data: bytes) -> tuple[int, int]:
    """Return width and height of the largest picture announced; raises UnsafeImage for a broken file.

    The announcement may lie: the decoder compares it with what it finds.
    """
    sizes = [
        (big_endian(data, start + 4, 4), big_endian(data, start + 8, 4))
        for kind, start, _ in _boxes(data)
        if kind == b"ispe"
    ]
    if not sizes or any(0 in size for size in sizes):
        raise UnsafeImage(Refusal.UNREADABLE)
    return max(sizes, key=lambda size: size[0] * size[1])


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, start and end of the content of each box, those inside the known containers too."""
    spans = [(0, len(data))]
    for _ in range(MAX_HEIC_BOXES):
        while spans and spans[-1][0] >= spans[-1][1]:
            spans.pop()
        if not spans:
            return
        at, end = spans.pop()
        kind, start, stop = _box(data, at, end)
        spans.append((stop, end))
        if kind in CONTAINERS:
            spans.append((start + CONTAINERS[kind], stop))
        yield kind, start, stop
    raise UnsafeImage(Refusal.TOO_COMPLEX, limit=MAX_HEIC_BOXES)


def _box(data: bytes, at: int, end: int) -> tuple[bytes, int, int]:
    size, kind, header = big_endian(data, at, 4), data[at + 4 : at + 8], 8
    if size == 1:
        size, header = big_endian(data, at + 8, 8), 16
    elif size == 0:
        size = end - at
    if size < header:
        raise UnsafeImage(Refusal.UNREADABLE)
    if at + size > end:
        raise UnsafeImage(Refusal.TRUNCATED)
    return kind, at + header, at + size
