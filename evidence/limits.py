"""What may be uploaded, and what a child that touches it may use. Sizes in bytes, times in seconds."""

from dataclasses import dataclass, replace
from enum import StrEnum

MIB = 1024 * 1024

MAX_FILES = 10
MAX_FILE_BYTES = 10 * MIB
MAX_TOTAL_BYTES = 40 * MIB

# A 50-megapixel phone camera passes, a bomb of 60000 x 60000 does not. Rebuilding 49 MP of noise peaked at
# 590 MB.
MAX_PIXELS = 50_000_000
# Long scroll screenshots (1080 x 12000) pass; strips such as 1 x 65535 do not.
MAX_SIDE = 16_000

# Structures that cost a parser time before they cost pixels. Honest files stay far below each of them.
MAX_JPEG_SEGMENTS = 10_000
MAX_JPEG_SCANS = 200
MAX_PNG_CHUNKS = 100_000
MAX_HEIC_BOXES = 20_000

# Above this a PNG of the clean copy grows past what a reviewer's phone can load; such pictures become JPEG.
MAX_LOSSLESS_PIXELS = 16_000_000
MAX_CLEAN_BYTES = 64 * MIB

MAX_LINES = 3_000
MAX_LINE_CHARACTERS = 1_000
MAX_TEXT_CHARACTERS = 40_000


class ImageFormat(StrEnum):
    """The formats a reporter may send."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIC"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """What one child process may use; the kernel enforces the first three, the parent the other two.

    `tasks` counts the child itself and any thread it starts once confined; 0 forbids starting any.
    """

    cpu_seconds: int
    memory_bytes: int
    tasks: int = 0
    wall_seconds: float
    answer_bytes: int


DECODER_LIMITS = ChildLimits(
    cpu_seconds=20, memory_bytes=1024 * MIB, wall_seconds=30, answer_bytes=MAX_CLEAN_BYTES + MIB
)
# libde265 decodes in a thread of its own and fails without it.
HEIC_DECODER_LIMITS = replace(DECODER_LIMITS, tasks=2)
READER_LIMITS = ChildLimits(cpu_seconds=30, memory_bytes=1536 * MIB, wall_seconds=45, answer_bytes=4 * MIB)
# The second try uses a model three times as fast, so both tries and the decoder end within 100 s of wall
# time.
SECOND_READING_LIMITS = ChildLimits(cpu_seconds=15, memory_bytes=1024 * MIB, wall_seconds=25, answer_bytes=4 * MIB)
RAPIDOCR_LIMITS = ChildLimits(cpu_seconds=45, memory_bytes=2048 * MIB, wall_seconds=60, answer_bytes=4 * MIB)
