"""Files that people with bad intentions, bad luck or odd phones send. Each builder returns bytes.

`CANARY` is hidden wherever a format can hide something; it must never be found in a clean copy.
"""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

CANARY = b"CANARY-3374051203900001"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"

pillow_heif.register_heif_opener()


def picture(mode="RGB", size=(96, 64)):
    """A picture whose left half is red and whose top left corner is black: turns can be told apart."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    draw.rectangle((0, 0, size[0] // 8, size[1] // 8), fill="black")
    return image.convert(mode)


def saved(image, name, **options):
    output = io.BytesIO()
    image.save(output, name, **options)
    return output.getvalue()


def jpeg(**options):
    return saved(picture(), "JPEG", quality=90, **options)


def png(**options):
    return saved(picture(), "PNG", **options)


def webp(**options):
    return saved(picture(), "WEBP", **options)


def heic(size=(96, 64)):
    return saved(picture(size=size), "HEIF", quality=60)


# PNG


def chunk(kind, content=b""):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of_chunks(*chunks, width=2, height=2):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return PNG_MAGIC + header + b"".join(chunks) + chunk(b"IEND")


def pixels(width=2, height=2):
    return chunk(b"IDAT", zlib.compress((b"\x00" + b"\xff\x00\x00" * width) * height))


def png_header_only(width, height):
    return png_of_chunks(chunk(b"IDAT", zlib.compress(b"")), width=width, height=height)


def one_bit_png(side):
    return saved(Image.new("1", (side, side)), "PNG")


def png_with_text_bomb():
    return png_of_chunks(chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A" * 70_000_000, 1)), pixels())


def png_with_profile_bomb():
    return png_of_chunks(chunk(b"iCCP", b"icc\x00\x00" + zlib.compress(bytes(70_000_000), 1)), pixels())


def png_with_tiny_chunks(count=10_000):
    return png_of_chunks(*[chunk(b"prVt", CANARY)] * count, pixels())


def png_with_wrong_crc():
    data = bytearray(png())
    data[data.index(b"IDAT") + 8] ^= 1
    return bytes(data)


def apng(frames=5_000):
    """A red frame, then blue ones."""
    parts = [chunk(b"acTL", struct.pack(">II", frames, 0))]
    content = zlib.compress((b"\x00" + b"\x00\x00\xff" * 2) * 2)
    control = struct.pack(">IIIIHHBB", 2, 2, 0, 0, 1, 10, 0, 0)
    parts += [chunk(b"fcTL", struct.pack(">I", 0) + control), pixels()]
    for index in range(1, frames):
        parts.append(chunk(b"fcTL", struct.pack(">I", 2 * index - 1) + control))
        parts.append(chunk(b"fdAT", struct.pack(">I", 2 * index) + content))
    return png_of_chunks(*parts)


def png_with_metadata():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY.decode())
    notes.add_text("Comment", CANARY.decode(), zip=True)
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{CANARY.decode()}</x:xmpmeta>")
    return png(pnginfo=notes, exif=exif(), icc_profile=srgb(), dpi=(72, 72)) + CANARY


# JPEG


def exif(orientation=1):
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F] = CANARY.decode()
    notes.get_ifd(0x8825)[1] = "S"
    notes.get_ifd(0x8825)[2] = (6.0, 58.0, 12.0)
    notes.get_ifd(0x8769)[0x927C] = CANARY
    return notes.tobytes()


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg_with(*segments):
    """A JPEG with segments of our own straight after its start."""
    return b"\xff\xd8" + b"".join(segments) + jpeg()[2:]


def jpeg_with_metadata():
    data = jpeg(exif=exif(), icc_profile=srgb(), comment=CANARY, xmp=b"<x:xmpmeta>" + CANARY, dpi=(72, 72))
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00" + CANARY)
    return data[:2] + iptc + data[2:]


def jpeg_with_thumbnail():
    """A cropped picture whose EXIF still shows the whole one."""
    thumbnail = saved(picture(size=(32, 32)), "JPEG", comment=CANARY)
    no_tags_then_second_directory = b"II*\x00\x08\x00\x00\x00" + struct.pack("<HI", 0, 14)
    offset_and_length = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(thumbnail), 0)
    return jpeg_with(segment(0xE1, b"Exif\x00\x00" + no_tags_then_second_directory + offset_and_length + thumbnail))


def jpeg_with_repeated_scans(count, size=(400, 300)):
    """A progressive JPEG whose first scan comes again and again: each costs a pass over all pixels."""
    data = saved(Image.new("L", size, 128), "JPEG", progressive=True)
    second_table = data.index(b"\xff\xc4", data.index(b"\xff\xda"))
    first_scan = data[data.index(b"\xff\xda") : second_table]
    return data[:second_table] + first_scan * count + data[second_table:]


def jpeg_with_restarts():
    return saved(Image.new("L", (2080, 2000), 90), "JPEG", restart_marker_blocks=1)


def mpo():
    """The picture, and one that is all blue."""
    second = Image.new("RGB", (96, 64), "blue")
    return saved(picture(), "MPO", save_all=True, append_images=[second])


# Other containers


def animated_webp(frames=5_000):
    """A red frame and a blue one, the second of them again and again: encoding them all would take seconds."""
    shades = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    two = saved(shades[0], "WEBP", save_all=True, append_images=shades[1:], lossless=True)
    last = two.rindex(b"ANMF")
    riff = two[8:] + two[last:] * (frames - 2)
    return two[:4] + struct.pack("<I", len(riff)) + riff


def heic_claiming(width, height, size=(96, 64)):
    """A HEIC file whose announced size is not the size of its picture."""
    data = bytearray(heic(size))
    at = 0
    while (at := data.find(b"ispe", at)) >= 0:
        data[at + 8 : at + 16] = struct.pack(">II", width, height)
        at += 16
    return bytes(data)


def claiming_to_be_avif():
    data = heic()
    return data.replace(b"heic", b"avif").replace(b"heix", b"avif")
