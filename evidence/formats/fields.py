"""Reading numbers out of bytes that may end too early."""

from evidence.refusals import Refusal, UnsafeImage


def big_endian(data: bytes, at: int, size: int) -> int:
    """Return the number of `size` bytes at offset `at`; raises UnsafeImage (truncated) past the end."""
    return int.from_bytes(_slice(data, at, size), "big")


def little_endian(data: bytes, at: int, size: int) -> int:
    """Return the number of `size` bytes at offset `at`; raises UnsafeImage (truncated) past the end."""
    return int.from_bytes(_slice(data, at, size), "little")


def _slice(data: bytes, at: int, size: int) -> bytes:
    if at + size > len(data):
        raise UnsafeImage(Refusal.TRUNCATED)
    return data[at : at + size]
