"""An uploaded file on its way in: hashed part by part, and kept only while it may still become a picture."""

import hashlib
from io import BytesIO

from evidence.headers import ImageHeader, check_upload, format_of
from evidence.limits import MAX_FILE_BYTES
from evidence.refusals import Refusal, UnsafeImage

# What headers.format_of() looks at, at most.
HEAD_BYTES = 4096


class Arrival:
    """One file whose parts are added in order. Each part is counted and goes through SHA-256 (FIPS 180-4) as it comes.

    As soon as the file is larger than a picture may be, or begins like none, its bytes are let go; the rest is only
    counted and hashed. So `sha256` (hexadecimal) and `size` are always those of all bytes that came.
    """

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()
        self._kept = BytesIO()
        self._is_head_judged = False
        self._fault: UnsafeImage | None = None

    @classmethod
    def of(cls, data: bytes) -> "Arrival":
        """A file that came in one part."""
        arrival = cls()
        arrival.add(data)
        return arrival

    def add(self, part: bytes) -> None:
        """Take the next bytes."""
        self.size += len(part)
        self._digest.update(part)
        if not self.is_let_go:
            self._kept.write(part)
            self._judge_head()
        if self.is_let_go:
            self._kept = BytesIO()

    @property
    def sha256(self) -> str:
        """Of all bytes until now."""
        return self._digest.hexdigest()

    @property
    def is_let_go(self) -> bool:
        """Whether it can be no picture any more."""
        return self._fault is not None or self.size > MAX_FILE_BYTES

    @property
    def data(self) -> bytes:
        """The bytes `sha256` is of; none of a file that was let go."""
        return self._kept.getvalue()

    def header(self) -> ImageHeader:
        """Judge the whole file; raises UnsafeImage with a code and facts for the message, its size before its type."""
        if self.size > MAX_FILE_BYTES:
            raise UnsafeImage(Refusal.FILE_TOO_LARGE, limit=MAX_FILE_BYTES, actual=self.size)
        if self._fault is not None:
            raise self._fault
        return check_upload(self.data)

    def _judge_head(self) -> None:
        if self._is_head_judged or self.size < HEAD_BYTES:
            return
        self._is_head_judged = True
        try:
            format_of(self._kept.getvalue()[:HEAD_BYTES])
        except UnsafeImage as fault:
            self._fault = fault
