"""WebP (RFC 9649): size of the picture from the first chunk of the RIFF container."""

from evidence.formats.fields import little_endian
from evidence.refusals import Refusal, UnsafeImage

FIRST_CHUNK = 12
CONTENT = FIRST_CHUNK + 8


def is_webp(data: bytes) -> bool:
    """Tell whether the RIFF container announces WebP."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def read_size(data: bytes) -> tuple[int, int]:
    """Return width and height of the canvas in pixels; raises UnsafeImage for a broken or cut-off file."""
    if little_endian(data, 4, 4) + 8 > len(data):
        raise UnsafeImage(Refusal.TRUNCATED)
    kind = data[FIRST_CHUNK : FIRST_CHUNK + 4]
    if kind == b"VP8X":
        return little_endian(data, CONTENT + 4, 3) + 1, little_endian(data, CONTENT + 7, 3) + 1
    if kind == b"VP8L" and data[CONTENT : CONTENT + 1] == b"\x2f":
        packed = little_endian(data, CONTENT + 1, 4)
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[CONTENT + 3 : CONTENT + 6] == b"\x9d\x01\x2a":
        # The two upper bits only ask the viewer to scale.
        return _not_zero(little_endian(data, CONTENT + 6, 2)), _not_zero(little_endian(data, CONTENT + 8, 2))
    raise UnsafeImage(Refusal.UNREADABLE)


def _not_zero(side: int) -> int:
    if side & 0x3FFF == 0:
        raise UnsafeImage(Refusal.UNREADABLE)
    return side & 0x3FFF
