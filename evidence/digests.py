"""Hashes for the chain of custody."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_parts(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 of the parts one after the other; only one of them is in memory at a time."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 of a file without holding it in memory; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
