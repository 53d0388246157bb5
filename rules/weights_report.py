"""The report of a training in words and rows, as pages show it. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rules.challenge import FIGURES, GUARDS
from rules.current import fits_release, release_engine, version_in_force
from rules.models import TrainedWeights, WeightsChoice
from rules.promoting import did_worse

SETS = {
    "release": gettext_lazy("Teks rilis, tiap bagian dinilai tanpa melihatnya"),
    "cases": gettext_lazy("Kasus yang diputus, tiap bagian dinilai tanpa melihatnya"),
    "held_out": gettext_lazy("Teks uji yang tidak pernah dilatihkan"),
}
NAMES = {
    "top1_all": gettext_lazy("Label pertama benar"),
    "top1": gettext_lazy("Label pertama benar (pelanggaran)"),
    "top3": gettext_lazy("Benar di antara tiga (pelanggaran)"),
    "false_alarm": gettext_lazy("Tuduhan keliru"),
    "positives_cleared": gettext_lazy("Pelanggaran dinyatakan bersih"),
    "not_asn_recall": gettext_lazy("Bukan ASN dikenali"),
    "ece": gettext_lazy("Galat kalibrasi"),
}
# Figures that are better when they are lower
LOWER_IS_BETTER = frozenset({*GUARDS, "ece"})
_FEW = 50


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of both sides as percentages, and what the difference means in words."""

    name: str
    champion: str
    challenger: str
    difference: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SetRows:
    """One set of accounts."""

    title: str
    records: int
    is_small: bool
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class WeightsRow:
    """One training in the list; `is_candidate` says whether it can be chosen now."""

    weights: TrainedWeights
    verdict: str
    is_in_force: bool
    is_candidate: bool
    did_worse: bool


@dataclass(frozen=True, slots=True)
class WeightsOverview:
    """Every training, and what counts."""

    rows: tuple[WeightsRow, ...]
    release_version: str
    release_in_force: bool
    is_overruled: bool
    choices: tuple[WeightsChoice, ...]


def weights_overview() -> WeightsOverview:
    """What the list shows, newest training first. `is_overruled`: a newer release put the last choice aside."""
    in_force = version_in_force()
    choices = tuple(WeightsChoice.objects.select_related("by", "weights").defer("weights__content").order_by("-pk"))
    rows = tuple(_row(weights, in_force) for weights in TrainedWeights.objects.defer("content").order_by("-pk"))
    return WeightsOverview(
        rows=rows,
        release_version=release_engine().model.version,
        release_in_force=not in_force,
        is_overruled=bool(choices and choices[0].weights and not in_force),
        choices=choices,
    )


def verdict_words(report: Mapping[str, Any]) -> str:
    """The verdict of a report as a sentence."""
    worse = [_worse_words(name) for name in report.get("worse_in", ())]
    if worse:
        return _("Penantang terbukti lebih buruk: %(what)s.") % {"what": "; ".join(worse)}
    if report.get("verdict") == "better":
        return _("Penantang lebih baik.")
    return _("Penantang tidak terbukti lebih baik.")


def report_sets(report: Mapping[str, Any]) -> tuple[SetRows, ...]:
    """The figures of a report, a table a set."""
    return tuple(
        SetRows(
            title=str(SETS[each["name"]]),
            records=each["records"],
            is_small=each["records"] < _FEW,
            rows=tuple(_figure(name, each["figures"][name]) for name in FIGURES if name in each["figures"]),
        )
        for each in report.get("sets", ())
    )


def _row(weights: TrainedWeights, in_force: str) -> WeightsRow:
    is_in_force = weights.version == in_force
    return WeightsRow(
        weights=weights,
        verdict=verdict_words(weights.report),
        is_in_force=is_in_force,
        is_candidate=not is_in_force and fits_release(weights),
        did_worse=did_worse(weights),
    )


def _figure(name: str, figure: Mapping[str, float | None]) -> FigureRow:
    low, high = figure["low"], figure["high"]
    words = (
        "–"
        if low is None or high is None
        else _("%(low)+.1f sampai %(high)+.1f")
        % {
            "low": 100 * low,
            "high": 100 * high,
        }
    )
    return FigureRow(
        str(NAMES[name]), _percent(figure["champion"]), _percent(figure["challenger"]), words, _meaning(name, low, high)
    )


def _meaning(name: str, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _("tidak terukur")
    if low <= 0 <= high:
        return _("tidak terbukti berbeda")
    return _("lebih buruk") if (low > 0) == (name in LOWER_IS_BETTER) else _("lebih baik")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _worse_words(name: str) -> str:
    where, figure = name.split(".")
    return f"{NAMES[figure]} ({SETS[where]})"
