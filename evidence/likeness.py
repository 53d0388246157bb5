"""How alike two pictures or two texts are, and the keys by which an index finds the alike ones. Pure functions.

Pictures: 256 bits that say where in a 16 x 16 grid there is more detail than in the cell below. Detail is the
size of a step in brightness, not its direction, so a dark screen has the bits of the light one. The whole picture
gets a hash and so do three frames a little inside it, so that an edge cut off either picture does not hide the
other. Bands of the bits are the keys (Norouzi, Punjani, Fleet 2012, "Fast Search in Hamming Space with Multi-Index
Hashing").

Texts: MinHash over runs of letters (Broder 1997, "On the resemblance and containment of documents"); bands of the
signature are the keys (Indyk and Motwani 1998, "Approximate nearest neighbors"). The thresholds were measured:
`python -m benchmarks.likeness_pairs FOLDER`.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops

# Raise it when a change below makes old hashes incomparable with new ones.
VERSION = 2

SIDE = 16
HASH_BYTES = SIDE * SIDE // 8
# Pixels of detail looked at across one cell
DETAIL = 8
# A picture is made smaller by a whole number first, once for all frames, to no less than this on its shorter side:
# that finds the same pairs as the full size does, in a third of the time.
LEAST_SIDE = 256
# A bigger step counts as this: otherwise one photograph would drown all writing.
BIGGEST_STEP = 64
STRETCHED_STEPS = [min(step, BIGGEST_STEP) * 3 for step in range(256)]
# Shares cut off left, top, right and bottom: nothing, every edge, the status bar, the navigation bar.
FRAMES = ((0.0, 0.0, 0.0, 0.0), (0.05, 0.05, 0.05, 0.05), (0.0, 0.05, 0.0, 0.0), (0.0, 0.0, 0.0, 0.05))
# Shared by accident once in two million, and of the twelve one is whole after any eleven changed bits.
BAND_BITS = 21
BANDS = SIDE * SIDE // BAND_BITS
# A band with fewer bits set, or unset, is empty background, which all screens share.
FEWEST_BITS = 3

SHINGLE = 6
# A line with fewer letters is a button, a name or a clock more often than a sentence.
SHORTEST_LINE = 12
# With fewer runs of letters there is too little to compare.
FEWEST_SHINGLES = 24
SIGNATURE = 96
ROWS_PER_BAND = 4
PRIME = (1 << 31) - 1
LETTERS = re.compile(r"[^\W\d_]+")

# Damaged copies lay up to 15 bits apart, other posts in the same app 26 or more.
MOST_BITS_APART = 20
# Copies shared 0.45 (half cut away) to 1.0, other posts in the same app 0.3 at most.
LEAST_TEXT_SHARED = 0.5


def picture_hash(image: Image.Image) -> bytes:
    """The hash of every frame of a picture, HASH_BYTES each, the whole picture first."""
    grey = image.convert("L")
    factor = min(grey.size) // LEAST_SIDE
    if factor > 1:
        grey = grey.reduce(factor)
    return b"".join(_frame_hash(grey, frame) for frame in FRAMES)


def picture_keys(hashes: bytes) -> list[int]:
    """Keys (31 bits) of which two alike pictures share at least one; none of a picture without detail."""
    return sorted({key for frame in _frames(hashes) for key in _band_keys(frame)})


def picture_distance(one: bytes, other: bytes) -> int | None:
    """Bits (0 to 256) between the whole of one picture and the nearest frame of the other; None without a hash."""
    frames, others = _frames(one), _frames(other)
    if not frames or not others:
        return None
    nearest = min((frames[0] ^ frame).bit_count() for frame in others)
    return min(nearest, *((others[0] ^ frame).bit_count() for frame in frames))


def text_signature(text: str) -> bytes:
    """SIGNATURE numbers of 4 bytes, big-endian; empty when the text has too few letters to be compared.

    Digits, punctuation, spaces and short lines do not count: readers glue words, and apps print clocks and buttons.
    """
    shingles = _shingles(text)
    if len(shingles) < FEWEST_SHINGLES:
        return b""
    return struct.pack(f">{SIGNATURE}I", *(min((a * x + b) % PRIME for x in shingles) for a, b in PERMUTATIONS))


def text_keys(signature: bytes) -> list[int]:
    """Keys (31 bits) of which two alike texts share at least one, nearly always; none of an empty signature."""
    size = 4 * ROWS_PER_BAND
    bands = (signature[start : start + size] for start in range(0, len(signature), size))
    return sorted({zlib.crc32(band, number) >> 1 for number, band in enumerate(bands)})


def text_similarity(one: bytes, other: bytes) -> float | None:
    """Share of runs of letters two texts have in common (Jaccard, 0 to 1, off by about 0.05); None if unknown."""
    if not one or not other:
        return None
    lefts: tuple[int, ...] = struct.unpack(f">{SIGNATURE}I", one)
    rights: tuple[int, ...] = struct.unpack(f">{SIGNATURE}I", other)
    return sum(left == right for left, right in zip(lefts, rights, strict=True)) / SIGNATURE


def is_alike(distance: int | None, similarity: float | None) -> bool:
    """Whether two pictures with this distance and similarity of texts are worth showing to a person as alike."""
    return is_same_picture(distance) or is_same_text(similarity)


def is_same_picture(distance: int | None) -> bool:
    """Whether two pictures are nearly the same."""
    return distance is not None and distance <= MOST_BITS_APART


def is_same_text(similarity: float | None) -> bool:
    """Whether two texts are nearly the same."""
    return similarity is not None and similarity >= LEAST_TEXT_SHARED


def _frame_hash(grey: Image.Image, frame: Sequence[float]) -> bytes:
    left, top, right, bottom = frame
    width, height = grey.size
    box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
    size = SIDE * DETAIL
    small = grey.resize((size, size), Image.Resampling.BILINEAR, box=box)
    across = ImageChops.difference(small, ImageChops.offset(small, 1, 0))
    down = ImageChops.difference(small, ImageChops.offset(small, 0, 1))
    steps = ImageChops.add(across, down).point(STRETCHED_STEPS)
    cells = steps.resize((SIDE, SIDE + 1), Image.Resampling.BOX).tobytes()
    bits = sum((cells[at] > cells[at + SIDE]) << at for at in range(SIDE * SIDE))
    return bits.to_bytes(HASH_BYTES)


def _frames(hashes: bytes) -> list[int]:
    return [int.from_bytes(hashes[start : start + HASH_BYTES]) for start in range(0, len(hashes), HASH_BYTES)]


def _band_keys(frame: int) -> Iterator[int]:
    for number in range(BANDS):
        band = frame >> (number * BAND_BITS) & ((1 << BAND_BITS) - 1)
        if FEWEST_BITS <= band.bit_count() <= BAND_BITS - FEWEST_BITS:
            yield number << BAND_BITS | band


def _shingles(text: str) -> set[int]:
    words = ("".join(LETTERS.findall(line.lower())) for line in text.splitlines())
    letters = "".join(line for line in words if len(line) >= SHORTEST_LINE)
    return {zlib.crc32(letters[at : at + SHINGLE].encode()) for at in range(len(letters) - SHINGLE + 1)}


def _permutations() -> Iterator[tuple[int, int]]:
    """Fixed for ever, so that signatures of different days and machines are comparable."""
    for number in range(SIGNATURE):
        yield zlib.crc32(b"times%d" % number) % (PRIME - 1) + 1, zlib.crc32(b"plus%d" % number) % PRIME


PERMUTATIONS = tuple(_permutations())
