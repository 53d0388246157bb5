"""How good the word model is beside the rules, on the same records."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rules.engine import VIOLATIONS
from rules.scoring import Judged

Pair = tuple[tuple[str, ...], str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Shares between 0 and 1, None where nothing could be measured: the word model alone, and both together.

    `agreement`: both put the same answer first. `right_if_agreed`: that answer is right. `rules_right_if_not` and
    `second_right_if_not`: who is right where they differ.
    """

    second_top1: float | None
    second_top3: float | None
    second_false_alarm: float | None
    agreement: float | None
    right_if_agreed: float | None
    rules_right_if_not: float | None
    second_right_if_not: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Figures rounded for reading."""
        return {name: None if value is None else round(value, 4) for name, value in asdict(self).items()}


def compared(judged: Sequence[Judged]) -> Compared:
    """Compare the word model of opinions that hold one with the rules' first answers."""
    pairs = [(j.labels, j.opinion.ranked[0].label, j.opinion.second) for j in judged if j.opinion.second]
    return compare([(labels, first, second) for labels, first, second in pairs if second])


def compare(pairs: Sequence[Pair]) -> Compared:
    """Of records: right labels, the rules' first answer, the word model's probabilities."""
    ordered = [(labels, first, sorted(second, key=lambda label: -second[label])) for labels, first, second in pairs]
    positive = [(labels, order) for labels, _, order in ordered if labels[0] in VIOLATIONS]
    negative = [order for labels, _, order in ordered if labels[0] not in VIOLATIONS]
    agreed = [(labels, first) for labels, first, order in ordered if first == order[0]]
    apart = [(labels, first, order[0]) for labels, first, order in ordered if first != order[0]]
    return Compared(
        second_top1=_share([order[0] in labels for labels, order in positive]),
        second_top3=_share([not set(order[:3]).isdisjoint(labels) for labels, order in positive]),
        second_false_alarm=_share([order[0] in VIOLATIONS for order in negative]),
        agreement=_share([first == order[0] for _, first, order in ordered]),
        right_if_agreed=_share([first in labels for labels, first in agreed]),
        rules_right_if_not=_share([first in labels for labels, first, _ in apart]),
        second_right_if_not=_share([other in labels for labels, _, other in apart]),
    )


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
