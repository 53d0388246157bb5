"""Measures the reading of screenshots: `python -m tests.evidence.benchmark_reading FOLDER [OPTIONS]`.

FOLDER holds pictures and `truth.jsonl`, an object a line with `file`, `variant`, `source` and `lines`. Word recall is
the share of the true words that were read, each as often as it is there. CPU is that of the reading children, start
and loading included. The baseline is the `small` model alone on the same pictures in the same run.
"""

import argparse
import io
import itertools
import json
import os
import re
import resource
import statistics
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from evidence.images import rebuild
from evidence.text import ReadText, read_text

BASELINE = "faster-paddle-small"
TILTS = (10, -10)
TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}


@dataclass(frozen=True)
class Measured:
    """One picture read once. `order` is the share of neighbouring true lines that were read in their order."""

    recall: float
    order: float
    cpu_seconds: float
    is_odd: bool


def words(text: str) -> Counter[str]:
    """Return the words of a text, punctuation around them left out."""
    stripped = (re.sub(r"^\W+|\W+$", "", word) for word in text.split())
    return Counter(word for word in stripped if word)


def word_recall(lines: list[str], text: str) -> float:
    """Return the share of the words of the true lines that were read, each as often as it is there."""
    truth = words(" ".join(lines))
    return (truth & words(text)).total() / truth.total()


def order_kept(lines: list[str], text: str) -> float:
    """Return the share of long true lines, found once in the text, that stand after the one found before them."""
    lone = (line for line in lines if len(line) > 12 and lines.count(line) == text.count(line) == 1)
    pairs = list(itertools.pairwise(map(text.find, lone)))
    return sum(first < second for first, second in pairs) / len(pairs) if pairs else 1.0


def measured_reading(clean: bytes, engine: str | None = None) -> tuple[ReadText, float]:
    """Read a clean copy; return the reading and the CPU seconds its children used."""
    before = os.times()
    read = read_text(clean, engine=engine)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return read, used


def pictures(folder: Path, with_turns: bool, with_tilts: bool):
    """Yield variant, true lines, whether the picture is of the odd half, and its bytes."""
    changes = {
        f"turned {turn}": partial(Image.Image.transpose, method=way) for turn, way in TURNS.items() if with_turns
    }
    changes |= {f"tilted {tilt}": partial(tilted, degrees=tilt) for tilt in TILTS if with_tilts}
    for record in map(json.loads, (folder / "truth.jsonl").read_text().splitlines()):
        data = (folder / record["file"]).read_bytes()
        is_odd = int(re.match(r"\d+", record["source"])[0]) // 2 % 2 == 1
        yield record["variant"], record["lines"], is_odd, data
        if record["variant"] == "plain":
            for variant, change in changes.items():
                changed = io.BytesIO()
                change(Image.open(io.BytesIO(data)).convert("RGB")).save(changed, "PNG")
                yield variant, record["lines"], is_odd, changed.getvalue()


def tilted(picture: Image.Image, degrees: float) -> Image.Image:
    """The whole picture turned a little, on grey."""
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#808080")


def main() -> None:
    """Print a table, a row a variant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--turns", action="store_true", help="also every plain picture turned by 90, 180, 270 degrees")
    parser.add_argument("--tilts", action="store_true", help="also every plain picture turned by 10 degrees, both ways")
    parser.add_argument("--no-baseline", action="store_true")
    options = parser.parse_args()
    found: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for variant, lines, is_odd, data in pictures(options.folder, options.turns, options.tilts):
        clean = rebuild(data).data
        for engine in ("faster-paddle",) if options.no_baseline else ("faster-paddle", BASELINE):
            read, cpu = measured_reading(clean, engine)
            found[variant, engine].append(
                Measured(word_recall(lines, read.text), order_kept(lines, read.text), cpu, is_odd)
            )
    _print(found)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    sys.stdout.write(f"largest process of all: {peak} MB resident\n")


def _print(found: dict[tuple[str, str], list[Measured]]) -> None:
    head = ("variant", "engine", "n", "recall", "worst", "even", "odd", "order", "CPU s", "p95", "/baseline")
    sys.stdout.write(("{:10} {:20}" + " {:>6}" * 9 + "\n").format(*head))
    every: dict[str, list[float]] = defaultdict(list)
    for (variant, engine), group in found.items():
        base = statistics.median(one.cpu_seconds for one in found.get((variant, BASELINE), group))
        sys.stdout.write(f"{variant:10} {engine:20} {_row(group, base)}\n")
        every[engine] += [one.cpu_seconds for one in group]
    for engine, seconds in every.items():
        sys.stdout.write(f"all: {engine} median {statistics.median(seconds):.2f} CPU s, p95 {_p95(seconds):.2f}\n")


def _row(group: list[Measured], base: float) -> str:
    halves = [[one.recall for one in group if one.is_odd is odd] or [0.0] for odd in (False, True)]
    recalls, seconds = [one.recall for one in group], [one.cpu_seconds for one in group]
    figures = (
        statistics.median(recalls),
        min(recalls),
        *map(statistics.median, halves),
        statistics.median(one.order for one in group),
        statistics.median(seconds),
        _p95(seconds),
        statistics.median(seconds) / base,
    )
    return f"{len(group):6} " + " ".join(f"{figure:6.3f}" for figure in figures)


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


if __name__ == "__main__":
    main()
