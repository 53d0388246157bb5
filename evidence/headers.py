"""The first look at uploaded bytes: type, size and limits, in plain Python, before any decoder runs.

The content decides; names and Content-Type headers are never asked.
"""

from dataclasses import dataclass

from evidence.formats import heic, jpeg, png, webp
from evidence.formats.foreign import is_also_pdf, name_of_foreign
from evidence.limits import MAX_FILE_BYTES, MAX_PIXELS, MAX_SIDE, ImageFormat
from evidence.refusals import Refusal, UnsafeImage


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What a file says about itself; width and height in pixels, before any turn by EXIF."""

    format: ImageFormat
    width: int
    height: int


READERS = {
    ImageFormat.JPEG: jpeg.read_size,
    ImageFormat.PNG: png.read_size,
    ImageFormat.WEBP: webp.read_size,
    ImageFormat.HEIC: heic.read_size,
}


def check_upload(data: bytes) -> ImageHeader:
    """Check size, type, structure and dimensions of one uploaded file; milliseconds, no decoder.

    Raises UnsafeImage with a code and facts for the message.
    """
    if len(data) > MAX_FILE_BYTES:
        raise UnsafeImage(Refusal.FILE_TOO_LARGE, limit=MAX_FILE_BYTES, actual=len(data))
    header = read_header(data)
    check_dimensions(header.width, header.height)
    return header


def read_header(data: bytes) -> ImageHeader:
    """Return format, width and height of JPEG, PNG, WebP or HEIC bytes; raises UnsafeImage, nothing else."""
    if not data:
        raise UnsafeImage(Refusal.EMPTY)
    image_format = format_of(data)
    width, height = READERS[image_format](data)
    return ImageHeader(image_format, width, height)


def format_of(data: bytes) -> ImageFormat:
    """Tell the format by the first 4096 bytes; raises UnsafeImage where a picture begins otherwise."""
    if data.startswith((jpeg.MAGIC, png.MAGIC)) and is_also_pdf(data):
        raise UnsafeImage(Refusal.WRONG_TYPE, actual="PDF")
    if data.startswith(jpeg.MAGIC):
        return ImageFormat.JPEG
    if data.startswith(png.MAGIC):
        return ImageFormat.PNG
    if webp.is_webp(data):
        return ImageFormat.WEBP
    if heic.brands(data) & heic.HEVC_BRANDS:
        return ImageFormat.HEIC
    foreign = name_of_foreign(data)
    if foreign:
        raise UnsafeImage(Refusal.WRONG_TYPE, actual=foreign)
    raise UnsafeImage(Refusal.NOT_AN_IMAGE)


def check_dimensions(width: int, height: int) -> None:
    """Raise UnsafeImage when a picture has too many pixels or too long a side."""
    if max(width, height) > MAX_SIDE:
        raise UnsafeImage(Refusal.SIDE_TOO_LONG, limit=MAX_SIDE, actual=max(width, height))
    if width * height > MAX_PIXELS:
        raise UnsafeImage(Refusal.TOO_MANY_PIXELS, limit=MAX_PIXELS, actual=width * height)
