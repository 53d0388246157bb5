"""How good opinions are against labelled records. Definitions stand in docs/classification.md."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from rules.engine import VIOLATIONS, Opinion
from rules.engine.account import NOT_ASN

BINS = 10
# A second label is part of the answer when it is at least so probable, alone and beside the first.
SECOND_AT_LEAST = 0.25
SECOND_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A right answer and the opinion given."""

    labels: tuple[str, ...]
    stage: str
    dated: bool
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one evaluation; shares between 0 and 1, None where nothing could be measured."""

    records: int
    top1: float | None
    top3: float | None
    top1_all: float | None
    macro_f1: float | None
    micro_f1: float | None
    false_alarm: float | None
    positives_cleared: float | None
    not_asn_recall: float | None
    stage_accuracy: float | None
    ece: float | None
    abstained: float | None
    texts_per_second: float

    def as_dict(self) -> dict[str, float | int | None]:
        """Figures rounded for reading."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def score(judged: Sequence[Judged], *, seconds: float) -> Score:
    """Score opinions. `top1` and `top3` count positives, `top1_all` every record."""
    positive = [j for j in judged if j.labels[0] in VIOLATIONS]
    negative = [j for j in judged if j.labels[0] not in VIOLATIONS]
    not_asn = [j for j in judged if NOT_ASN in j.labels]
    staged = [j for j in judged if j.dated and j.stage]
    micro, macro = f1_scores(judged)
    return Score(
        records=len(judged),
        top1=_share([_first(j) in j.labels for j in positive]),
        top3=_share([any(r.label in j.labels for r in j.opinion.ranked[:3]) for j in positive]),
        top1_all=_share([_first(j) in j.labels for j in judged]),
        macro_f1=macro,
        micro_f1=micro,
        false_alarm=_share([_first(j) in VIOLATIONS for j in negative]),
        positives_cleared=_share([_first(j) not in VIOLATIONS and not j.opinion.abstained for j in positive]),
        not_asn_recall=_share([_first(j) == NOT_ASN for j in not_asn]),
        stage_accuracy=_share([j.opinion.stage == j.stage for j in staged]),
        ece=calibration_error(judged),
        abstained=_share([j.opinion.abstained for j in judged]),
        texts_per_second=len(judged) / seconds if seconds else 0.0,
    )


def answer_of(opinion: Opinion) -> frozenset[str]:
    """The set of labels an opinion stands for: the first, and a second violation that is nearly as probable."""
    first, *rest = opinion.ranked
    if first.label not in VIOLATIONS:
        return frozenset((first.label,))
    second = next((r for r in rest if r.label in VIOLATIONS), first)
    close = second.probability >= max(SECOND_AT_LEAST, SECOND_SHARE * first.probability)
    return frozenset((first.label, second.label)) if close else frozenset((first.label,))


def f1_scores(judged: Sequence[Judged]) -> tuple[float | None, float | None]:
    """Micro and macro F1 over label sets; macro over the labels that occur in the right answers."""
    counts: dict[str, list[int]] = {}
    for j in judged:
        answer = answer_of(j.opinion)
        for label in answer | set(j.labels):
            row = counts.setdefault(label, [0, 0, 0])
            row[0 if label in answer and label in j.labels else 1 if label in answer else 2] += 1
    if not counts:
        return None, None
    totals = [sum(row[i] for row in counts.values()) for i in range(3)]
    occurring = {label for j in judged for label in j.labels}
    return _f1(totals), sum(_f1(counts[label]) for label in occurring) / len(occurring)


def calibration_error(judged: Sequence[Judged]) -> float | None:
    """Expected calibration error of the first answer in ten equal bins (Naeini, Cooper, Hauskrecht, 2015)."""
    if not judged:
        return None
    gaps = [0.0] * BINS
    for j in judged:
        probability = j.opinion.ranked[0].probability
        gaps[min(int(probability * BINS), BINS - 1)] += probability - (_first(j) in j.labels)
    return sum(abs(gap) for gap in gaps) / len(judged)


def confusion(judged: Sequence[Judged]) -> Mapping[tuple[str, str], int]:
    """How often each right label (the first of a record) got each first answer."""
    counts: dict[tuple[str, str], int] = {}
    for j in judged:
        pair = (j.labels[0], _first(j) if _first(j) not in j.labels else j.labels[0])
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def _first(judged: Judged) -> str:
    return judged.opinion.ranked[0].label


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _f1(row: Sequence[int]) -> float:
    hit, wrong, missed = row
    return 2 * hit / (2 * hit + wrong + missed) if hit else 0.0
