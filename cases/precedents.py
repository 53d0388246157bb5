"""What similar decided cases got: same rules, same stage. Counts only; no case and no person is named."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Subquery

from cases.models import Case, DisciplineLevel, Recommendation, Sanction
from cases.stages import stage_of_case

# Fewer say nothing of a practice.
ENOUGH = 3
# Letters looked at, the latest first: practice is what is done now, and a rule of every campaign has 100,000.
MOST_LETTERS = 500


@dataclass(frozen=True)
class Precedents:
    """How many similar cases got which level, most frequent first."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def usual_level(self) -> str:
        """The level more than half of at least ENOUGH cases got; empty where there is none."""
        if self.total < ENOUGH:
            return ""
        level, count = next(iter(self.counts.items()))
        return level if 2 * count > self.total else ""

    def depart_from(self, level: str) -> bool:
        """Whether a proposed level is another than the usual one. Leaving the level to the body proposes none."""
        return bool(level and self.usual_level) and level != self.usual_level


def precedents(case: Case, rule_codes: list[str]) -> Precedents:
    """Sanctions that count, in cases recommended for exactly these rules and with the same stage, in the whole country.

    Of the latest MOST_LETTERS recommendations. Not to be asked where a level is disputed (rulebook.disputed_levels):
    what others got would name the level nobody may propose.
    """
    same_rules = Recommendation.objects.sent().filter(rule_codes=rule_codes).exclude(case=case)
    latest = same_rules.order_by("-sent_at").values("case")[:MOST_LETTERS]
    stage = Subquery(Case.objects.filter(pk=case.pk).values(stage=stage_of_case()))
    counted = (
        Sanction.objects.filter(withdrawn_at__isnull=True, case__in=latest)
        .annotate(stage=stage_of_case("case"))
        .filter(stage=stage)
        .values_list("level")
        .annotate(count=Count("pk"))
        .order_by("-count", "level")
    )
    return Precedents(dict(counted))


def level_words(level: str) -> str:
    """A level as people write it."""
    return str(DisciplineLevel(level).label)
