"""What the page about the reports of a case shows. Reads only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from cases.grouping import regrouping_refusal
from cases.models import Case, CaseReport, Regrouping
from cases.moving import together_refusal
from cases.own_findings import adopting_refusal
from cases.similar import SimilarCase, similar_cases


@dataclass(frozen=True)
class Proposal:
    """A case that may be the same, and why it cannot be joined as it is; empty when it can."""

    similar: SimilarCase
    refusal: str


@dataclass(frozen=True)
class Move:
    """One regrouping from this case's side. `other` is None where the person does not see the other case."""

    regrouping: Regrouping
    other: Case | None


@dataclass(frozen=True, kw_only=True)
class GroupingPage:
    """`refusal` says why nothing can be moved now; empty when it can."""

    refusal: str
    links: list[CaseReport]
    proposals: list[Proposal]
    moves: list[Move]
    may_adopt: bool


def grouping_page(case: Case, by: User) -> GroupingPage:
    """Everything about which reports make this case, as far as the person may see it."""
    links = case.case_reports.select_related("report").order_by("report__received_at", "pk")
    return GroupingPage(
        refusal=regrouping_refusal(case, by) or "",
        links=list(links),
        proposals=[_proposal(case, similar) for similar in similar_cases(case, by)],
        moves=_moves(case, by),
        may_adopt=adopting_refusal(case, by) is None,
    )


def merge_lead(case: Case, other: Case) -> str:
    """What joining does, before it is done."""
    if why := together_refusal(case, other):
        return why
    return _(
        "Semua laporan %(case)s pindah ke %(other)s (%(who)s). %(case)s ditutup sebagai dobel dan dapat "
        "dihidupkan lagi. Pelapor tetap mengikuti laporannya dengan kode yang sama."
    ) % {"case": case, "other": other, "who": other.respondent.name or other.respondent.post}


def _proposal(case: Case, similar: SimilarCase) -> Proposal:
    other = similar.case
    if other.duplicate_of_id:
        return Proposal(similar, _("Kasus itu sendiri sudah digabungkan."))
    return Proposal(similar, together_refusal(case, other) or "")


def _moves(case: Case, by: User) -> list[Move]:
    rows = Regrouping.objects.of_case(case.pk).select_related("by", "undone_by").newest_first()
    others = {row.target_id if row.source_id == case.pk else row.source_id for row in rows}
    visible = Case.objects.visible_to(by).in_bulk(others)
    return [Move(row, visible.get(row.target_id if row.source_id == case.pk else row.source_id)) for row in rows]
