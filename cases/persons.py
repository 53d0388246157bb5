"""One person in several cases: proposed by the machine, linked by a person, always within what the viewer may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.models import Case, Respondent, SamePerson
from cases.refusals import ActionRefused
from reports.names import name_words
from reports.spelling import sounds_alike, written_pattern

LONGEST_REASON = 1_000
MOST_LOOKED_AT = 300
MOST_CANDIDATES = 20


@dataclass(frozen=True, kw_only=True)
class PersonCandidate:
    """A case whose respondent may be the same person, and why, in words."""

    case: Case
    reasons: list[str]


def cases_of_person(case: Case, seen_by: User) -> list[Case]:
    """The other cases of this case's respondent, newest first, as far as the person may see them.

    A way that leads through a case the person does not see is not taken, so nothing tells that there is one.
    """
    known = {case.respondent_id}
    edge = set(known)
    visible = Case.objects.visible_to(seen_by).values("respondent")
    while edge:
        links = SamePerson.objects.filter(undone_at__isnull=True, first__in=visible, second__in=visible)
        pairs = links.filter(Q(first__in=edge) | Q(second__in=edge)).values_list("first", "second")
        edge = {respondent for pair in pairs for respondent in pair} - known
        known |= edge
    cases = Case.objects.visible_to(seen_by).filter(respondent__in=known).exclude(pk=case.pk)
    return list(cases.select_related("respondent", "region").order_by("-number"))


def person_candidates(case: Case, seen_by: User, known: Collection[Case] = ()) -> list[PersonCandidate]:
    """Cases anywhere the person sees with the same NIP, else with a name that sounds alike and no other NIP.

    Most reasons first, then newest. `known` are those linked already.
    """
    person = case.respondent
    found = Q(respondent__nip=person.nip) if person.nip else Q(pk__in=[])
    for word in name_words(person.name):
        if pattern := written_pattern(word):
            found |= Q(respondent__name__iregex=pattern)
    others = Case.objects.visible_to(seen_by).filter(found).exclude(pk__in=[case.pk, *(other.pk for other in known)])
    proposals = [
        PersonCandidate(case=other, reasons=reasons)
        for other in others.select_related("respondent", "region").order_by("-number")[:MOST_LOOKED_AT]
        if other.respondent_id != person.pk and (reasons := _reasons(person, other.respondent))
    ]
    return sorted(proposals, key=lambda proposal: -len(proposal.reasons))[:MOST_CANDIDATES]


def link_person(
    *, case: Case, other: Case, reason: str, by: User, at: datetime, seen_version: int | None = None
) -> SamePerson:
    """Say that two cases are about one person. Raises NotVisible, FactsRefused, ActionRefused."""
    reason = _checked(case, other, reason, by, seen_version)
    first, second = _pair(case, other)
    with transaction.atomic():
        versions = _claim_both(case, other)
        if _standing(first, second).exists():
            raise ActionRefused(_("Terlapor kedua kasus sudah ditautkan."))
        link = SamePerson.objects.create(first_id=first, second_id=second, reason=reason, by=by, at=at)
        _tell(CaseEvent.TERLAPOR_DITAUTKAN, case, other, versions, reason, by, at)
    return link


def unlink_person(
    *, case: Case, other: Case, reason: str, by: User, at: datetime, seen_version: int | None = None
) -> None:
    """Take a link back; it stays on record. Raises NotVisible, FactsRefused, ActionRefused."""
    reason = _checked(case, other, reason, by, seen_version)
    with transaction.atomic():
        versions = _claim_both(case, other)
        undone = _standing(*_pair(case, other)).update(undone_reason=reason, undone_by=by, undone_at=at)
        if not undone:
            raise ActionRefused(_("Terlapor kedua kasus tidak ditautkan langsung. Lepas tautannya di kasus perantara."))
        _tell(CaseEvent.TAUTAN_DILEPAS, case, other, versions, reason, by, at)


def _checked(case: Case, other: Case, reason: str, by: User, seen_version: int | None) -> str:
    for one in (case, other):
        require(one, Permission.ASSESS, by)
    require_current(case, seen_version)
    if case.respondent_id == other.respondent_id:
        raise ActionRefused(_("Kedua kasus sudah tentang terlapor yang sama."))
    return required_text("reason", reason, LONGEST_REASON)


def _pair(case: Case, other: Case) -> tuple[int, int]:
    first, second = sorted((case.respondent_id, other.respondent_id))
    return first, second


def _standing(first: int, second: int) -> "QuerySet[SamePerson]":
    return SamePerson.objects.filter(first=first, second=second, undone_at__isnull=True)


def _claim_both(case: Case, other: Case) -> dict[object, int]:
    """Always the lower id first, so that two people never wait for one another."""
    return {one.pk: claim(one) for one in sorted((case, other), key=lambda one: one.pk)}


def _tell(
    event: CaseEvent, case: Case, other: Case, versions: dict[object, int], reason: str, by: User, at: datetime
) -> None:
    """Each case names the other by its id only: not everybody who sees the one may know the other."""
    for one, twin in ((case, other), (other, case)):
        record(
            action=event,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=one.pk,
            details={"version": versions[one.pk], "other": str(twin.pk)},
            words={"reason": reason},
        )
        one.refresh_from_db()


def _reasons(person: Respondent, somebody: Respondent) -> list[str]:
    """Why two respondents may be one person. Different numbers are different people, whatever their names."""
    if person.nip and somebody.nip:
        return [_("NIP sama")] if person.nip == somebody.nip else []
    if not sounds_alike(person.name, somebody.name):
        return []
    reasons = [_("nama terdengar sama")]
    if person.agency and somebody.agency and sounds_alike(person.agency, somebody.agency):
        reasons.append(_("instansi sama"))
    if person.employer_code and person.employer_code == somebody.employer_code:
        reasons.append(_("pemerintah tempat bekerja sama"))
    return reasons
