"""Names of formats that are refused, so that the message can say what was sent instead of a picture."""

import re

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"PK", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\x00\x00\x02\x00", "ICO"),
    (b"8BPS", "PSD"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"RIFF", "RIFF"),
)
MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|!--|html|head|body|script|svg)", re.IGNORECASE)
SVG = re.compile(rb"<svg", re.IGNORECASE)
# PDF readers accept the header anywhere in the first 1024 bytes, so a picture with it there is two files in
# one.
PDF_WINDOW = 1024


def name_of_foreign(data: bytes) -> str | None:
    """Return the name of a known format that is refused (`"GIF"`, `"PDF"`, ...), or None."""
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            return name
    if MARKUP.match(data[:512]):
        return "SVG" if SVG.search(data[:4096]) else "HTML/XML"
    return _name_of_media_container(data)


def is_also_pdf(data: bytes) -> bool:
    """Tell whether a PDF reader would open this file, whatever its first bytes say."""
    return b"%PDF-" in data[:PDF_WINDOW]


def _name_of_media_container(data: bytes) -> str | None:
    if data[4:8] != b"ftyp":
        return None
    return {b"avif": "AVIF", b"avis": "AVIF", b"mif1": "HEIF", b"msf1": "HEIF"}.get(data[8:12], "video")
