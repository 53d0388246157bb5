"""How the bytes of a form's files come in: each part is hashed as it arrives, and nothing touches a disk."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

from evidence.arriving import Arrival


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs alone
    """A file of a form. Its bytes are only in `arrival`, beside their hash; reading it like a file raises."""

    def __init__(self, arrival: Arrival, name: str, content_type: str) -> None:
        super().__init__(None, name, content_type, arrival.size)
        self.arrival = arrival

    def close(self) -> None:
        """Django closes what it handed out; here is nothing open."""


class HashingUploadHandler(MemoryFileUploadHandler):
    """Feeds an Arrival. Bodies above FILE_UPLOAD_MAX_MEMORY_SIZE are left unread, as by Django's own handler."""

    # Any: Django's own arguments, handed on unread
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; raises StopFutureHandlers where this one takes it."""
        self.arrival = Arrival()
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hash the part and keep it as long as needed."""
        if not self.activated:
            return raw_data
        self.arrival.add(raw_data)
        return None

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        """The file with its hash."""
        if not self.activated:
            return None
        return ReceivedFile(self.arrival, self.file_name or "", self.content_type or "")
