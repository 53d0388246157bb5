"""How exactly figures are known: bootstrap intervals, always the same for the same opinions."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from rules.scoring import Judged, score

ROUNDS = 400
# Where a record has no date or no label of its kind, a figure may be missing from a resample.
NOT_SHARES = frozenset({"records", "texts_per_second"})


def intervals(judged: Sequence[Judged], rounds: int = ROUNDS) -> Mapping[str, tuple[float, float]]:
    """95 % percentile intervals of every share by name (Efron, Tibshirani, 1993, chapter 13)."""
    found: dict[str, list[float]] = {}
    for turn in range(rounds):
        resample = [judged[place] for place in places(turn, len(judged))]
        for name, value in score(resample, seconds=0).as_dict().items():
            if name not in NOT_SHARES and value is not None:
                found.setdefault(name, []).append(value)
    return {name: percentiles(sorted(values)) for name, values in found.items()}


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 2.5th and the 97.5th percentile of sorted values."""
    cut = int(len(values) * 0.025)
    return values[cut], values[-1 - cut]


def places(turn: int, count: int) -> Iterator[int]:
    """As many places as there are records, drawn with replacement, the same on every machine."""
    stream = hashlib.shake_256(f"bootstrap {turn}".encode()).digest(4 * count)
    return (int.from_bytes(stream[i : i + 4], "big") % count for i in range(0, len(stream), 4))
