"""A clean copy of an upload: rebuilt from its pixels in a limited child, proven clean in the parent."""

from dataclasses import dataclass

from evidence.children import Answer, ChildFailed, Failure, ask
from evidence.digests import sha256_hex
from evidence.formats import jpeg, png
from evidence.headers import check_dimensions, check_upload
from evidence.likeness import FRAMES, HASH_BYTES
from evidence.limits import DECODER_LIMITS, HEIC_DECODER_LIMITS, ChildLimits, ImageFormat
from evidence.refusals import Refusal, UnsafeImage


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A picture of nothing but pixels. Width and height in pixels, `sha256` of `data` in hexadecimal.

    `picture_hash` is what `evidence.likeness` compares pictures by.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    frames_dropped: bool
    sha256: str
    picture_hash: bytes


# What a child that failed says about the image it failed on.
FAILURES = {
    Failure.TIMEOUT: Refusal.TOO_COMPLEX,
    Failure.CRASHED: Refusal.UNREADABLE,
    Failure.BAD_OUTPUT: Refusal.NOT_CLEAN,
}


def rebuild(data: bytes, *, limits: ChildLimits | None = None) -> CleanImage:
    """Return a clean copy of uploaded bytes: first frame, upright, RGB, PNG for PNG and JPEG for the rest.

    Raises UnsafeImage when the bytes are refused or too much for the child, `children.ChildUnavailable` when
    no child could be started (try again later: it says nothing about the image).
    """
    header = check_upload(data)
    if limits is None:
        limits = HEIC_DECODER_LIMITS if header.format is ImageFormat.HEIC else DECODER_LIMITS
    try:
        answer = ask("evidence.decoder", header.format.value, data=data, limits=limits)
    except ChildFailed as failure:
        raise UnsafeImage(FAILURES[failure.code]) from failure
    _raise_refusal(answer)
    width, height = assert_clean(answer.payload)
    return CleanImage(
        data=answer.payload,
        media_type="image/png" if answer.payload.startswith(png.MAGIC) else "image/jpeg",
        width=width,
        height=height,
        frames_dropped=answer.facts.get("frames") != 1,
        sha256=sha256_hex(answer.payload),
        picture_hash=_checked_hash(answer.facts.get("picture_hash")),
    )


def assert_clean(data: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG or PNG that holds picture data and nothing else.

    Parses the bytes anew, in plain Python, trusting neither encoder nor child: no EXIF, XMP, ICC profile,
    comment, text chunk or thumbnail, no byte after the end. Raises UnsafeImage (not_clean or the reason it
    is unreadable).
    """
    if data.startswith(png.MAGIC):
        width, height = png.assert_nothing_else(data)
    elif data.startswith(jpeg.MAGIC):
        width, height = jpeg.assert_nothing_else(data)
    else:
        raise UnsafeImage(Refusal.NOT_CLEAN)
    check_dimensions(width, height)
    return width, height


def _raise_refusal(answer: Answer) -> None:
    refused = answer.facts.get("refused")
    if refused is None:
        return
    try:
        code = Refusal(refused)
    except ValueError:
        code = Refusal.NOT_CLEAN
    raise UnsafeImage(code)


def _checked_hash(value: object) -> bytes:
    try:
        hashes = bytes.fromhex(str(value))
    except ValueError as error:
        raise UnsafeImage(Refusal.NOT_CLEAN) from error
    if len(hashes) != len(FRAMES) * HASH_BYTES:
        raise UnsafeImage(Refusal.NOT_CLEAN)
    return hashes
