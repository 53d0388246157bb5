"""Where a case lies in the election, in SQL."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from reports.models import Classification
from rules.models import Stage


def stage_of_case(case: str = "pk") -> Coalesce:
    """SQL of a case's stage: that of its newest classification, `unknown` while there is none.

    `case` names the column of the outer query that holds the case.
    """
    newest = Classification.objects.filter(report__case_link__case=OuterRef(case)).order_by("-made_at", "-pk")
    return Coalesce(Subquery(newest.values("stage")[:1]), Value(Stage.UNKNOWN.value), output_field=CharField())
