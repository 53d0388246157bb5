"""Why a file was refused: a stable code and the facts; texts for people live with the form."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons for refusing a file. The values are stored, so they never change."""

    EMPTY = "empty"
    FILE_TOO_LARGE = "file_too_large"
    NOT_AN_IMAGE = "not_an_image"
    WRONG_TYPE = "wrong_type"
    TOO_MANY_PIXELS = "too_many_pixels"
    SIDE_TOO_LONG = "side_too_long"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    TOO_COMPLEX = "too_complex"
    NOT_CLEAN = "not_clean"


class UnsafeImage(ValueError):
    """A file that must not go further.

    `limit` and `actual` are facts for the message where there is one: bytes for FILE_TOO_LARGE, pixels for
    TOO_MANY_PIXELS and SIDE_TOO_LONG, the name of the format found (`"PDF"`) for WRONG_TYPE.
    """

    def __init__(self, code: Refusal, *, limit: int | None = None, actual: int | str | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.limit = limit
        self.actual = actual
