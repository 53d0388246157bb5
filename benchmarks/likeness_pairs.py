"""How well look-alikes are told from others: `python -m benchmarks.likeness_pairs FOLDER [--engine NAME]`.

FOLDER holds screenshots and `truth.jsonl`, a line per picture with `file`, `source` (the undamaged one), `variant` and
`app`. To those come damages made here and posts drawn here, light and dark. Every picture takes the portal's own road:
rebuilt, read, hashed. A pair is alike when both come from one source; hard pairs are of two posts in the same app.
Thresholds are chosen on one half of the sources; the figures are of the other half.
"""

import argparse
import io
import itertools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PIL import Image

from benchmarks.screens import DAMAGE, draw_post
from evidence.images import rebuild
from evidence.likeness import LEAST_TEXT_SHARED, MOST_BITS_APART, picture_distance, text_signature, text_similarity
from evidence.text import read_text

Threshold = TypeVar("Threshold", int, float)

PLAIN = "plain"
POSTS_DRAWN = 12
# A wrong proposal costs a reviewer a look; many of them cost the list its worth.
LEAST_PRECISION = 0.98
# A similarity no two texts have
NOTHING = 2.0
DISTANCES = range(0, 61, 2)
SIMILARITIES = [share / 20 for share in range(5, 20)]


@dataclass(frozen=True)
class Sample:
    """One picture as the portal knows it."""

    source: str
    variant: str
    app: str
    hashes: bytes
    signature: bytes


@dataclass(frozen=True)
class Pair:
    """A source beside a variant of itself or of another source."""

    variant: str
    is_same: bool
    is_hard: bool
    in_first_half: bool
    distance: int
    similarity: float


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--engine", default="faster-paddle-tiny")
    given = options.parse_args()
    pairs = list(pairs_of(list(samples(given.folder, given.engine))))
    first = [pair for pair in pairs if pair.in_first_half]
    second = [pair for pair in pairs if not pair.in_first_half]
    report("chosen on one half", second, *choose(first))
    report("as the portal has them", second, MOST_BITS_APART, LEAST_TEXT_SHARED)


def samples(folder: Path, engine: str) -> Iterator[Sample]:
    """Every picture of the folder, the damages of its sources, and the drawn posts."""
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]
    for row in rows:
        picture = Image.open(folder / row["file"]).convert("RGB")
        yield sample(row["source"], row["variant"], row["app"], picture, engine)
        if row["variant"] == PLAIN:
            yield from damages(row["source"], row["app"], picture, engine)
    for seed in range(POSTS_DRAWN):
        picture = draw_post(seed)
        yield sample(f"drawn {seed}", PLAIN, "drawn", picture, engine)
        yield sample(f"drawn {seed}", "dark theme", "drawn", draw_post(seed, theme="dark", clock="09.05"), engine)
        yield from damages(f"drawn {seed}", "drawn", picture, engine)


def damages(source: str, app: str, picture: Image.Image, engine: str) -> Iterator[Sample]:
    """A picture in every way of being damaged."""
    for variant, damage in DAMAGE.items():
        yield sample(source, variant, app, damage(picture), engine)


def sample(source: str, variant: str, app: str, picture: Image.Image, engine: str) -> Sample:
    """A picture on the portal's own road."""
    sys.stderr.write(".")
    sys.stderr.flush()
    file = io.BytesIO()
    picture.save(file, "PNG")
    clean = rebuild(file.getvalue())
    text = read_text(clean.data, engine=engine).text
    return Sample(source, variant, app, clean.picture_hash, text_signature(text))


def pairs_of(known: list[Sample]) -> Iterator[Pair]:
    """Each source with each picture; both sources of a pair are in the same half."""
    sources = [one for one in known if one.variant == PLAIN]
    half = {one.source: number % 2 for number, one in enumerate(sorted(sources, key=lambda one: (one.app, one.source)))}
    for one, other in itertools.product(sources, known):
        if one is other or half[one.source] != half[other.source]:
            continue
        yield Pair(
            variant=other.variant,
            is_same=one.source == other.source,
            is_hard=one.app == other.app,
            in_first_half=half[one.source] == 0,
            distance=999 if (apart := picture_distance(one.hashes, other.hashes)) is None else apart,
            similarity=text_similarity(one.signature, other.signature) or 0.0,
        )


def choose(pairs: list[Pair]) -> tuple[int, float]:
    """For each sign alone, the strictest threshold of those that find most pairs while the precision is high."""
    distances = {distance: precision_and_recall(pairs, distance, NOTHING) for distance in DISTANCES}
    similarities = {similarity: precision_and_recall(pairs, -1, similarity) for similarity in SIMILARITIES}
    return _best(distances, strictest=min), _best(similarities, strictest=max)


def _best(scores: Mapping[Threshold, tuple[float, float]], *, strictest: Callable[..., Threshold]) -> Threshold:
    recalls = {threshold: recall for threshold, (precision, recall) in scores.items() if precision >= LEAST_PRECISION}
    return strictest(threshold for threshold, recall in recalls.items() if recall == max(recalls.values()))


def precision_and_recall(pairs: list[Pair], distance: int, similarity: float) -> tuple[float, float]:
    """Shares from 0 to 1; a precision of 1 where nothing was found."""
    found = [pair for pair in pairs if pair.distance <= distance or pair.similarity >= similarity]
    right = sum(pair.is_same for pair in found)
    same = sum(pair.is_same for pair in pairs)
    return (right / len(found) if found else 1.0), (right / same if same else 0.0)


def report(title: str, pairs: list[Pair], distance: int, similarity: float) -> None:
    """A table: a line per variant with both signs, picture alone and text alone."""
    print_line(f"\n{title}: at most {distance} of 256 bits apart, or at least {similarity:.2f} of the text shared")
    print_line(
        f"{'variant':<14}{'pairs':>7}{'others':>8}{'hard':>7}{'precision':>11}{'recall':>8}{'picture':>9}{'text':>7}"
    )
    for variant in [*sorted({pair.variant for pair in pairs if pair.variant != PLAIN}), "all"]:
        chosen = [pair for pair in pairs if variant in ("all", pair.variant)]
        same = sum(pair.is_same for pair in chosen)
        hard = sum(pair.is_hard and not pair.is_same for pair in chosen)
        precision, recall = precision_and_recall(chosen, distance, similarity)
        picture = precision_and_recall(chosen, distance, NOTHING)[1]
        text = precision_and_recall(chosen, -1, similarity)[1]
        print_line(
            f"{variant:<14}{same:>7}{len(chosen) - same:>8}{hard:>7}{precision:>11.3f}{recall:>8.3f}"
            f"{picture:>9.3f}{text:>7.3f}"
        )


def print_line(text: str) -> None:
    """Figures go to standard output."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
