"""From counts to sentences: what has changed more than chance explains, and what to look at. Pure."""

import math
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from stats.drift import Drift, Window

# Below, a share says nothing; the page says "too few".
FEWEST = 10
_FEWEST_REPORTS = 30
# What the credit industry calls a marked shift (Siddiqi, Credit Risk Scorecards, 2006, chapter 9).
_MARKED_SHIFT = 0.25
_Z = 1.96
_WIDE_DROP = 0.1
_MORE_UNKNOWN = 0.05
_OFTEN_MISSED = 5


def stability_index(now: Mapping[str, int], before: Mapping[str, int]) -> float | None:
    """Population stability index of two distributions: the sum over labels of (p - q) ln(p / q).

    Half a count is added to each label, so that one that is missing on a side counts too. None where a side is empty.
    """
    if not now or not before:
        return None
    labels = now.keys() | before.keys()
    both = [(_share(now, label, len(labels)), _share(before, label, len(labels))) for label in labels]
    return sum((p - q) * math.log(p / q) for p, q in both)


def chance_of_index(now: Mapping[str, int], before: Mapping[str, int]) -> float:
    """What the index stays below in 95 of 100 months in which nothing changed.

    With n and m reports and B labels the index times nm / (n + m) follows a chi-square distribution with B - 1 degrees
    of freedom (Yurdakul, Statistical properties of the population stability index, 2018); its quantile is that of
    Wilson and Hilferty (1931).
    """
    degrees = max(len(now.keys() | before.keys()) - 1, 1)
    part = 2 / (9 * degrees)
    quantile = degrees * (1 - part + 1.6449 * math.sqrt(part)) ** 3
    return quantile * (1 / sum(now.values()) + 1 / sum(before.values()))


def alarms(drift: Drift) -> list[str]:
    """What should be looked at, as sentences; none is good news or too few cases to tell."""
    return [*_of_agreement(drift), *_of_reports(drift), *_of_rules(drift.now)]


def fell(now: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether a share (part, whole) fell by a tenth or more and by more than chance: two proportions, 95 %."""
    (part, whole), (part_then, whole_then) = now, before
    if whole < FEWEST or whole_then < FEWEST:
        return False
    share, share_then = part / whole, part_then / whole_then
    pooled = (part + part_then) / (whole + whole_then)
    error = math.sqrt(pooled * (1 - pooled) * (1 / whole + 1 / whole_then))
    return share_then - share >= _WIDE_DROP and share_then - share > _Z * error


def _of_agreement(drift: Drift) -> Iterator[str]:
    now, before = drift.now, drift.before
    if fell((now.first_right, now.judged_cases), (before.first_right, before.judged_cases)):
        yield _(
            "Dalam 30 hari terakhir jawaban pertama mesin cocok pada %(now)d %% kasus, sebelumnya %(before)d %%. "
            "Periksa kasus yang aturannya ditambahkan penelaah, lalu latih ulang."
        ) % {
            "now": _percent(now.first_right, now.judged_cases),
            "before": _percent(before.first_right, before.judged_cases),
        }
    if fell((now.three_right, now.judged_cases), (before.three_right, before.judged_cases)):
        yield _(
            "Dalam 30 hari terakhir aturan yang benar lebih jarang ada di antara tiga jawaban pertama mesin. "
            "Penelaah perlu membaca tanpa berpegang pada usulan mesin."
        )


def _of_reports(drift: Drift) -> Iterator[str]:
    now, before = drift.now, drift.before
    if min(now.reports, before.reports) < _FEWEST_REPORTS:
        return
    index = stability_index(now.first_labels, before.first_labels)
    if index is not None and index > max(_MARKED_SHIFT, chance_of_index(now.first_labels, before.first_labels)):
        yield _(
            "Dalam 30 hari terakhir laporan berubah: sebaran jawaban mesin bergeser jauh (indeks %(index).2f). "
            "Periksa apakah ada jenis perbuatan baru, kampanye laporan, atau pemilihan baru."
        ) % {"index": index}
    if fell((now.reports - now.abstained, now.reports), (before.reports - before.abstained, before.reports)):
        yield _("Dalam 30 hari terakhir mesin lebih sering tidak berpendapat. Periksa teks yang terbaca dari gambar.")
    if (now.unknown_words or 0) - (before.unknown_words or 0) >= _MORE_UNKNOWN:
        yield _("Dalam 30 hari terakhir laporan memuat lebih banyak kata yang tidak dikenal. Periksa kamus mesin.")


def _of_rules(now: Window) -> Iterator[str]:
    for label, rejected in now.rejected.items():
        verdicts = rejected + now.confirmed.get(label, 0)
        if verdicts >= FEWEST and rejected > verdicts / 2:
            yield _(
                "Dalam 30 hari terakhir %(rejected)d dari %(verdicts)d temuan %(label)s ditolak penelaah. "
                "Periksa kata yang memicunya."
            ) % {"rejected": rejected, "verdicts": verdicts, "label": label}
    for code, count in now.missed.items():
        if count >= _OFTEN_MISSED:
            yield _(
                "Dalam 30 hari terakhir penelaah %(count)d kali menambahkan %(code)s yang tidak ditemukan mesin. "
                "Periksa contoh aturan itu."
            ) % {"count": count, "code": code}


def _share(counts: Mapping[str, int], label: str, labels: int) -> float:
    return (counts.get(label, 0) + 0.5) / (sum(counts.values()) + 0.5 * labels)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)
