"""A bundle as a zip file, sent while it is put together: one part of one picture is in memory at a time."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime

from cases.bundle import Bundle

PART = 256 * 1024


class _Outbox(io.RawIOBase):
    """Takes what the zip writer writes and hands it on; it cannot be wound back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    # The writer hands in bytes and memory views.
    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]  # typeshed wants any buffer
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zip_parts(bundle: Bundle, *, at: datetime) -> Iterator[bytes]:
    """The bytes of the zip in order. Pictures are compressed already, so they are stored as they are."""
    outbox = _Outbox()
    with zipfile.ZipFile(outbox, "w") as archive:
        for name, data in bundle.documents.items():
            archive.writestr(_entry(name, at, zipfile.ZIP_DEFLATED), data)
        yield outbox.take()
        for picture in bundle.pictures:
            with picture.path.open("rb") as source, archive.open(_entry(picture.name, at), "w") as target:
                while part := source.read(PART):
                    target.write(part)
                    yield outbox.take()
    yield outbox.take()


def _entry(name: str, at: datetime, compression: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """An entry with the day of the export and no trace of this machine's files."""
    entry = zipfile.ZipInfo(name, (*localtime(at).timetuple()[:3], 0, 0, 0))
    entry.compress_type = compression
    entry.external_attr = 0o644 << 16
    return entry
