"""PNG (ISO/IEC 15948): size of the picture from its chunks, and the proof that it carries nothing else."""

import zlib
from collections.abc import Iterator
from itertools import islice

from evidence.formats.fields import big_endian
from evidence.limits import MAX_PNG_CHUNKS
from evidence.refusals import Refusal, UnsafeImage

MAGIC = b"\x89PNG\r\n\x1a\n"
PICTURE_CHUNKS = frozenset({b"IHDR", b"IDAT", b"IEND"})


def read_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels; walks all chunks to IEND and checks each CRC.

    Raises UnsafeImage for a broken, cut-off or unreasonable file. Bytes after IEND are allowed here: the
    rebuilt copy does not have them.
    """
    chunks = _chunks(data)
    kind, start, end = next(chunks)
    if kind != b"IHDR" or end - start != 13:
        raise UnsafeImage(Refusal.UNREADABLE)
    width, height = big_endian(data, start, 4), big_endian(data, start + 4, 4)
    if not (0 < width < 2**31 and 0 < height < 2**31):
        raise UnsafeImage(Refusal.UNREADABLE)
    if not any(kind == b"IEND" for kind, _, _ in islice(chunks, MAX_PNG_CHUNKS)):
        raise UnsafeImage(Refusal.TOO_COMPLEX, limit=MAX_PNG_CHUNKS)
    return width, height


def assert_nothing_else(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG with picture data only; raises UnsafeImage (not_clean) otherwise."""
    size = read_size(data)
    for kind, _, end in _chunks(data):
        if kind not in PICTURE_CHUNKS:
            raise UnsafeImage(Refusal.NOT_CLEAN)
        if kind == b"IEND":
            if end + 4 != len(data):
                raise UnsafeImage(Refusal.NOT_CLEAN)
            break
    return size


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield type, start and end of the content of each chunk; raises UnsafeImage at the first broken one."""
    at = len(MAGIC)
    view = memoryview(data)
    while True:
        start = at + 8
        end = start + big_endian(data, at, 4)
        stored_crc = big_endian(data, end, 4)
        if zlib.crc32(view[at + 4 : end]) != stored_crc:
            raise UnsafeImage(Refusal.UNREADABLE)
        yield data[at + 4 : start], start, end
        at = end + 4
