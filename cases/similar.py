"""Cases that may be about the same conduct. Proposals only: a person decides whether one is a duplicate."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from reports.models import Evidence

# Ratio of equal letters between two names from which people would call them the same.
ALIKE = 0.85
MOST_CANDIDATES = 200
MOST_PROPOSALS = 10
SHORTEST_WORD = 4
# Titles come and go between two spellings of one person.
TITLES = re.compile(r"\b(drs?|dra|ir|hj?|prof|amd|[sm]\.\s?\w{1,5})\b\.?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class SimilarCase:
    """A case and why it may be the same, in words for the reviewer."""

    case: Case
    reasons: list[str]


def similar_cases(case: Case, seen_by: User) -> list[SimilarCase]:
    """Open and finished cases of the same province that share NIP, name and agency, or a picture with this one.

    Only those the person may see; most reasons first, then newest.
    """
    person = case.respondent
    with_same_picture = _cases_with_same_picture(case)
    alike = Q(pk__in=with_same_picture)
    for word in plain_name(person.name).split():
        if len(word) >= SHORTEST_WORD:
            alike |= Q(respondent__name__icontains=word)
    if person.nip:
        alike |= Q(respondent__nip=person.nip)
    others = Case.objects.visible_to(seen_by).within(case.region.province_code).filter(alike).exclude(pk=case.pk)
    proposals = [
        SimilarCase(case=other, reasons=reasons)
        for other in others.select_related("respondent").order_by("-number")[:MOST_CANDIDATES]
        if (reasons := _reasons(case, other, shares_picture=other.pk in with_same_picture))
    ]
    return sorted(proposals, key=lambda proposal: -len(proposal.reasons))[:MOST_PROPOSALS]


def plain_name(name: str) -> str:
    """A name without titles, punctuation and order of words, for comparing."""
    return " ".join(sorted(_words(name)))


def are_alike(left: str, right: str) -> bool:
    """Whether two names or agencies differ by no more than spelling, spaces or the order of words."""
    in_any_order = _ratio(plain_name(left), plain_name(right))
    without_spaces = _ratio("".join(_words(left)), "".join(_words(right)))
    return max(in_any_order, without_spaces) >= ALIKE


def _words(name: str) -> list[str]:
    return re.sub(r"[^\w\s]", " ", TITLES.sub(" ", name.lower())).split()


def _ratio(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right).ratio() if left and right else 0


def _reasons(case: Case, other: Case, *, shares_picture: bool) -> list[str]:
    person, somebody = case.respondent, other.respondent
    found = []
    if person.nip and person.nip == somebody.nip:
        found.append(_("NIP sama"))
    if are_alike(person.name, somebody.name) and are_alike(person.agency, somebody.agency):
        found.append(_("nama dan instansi mirip"))
    if shares_picture:
        found.append(_("gambar bukti sama"))
    return found


def _cases_with_same_picture(case: Case) -> set[UUID]:
    """Cases with a picture of exactly the same bytes."""
    digests = Evidence.objects.filter(report__case_link__case=case).values("sha256")
    same = Evidence.objects.filter(sha256__in=digests, report__case_link__isnull=False)
    return set(same.values_list("report__case_link__case_id", flat=True)) - {case.pk}
