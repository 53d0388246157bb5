"""Agreement of two readers beyond chance. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

# Below, an interval says next to nothing and the page gives no figure.
FEWEST_PAIRS = 20
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of `pairs` cases; `value` is None where both readers gave every case one and the same answer."""

    pairs: int
    observed: float
    expected: float
    value: float | None
    error: float | None

    @property
    def low(self) -> float | None:
        """Lower end of the 95 % interval, not below -1."""
        return max(-1.0, self.value - _Z * self.error) if self.value is not None and self.error is not None else None

    @property
    def high(self) -> float | None:
        """Upper end of the 95 % interval, not above 1."""
        return min(1.0, self.value + _Z * self.error) if self.value is not None and self.error is not None else None

    @property
    def observed_percent(self) -> float:
        """How often both gave the same answer, in per cent."""
        return 100 * self.observed

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few cases to say anything."""
        return self.pairs < FEWEST_PAIRS


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    """Kappa of (first answer, second answer) pairs.

    Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960) 37-46;
    the large-sample standard error is that of Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969) 323-327.
    Raises ValueError without pairs.
    """
    if not pairs:
        raise ValueError("kappa needs at least one pair")
    n = len(pairs)
    answers = sorted({answer for pair in pairs for answer in pair}, key=repr)
    share = {(a, b): pairs.count((a, b)) / n for a in answers for b in answers}
    rows = {a: sum(share[a, b] for b in answers) for a in answers}
    columns = {b: sum(share[a, b] for a in answers) for b in answers}
    observed = sum(share[a, a] for a in answers)
    expected = sum(rows[a] * columns[a] for a in answers)
    if 1 - expected < 1e-12:
        return Kappa(n, observed, expected, None, None)
    kappa = (observed - expected) / (1 - expected)
    agree = sum(share[a, a] * (1 - (rows[a] + columns[a]) * (1 - kappa)) ** 2 for a in answers)
    differ = (1 - kappa) ** 2 * sum(
        share[a, b] * (columns[a] + rows[b]) ** 2 for a in answers for b in answers if a != b
    )
    variance = (agree + differ - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    return Kappa(n, observed, expected, kappa, max(variance, 0.0) ** 0.5)
