"""Cases that may be about the same conduct. Proposals only: a person decides whether one is a duplicate."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case as Choice
from django.db.models import Q, When
from django.utils.translation import gettext as _

from accounts.models import User
from cases.alike import Likeness, likenesses, reports_by_case
from cases.models import Case
from reports.models_likeness import AlikeKind
from reports.names import name_words, plain_name

# Ratio of equal letters between two names from which people would call them the same.
ALIKE = 0.85
# Share of a name's trigrams in the best stretch of another, below which two names that share a word never reach ALIKE,
# whatever titles and degrees stand around them.
STRANGERS = 0.25
MOST_CANDIDATES = 200
COMPARED = ("pk", "respondent__nip", "respondent__name", "respondent__agency")
# Reading whole rows of cases takes twice as long.
SHOWN = (
    *("number", "opened_at", "status", "outcome", "region", "shared_with_kesbangpol_at", "duplicate_of"),
    *("respondent__name", "respondent__post", "respondent__agency", "respondent__nip", "respondent__employer_code"),
)
MOST_PROPOSALS = 10
SHORTEST_WORD = 4


@dataclass(frozen=True, kw_only=True)
class SimilarCase:
    """A case and why it may be the same, in words for the reviewer."""

    case: Case
    reasons: list[str]


def similar_cases(case: Case, seen_by: User) -> list[SimilarCase]:
    """Open and finished cases of the same province that share NIP, name and agency, words or a picture with this one.

    Only those the person may see; most reasons first, then newest. Three queries at most, however many cases there are.
    """
    person = case.respondent
    reasons_found = _found_alike(likenesses([case.pk], seen_by=seen_by)[case.pk])
    found = Q(pk__in=reasons_found)
    plain = plain_name(person.name)
    words = [word for word in plain.split() if len(word) >= SHORTEST_WORD]
    near = Case.objects.visible_to(seen_by)
    if words:
        shares_a_word = reduce(or_, (Q(respondent__name__icontains=word) for word in words))
        # How near is asked only of names that share a word: it takes ten times as long to say.
        nearness = When(shares_a_word, then=TrigramWordSimilarity(plain, "respondent__name"))
        near = near.alias(nearness=Choice(nearness, default=0.0))
        found |= shares_a_word & Q(nearness__gte=STRANGERS)
    if person.nip:
        found |= Q(respondent__nip=person.nip)
    others = near.filter(found).exclude(pk=case.pk)
    if not seen_by.region_code:
        # Everybody else sees no further than the province anyway; asked twice, the database would look twice.
        others = others.within(case.region.province_code)
    name, agency = Spelling.of(person.name), Spelling.of(person.agency)
    proposed = {
        pk: reasons
        for pk, *somebody in others.order_by("-number").values_list(*COMPARED)[:MOST_CANDIDATES]
        if (reasons := [*_same_person(person.nip, name, agency, *somebody), *reasons_found.get(pk, [])])
    }
    best = sorted(proposed, key=lambda pk: -len(proposed[pk]))[:MOST_PROPOSALS]
    shown = Case.objects.select_related("respondent").only(*SHOWN).in_bulk(best)
    return [SimilarCase(case=shown[pk], reasons=proposed[pk]) for pk in best]


@dataclass(frozen=True)
class Spelling:
    """A name or an agency as it is compared: with its words in order, and without spaces."""

    in_order: str
    joined: str

    @classmethod
    def of(cls, name: str) -> "Spelling":
        """As it is compared, without titles, degrees and signs."""
        words = name_words(name)
        return cls(" ".join(sorted(words)), "".join(words))

    def is_like(self, other: "Spelling") -> bool:
        """Whether the two differ by no more than spelling, spaces or the order of words."""
        return _is_near(self.in_order, other.in_order) or _is_near(self.joined, other.joined)


def _is_near(left: str, right: str) -> bool:
    """Whether the ratio of equal letters reaches ALIKE. Most names are told apart by their letters alone."""
    if not left or not right:
        return False
    most_equal = (Counter(left) & Counter(right)).total()
    if 2 * most_equal < ALIKE * (len(left) + len(right)):
        return False
    return SequenceMatcher(None, left, right).ratio() >= ALIKE


def _same_person(
    nip: str, name: Spelling, agency: Spelling, other_nip: str, other_name: str, other_agency: str
) -> list[str]:
    found = []
    if nip and nip == other_nip:
        found.append(_("NIP sama"))
    if name.is_like(Spelling.of(other_name)) and agency.is_like(Spelling.of(other_agency)):
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
