"""make bench-evidence: how long a picture takes from upload to text, and what the safe way costs beside plain Pillow.

Without a folder it measures the sample screenshots of the tests, as they are and at the size of a phone's screen (1080
pixels wide). Every figure is of this machine in this run. A ratio is plain Pillow's time by ours; the two take turns,
and a ratio is the median of those of all turns, so that other work on the machine troubles both alike.
"""

import io
import math
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from evidence.children import close_nurseries
from evidence.decoder import JPEG_QUALITY, PNG_COMPRESS_LEVEL
from evidence.headers import check_upload
from evidence.images import rebuild
from evidence.limits import ImageFormat
from evidence.sealing import generate_keypair, seal, unseal
from evidence.text import ReadingFailed, read_text

SAMPLES = Path(__file__).parent.parent / "tests" / "evidence" / "images"
ROUNDS = 7
PHONE_WIDTH = 1080
PHONE_PIXELS = 2_000_000
KEYS = generate_keypair()


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of wall time one picture took in each part; the pairs are of rebuilding and plain Pillow."""

    data: bytes
    kind: str
    seal: float
    pairs: list[tuple[float, float]]
    read: float

    @property
    def rebuild(self) -> float:
        """Median of rebuilding."""
        return statistics.median(ours for ours, _ in self.pairs)

    @property
    def plain(self) -> float:
        """Median of plain Pillow."""
        return statistics.median(theirs for _, theirs in self.pairs)

    @property
    def whole(self) -> float:
        """From upload to text."""
        return self.seal + self.rebuild + self.read


def main(arguments: Sequence[str]) -> None:
    """Measure the pictures of a folder, or the samples, and print the figures."""
    pictures = pictures_in(Path(arguments[0])) if arguments else samples()
    if not pictures:
        sys.exit("No JPEG, PNG, WebP or HEIC in this folder.")
    rebuild(pictures[0])
    timings = [measure(data) for data in pictures]
    report(timings)
    report_ratios(timings)


def samples() -> list[bytes]:
    """The test screenshots, small and at the size phones make them."""
    small = pictures_in(SAMPLES)
    return small + [enlarged(data) for data in small]


def pictures_in(folder: Path) -> list[bytes]:
    """Every picture of a folder."""
    endings = {".jpg", ".jpeg", ".png", ".webp", ".heic"}
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix.lower() in endings]


def enlarged(data: bytes) -> bytes:
    """The same picture in its format at the width of a phone's screen."""
    image = Image.open(io.BytesIO(data))
    size = (PHONE_WIDTH, round(image.height * PHONE_WIDTH / image.width))
    file = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(file, image.format)
    return file.getvalue()


def measure(data: bytes) -> Timing:
    """Time one picture."""
    pairs = [(seconds(rebuild, data), seconds(plain, data)) for _ in range(ROUNDS)]
    sealing = statistics.median(seconds(seal_and_open, data) for _ in range(ROUNDS))
    return Timing(data, kind_of(data), sealing, pairs, seconds(read, rebuild(data).data))


def kind_of(data: bytes) -> str:
    """Format and rough size, for the table."""
    header = check_upload(data)
    size = "phone" if header.width * header.height >= PHONE_PIXELS else "small"
    return f"{header.format.value} {size}"


def seal_and_open(data: bytes) -> None:
    """What intake and worker do around the original."""
    sealed = seal(data, KEYS.public, "bench")
    unseal(sealed.sealed_key, sealed.ciphertext, KEYS.private, "bench")


def plain(data: bytes) -> bytes:
    """Decode and encode as the decoder does, in this process, without any of its care."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    file = io.BytesIO()
    if check_upload(data).format is ImageFormat.PNG:
        image.save(file, "PNG", compress_level=PNG_COMPRESS_LEVEL)
    else:
        image.save(file, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return file.getvalue()


def read(clean: bytes) -> None:
    """Read the text; a picture that cannot be read cost its time all the same."""
    try:
        read_text(clean)
    except ReadingFailed:
        sys.stdout.write("one picture could not be read\n")


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    """Wall time of one call."""
    started = time.perf_counter()
    work(data)
    return time.perf_counter() - started


def report(timings: Sequence[Timing]) -> None:
    """Print the figures of the whole way."""
    whole = sorted(timing.whole for timing in timings)
    reading = sum(timing.read for timing in timings) / sum(whole)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    p95 = whole[math.ceil(0.95 * len(whole)) - 1]
    lines = [
        f"pictures                      {len(timings)}",
        f"images a second, one worker   {len(whole) / sum(whole):.2f}",
        f"median, p95 a picture         {statistics.median(whole):.2f} s, {p95:.2f} s",
        f"share spent in reading        {reading:.0%}",
        f"peak memory of a child        {peak:.0f} MB",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def report_ratios(timings: Sequence[Timing]) -> None:
    """Print rebuilding beside plain Pillow, by format and size, and how many a second one worker does."""
    close_nurseries()
    sys.stdout.write("rebuild beside plain Pillow     n   ours  plain  wall ratio  CPU ratio  (wanted: 0.80 or more)\n")
    for kind in sorted({timing.kind for timing in timings}):
        _report_kind(kind, [timing for timing in timings if timing.kind == kind])
    _report_kind("all", timings)
    ours, theirs = (sum(column) for column in zip(*((one.rebuild, one.plain) for one in timings), strict=True))
    speeds = f"rebuilt {len(timings) / ours:.1f}, plain {len(timings) / theirs:.1f}"
    sys.stdout.write(f"pictures a second, all: {speeds}, ratio {theirs / ours:.2f}\n")


def _report_kind(kind: str, timings: Sequence[Timing]) -> None:
    wall = statistics.median(theirs / ours for timing in timings for ours, theirs in timing.pairs)
    pictures = [timing.data for timing in timings]
    cpu = cpu_seconds(plain, pictures) / cpu_seconds(rebuild, pictures)
    ours = 1000 * statistics.median(timing.rebuild for timing in timings)
    theirs = 1000 * statistics.median(timing.plain for timing in timings)
    sys.stdout.write(f"  {kind:<26}{len(timings):>5}{ours:>5.0f} ms{theirs:>4.0f} ms{wall:>12.2f}{cpu:>11.2f}\n")


def cpu_seconds(work: Callable[[bytes], object], pictures: Sequence[bytes]) -> float:
    """CPU time of doing it to all pictures, children included, without the start of the warm process."""
    return _with_start(work, [*pictures] * ROUNDS) - _with_start(work, pictures[:1])


def _with_start(work: Callable[[bytes], object], pictures: Sequence[bytes]) -> float:
    before = _used()
    for data in pictures:
        work(data)
    close_nurseries()
    return _used() - before


def _used() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main(sys.argv[1:])
