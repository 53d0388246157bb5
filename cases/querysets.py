"""Reads of cases, as English. `visible_to` is the only place that decides which cases a person sees."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import User
from accounts.roles import Permission
from cases.hosts import hosts_for
from cases.status import Status

if TYPE_CHECKING:
    # `X as X`, because the linter does not count a name in a quoted base class as used.
    from cases.models import Case as Case
    from cases.models import Clarification as Clarification
    from cases.models import DocumentPage as DocumentPage
    from cases.models import OversightBody as OversightBody
    from cases.models import Recommendation as Recommendation
    from cases.models import Regrouping as Regrouping
    from cases.models import Release as Release


def in_subtree(field: str, region_code: str) -> Q:
    """A region and everything below it; an empty code is the whole country."""
    if not region_code:
        return Q()
    return Q(**{field: region_code}) | Q(**{f"{field}__startswith": f"{region_code}."})


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Cases of the person's region subtree that the person's office may see.

        An office of the local government (Kesbangpol) sees a case whose respondent works for its own
        government, or for one not yet known, only after Bawaslu shared it: the accused's house must not
        learn of a report first. Nobody sees a case they declared a conflict of interest in.
        """
        if not user.may(Permission.SEE_CASES):
            return self.none()
        cases = self.filter(in_subtree("region__code", user.region_code)).exclude(recusals__user=user)
        if not user.powers.needs_sharing:
            return cases
        of_another_government = ~Q(respondent__employer_code__in=["", user.region_code])
        return cases.filter(of_another_government | Q(shared_with_kesbangpol_at__isnull=False))

    def within(self, region_code: str) -> "CaseQuerySet":
        """Cases of a region and everything below it."""
        return self.filter(in_subtree("region__code", region_code))

    def open(self) -> "CaseQuerySet":
        """Not finished."""
        return self.exclude(status=Status.SELESAI)

    def new(self) -> "CaseQuerySet":
        """Nobody has begun on them."""
        return self.filter(status=Status.MASUK)

    def assigned_to(self, user: User) -> "CaseQuerySet":
        """Taken by this person."""
        return self.filter(assigned_to=user)

    def in_care_of(self, user: User, *, covered: models.QuerySet[Any, Any]) -> "CaseQuerySet":
        """Taken by this person, or by somebody they cover for; `covered` are keys of people."""
        return self.filter(Q(assigned_to=user) | Q(assigned_to__in=covered))

    def overdue(self, at: datetime) -> "CaseQuerySet":
        """Open and past the deadline of the step they are in."""
        return self.open().filter(due_at__lt=at)

    def escalated_to(self, user: User) -> "CaseQuerySet":
        """Late for so long that the office above the handling one sees it, of the offices right below this person's."""
        parent = {"region__parent": user.region_code} if user.region_code else {"region__parent__isnull": True}
        return self.filter(reminders__kind="escalated", reminders__due_at=F("due_at"), **parent)

    def most_urgent_first(self) -> "CaseQuerySet":
        """Earliest deadline first; without one, oldest first."""
        return self.order_by(F("due_at").asc(nulls_last=True), "opened_at", "id")


class RegroupingQuerySet(models.QuerySet["Regrouping"]):
    """Reads of what was moved between cases."""

    def of_case(self, case_id: UUID) -> "RegroupingQuerySet":
        """Those a case had to do with, on either side."""
        return self.filter(Q(source=case_id) | Q(target=case_id))

    def standing(self) -> "RegroupingQuerySet":
        """Those nobody undid."""
        return self.filter(undone_at__isnull=True)

    def newest_first(self) -> "RegroupingQuerySet":
        """The latest first."""
        return self.order_by("-id")


class OversightBodyQuerySet(models.QuerySet["OversightBody"]):
    """Reads of oversight bodies."""

    def in_force_on(self, day: date) -> "OversightBodyQuerySet":
        """The body that receives recommendations on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


# A case in any other status still waits for what the PPK makes of its letter.
WITH_RESULT = (Status.SANKSI, Status.TIDAK_TERBUKTI, Status.SELESAI)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Reads of recommendations."""

    def sent(self) -> "RecommendationQuerySet":
        """The letter of each case that went out last; one that a later letter replaced no longer waits."""
        later = self.model.objects.filter(case=OuterRef("case"), sent_at__gt=OuterRef("sent_at"))
        return self.filter(sent_at__isnull=False, withdrawn_at__isnull=True).exclude(
            Exists(later.filter(withdrawn_at__isnull=True))
        )

    def of_cases(self, cases: CaseQuerySet) -> "RecommendationQuerySet":
        """Letters of these cases."""
        return self.filter(case__in=cases)

    def without_result(self) -> "RecommendationQuerySet":
        """Nobody has said what came of them."""
        return self.exclude(case__status__in=WITH_RESULT)

    def overdue(self, at: datetime) -> "RecommendationQuerySet":
        """The time the PPK has, as data/deadlines.yaml says it, is over without a result."""
        return self.filter(case__status=Status.TINDAK_LANJUT, case__due_at__lt=at)

    def longest_waiting_first(self) -> "RecommendationQuerySet":
        """Those without a result first, by the day they were sent."""
        has_result = models.Case(models.When(case__status__in=WITH_RESULT, then=1), default=0)
        return self.order_by(has_result, "sent_at", "pk")


class DocumentPageQuerySet(models.QuerySet["DocumentPage"]):
    """Reads of scanned pages, and the count of attempts to make them viewable."""

    def waiting(self) -> "DocumentPageQuerySet":
        """Not viewable yet and not given up."""
        return self.filter(state="waiting")

    def spent(self, attempts: int) -> "DocumentPageQuerySet":
        """Tried this often or more."""
        return self.filter(attempts__gte=attempts)

    def least_tried_first(self) -> "DocumentPageQuerySet":
        """So that one page nobody can open does not hold up the others."""
        return self.order_by("attempts", "received_at", "id")

    def begin_attempt(self, page: "DocumentPage") -> bool:
        """Count an attempt on a page as it was read; False where another worker has begun on it since."""
        unchanged = self.waiting().filter(pk=page.pk, attempts=page.attempts)
        return bool(unchanged.update(attempts=F("attempts") + 1))


class ClarificationQuerySet(models.QuerySet["Clarification"]):
    """Reads of summonses."""

    def readable_by(self, user: User) -> "ClarificationQuerySet":
        """Those of hosts whose hearings the person has to do with."""
        return self.filter(host__in=hosts_for(user))

    def of_respondent(self) -> "ClarificationQuerySet":
        """Those of the respondent; witnesses and superiors left out."""
        return self.filter(role="terlapor")

    def open(self) -> "ClarificationQuerySet":
        """Nothing came of them yet."""
        return self.filter(held_date=None)

    def newest_first(self) -> "ClarificationQuerySet":
        """The summons that counts now comes first."""
        return self.order_by("-id")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Reads of copies shown to the accused."""

    def standing(self) -> "ReleaseQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def still_in_their_case(self) -> "ReleaseQuerySet":
        """Those whose report was not moved to another case since."""
        return self.filter(evidence__report__case_link__case=F("case"))
