"""Cases that may be about the same conduct. Proposals only: a person decides whether one is a duplicate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.alike import Likeness, likenesses, reports_by_case
from cases.models import Case
from reports.models_likeness import AlikeKind
from reports.names import name_words, plain_name

# Ratio of equal letters between two names from which people would call them the same.
ALIKE = 0.85
MOST_CANDIDATES = 200
MOST_PROPOSALS = 10
SHORTEST_WORD = 4


@dataclass(frozen=True, kw_only=True)
class SimilarCase:
    """A case and why it may be the same, in words for the reviewer."""

    case: Case
    reasons: list[str]


def similar_cases(case: Case, seen_by: User, alike: Collection[Likeness] | None = None) -> list[SimilarCase]:
    """Open and finished cases of the same province that share NIP, name and agency, words or a picture with this one.

    Only those the person may see; most reasons first, then newest. `alike` is what the case's reports are like, where
    the caller has read it already. Two queries at most, however many cases there are.
    """
    person = case.respondent
    known = likenesses([case.pk], seen_by=seen_by)[case.pk] if alike is None else alike
    reasons_found = _found_alike(known)
    found = Q(pk__in=reasons_found)
    for word in plain_name(person.name).split():
        if len(word) >= SHORTEST_WORD:
            found |= Q(respondent__name__icontains=word)
    if person.nip:
        found |= Q(respondent__nip=person.nip)
    others = Case.objects.visible_to(seen_by).filter(found).exclude(pk=case.pk)
    if not seen_by.region_code:
        # Everybody else sees no further than the province anyway; asked twice, the database would look twice.
        others = others.within(case.region.province_code)
    proposals = [
        SimilarCase(case=other, reasons=reasons)
        for other in others.select_related("respondent").order_by("-number")[:MOST_CANDIDATES]
        if (reasons := [*_same_person(case, other), *reasons_found.get(other.pk, [])])
    ]
    return sorted(proposals, key=lambda proposal: -len(proposal.reasons))[:MOST_PROPOSALS]


def are_alike(left: str, right: str) -> bool:
    """Whether two names or agencies differ by no more than spelling, spaces or the order of words."""
    in_any_order = _ratio(plain_name(left), plain_name(right))
    without_spaces = _ratio("".join(name_words(left)), "".join(name_words(right)))
    return max(in_any_order, without_spaces) >= ALIKE


def _ratio(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right).ratio() if left and right else 0


def _same_person(case: Case, other: Case) -> list[str]:
    person, somebody = case.respondent, other.respondent
    found = []
    if person.nip and person.nip == somebody.nip:
        found.append(_("NIP sama"))
    if are_alike(person.name, somebody.name) and are_alike(person.agency, somebody.agency):
        found.append(_("nama dan instansi mirip"))
    return found


def _found_alike(alike: Collection[Likeness]) -> Mapping[UUID, list[str]]:
    """What the machine found alike, in words, by the other case."""
    reasons: dict[UUID, list[str]] = {}
    for other, pairs in reports_by_case(alike, AlikeKind.PICTURE).items():
        is_same = any(pair.is_same_file for pair in pairs)
        reasons.setdefault(other, []).append(_("gambar bukti sama") if is_same else _("gambar bukti serupa"))
    for other in reports_by_case(alike, AlikeKind.TEXT):
        reasons.setdefault(other, []).append(_("teks laporan hampir sama"))
    return reasons
