"""First and second readers side by side, as the acts they saw. Reads only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from cases.models import Assessment, Conclusion, SecondReading, Verdict
from rules.catalogue import Catalogue
from rules.current import catalogue_in_force

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class ReaderPair:
    """The acts (labels of the catalogue's rows) each reader saw in a case; empty: no violation."""

    case_id: UUID
    first: Labels
    second: Labels

    @property
    def is_disputed(self) -> bool:
        """Whether one saw a violation and the other none, or both saw one and no act in common."""
        return bool(self.first) != bool(self.second) or (bool(self.first) and self.first.isdisjoint(self.second))


def reader_pairs(*, at: datetime) -> list[ReaderPair]:
    """Every case read twice, in the order of the second readings; those the second reader could not judge left out."""
    catalogue = catalogue_in_force(localdate(at))
    clear = SecondReading.objects.exclude(conclusion=Conclusion.UNCLEAR)
    readings = list(clear.select_related("draw").order_by("pk"))
    first = standing_codes(reading.draw.case_id for reading in readings)
    return [
        ReaderPair(
            reading.draw.case_id,
            acts_of(first.get(reading.draw.case_id, []), catalogue),
            acts_of(reading.rule_codes, catalogue),
        )
        for reading in readings
    ]


def standing_codes(case_ids: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    """Rules that a person confirmed or added and nobody rejected since, by case."""
    newest = Assessment.objects.filter(case_id__in=list(case_ids)).order_by("case_id", "rule_code", "-id")
    found: dict[UUID, list[str]] = {}
    for row in newest.distinct("case_id", "rule_code"):
        if row.verdict != Verdict.REJECTED:
            found.setdefault(row.case_id, []).append(row.rule_code)
    return found


def acts_of(codes: Collection[str], catalogue: Catalogue) -> Labels:
    """The acts that rules speak of. A rule of an older catalogue speaks for itself, so that no verdict is lost."""
    known = {code: catalogue.rows[code].labels for code in codes if code in catalogue.rows}
    return frozenset(label for code in codes for label in known.get(code) or (code,))
