"""The child that decodes one hostile image: `evidence.images` asks it by way of `evidence.children`.

It is told the format that the header announced and tries no other decoder. Whatever Pillow would import on
the way is imported before, because a confined process cannot open a file.
"""

import importlib
import io
import sys
import warnings

from PIL import Image, MpoImagePlugin, TiffImagePlugin

from evidence.children import announce_and_read, answer
from evidence.headers import check_dimensions
from evidence.likeness import picture_hash
from evidence.limits import MAX_LOSSLESS_PIXELS, MAX_PIXELS, ImageFormat
from evidence.refusals import Refusal, UnsafeImage

# Pillow needs these two for JPEGs with a second picture and for reading the orientation.
NEEDED_LATER = (MpoImagePlugin, TiffImagePlugin)
PLUGINS = {
    ImageFormat.JPEG: "PIL.JpegImagePlugin",
    ImageFormat.PNG: "PIL.PngImagePlugin",
    ImageFormat.WEBP: "PIL.WebPImagePlugin",
    ImageFormat.HEIC: "pillow_heif",
}
PILLOW_NAMES = {ImageFormat.HEIC: "HEIF"}
ORIENTATION = 0x0112
# EXIF 2.32, tag Orientation: how to turn the stored picture so that it stands upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEG_QUALITY = 88
# Half the time of Pillow's default level 6 for 15 % more bytes.
PNG_COMPRESS_LEVEL = 2


def main() -> None:
    """Read an image from standard input, write a rebuilt one to standard output."""
    image_format = ImageFormat(sys.argv[4])
    _load_plugin(image_format)
    data = announce_and_read()
    try:
        image, frames = _decode(data, image_format)
        clean = _rebuild_from_pixels(image)
        del image
        hashes = picture_hash(clean)
        encoded = _encode(clean, image_format)
    except UnsafeImage as refusal:
        answer({"refused": refusal.code})
    except MemoryError:
        answer({"refused": Refusal.TOO_COMPLEX})
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        answer({"refused": Refusal.UNREADABLE})
    else:
        answer({"frames": frames, "picture_hash": hashes.hex()}, encoded)


def warm_up() -> None:
    """Import what any format needs, once for all children of `evidence.nursery`."""
    Image.preinit()
    for plugin in PLUGINS.values():
        importlib.import_module(plugin)


def _load_plugin(image_format: ImageFormat) -> None:
    plugin = importlib.import_module(PLUGINS[image_format])
    if image_format is ImageFormat.HEIC:
        plugin.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _decode(data: bytes, image_format: ImageFormat) -> tuple[Image.Image, int]:
    """Return the first frame, upright, and the number of frames; a cut-off picture is an error."""
    image: Image.Image = Image.open(io.BytesIO(data), formats=[PILLOW_NAMES.get(image_format, image_format)])
    check_dimensions(*image.size)
    frames = getattr(image, "n_frames", 1)
    image.load()
    # Decoders may find another size than the header said.
    check_dimensions(*image.size)
    turn = TURNS.get(_orientation(image))
    return (image if turn is None else image.transpose(turn)), frames


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation; 1 where there is none or it is broken, which spoils no picture."""
    try:
        orientation = image.getexif().get(ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError):
        return 1
    return orientation if isinstance(orientation, int) else 1


def _rebuild_from_pixels(image: Image.Image) -> Image.Image:
    """Return a new RGB image made of nothing but the pixels, transparency laid on white."""
    if image.mode.startswith("I"):
        # 16-bit grey: a plain conversion would turn everything above 255 white.
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer)
    # What a new object takes over is the bare array of pixels: metadata lies in the object around it. A copy of the
    # array would be as bare and cost a tenth of the whole work.
    return Image.new("RGB", (1, 1))._new((image if image.mode == "RGB" else image.convert("RGB")).im)


def _encode(image: Image.Image, source: ImageFormat) -> bytes:
    """Encode flat screenshots without loss (PNG in, PNG out) and what was lossy before as JPEG."""
    lossless = source is ImageFormat.PNG and image.width * image.height <= MAX_LOSSLESS_PIXELS
    output = io.BytesIO()
    if lossless:
        image.save(output, format="PNG", compress_level=PNG_COMPRESS_LEVEL)
    else:
        # Colour at full resolution keeps thin coloured letters legible.
        image.save(output, format="JPEG", quality=JPEG_QUALITY, subsampling=0)
    return output.getvalue()
