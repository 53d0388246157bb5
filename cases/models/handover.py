"""A case offered to the office of another region, and what that office answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission
from cases.models.case import Case
from cases.status import Status
from regions.models import Region

# Where a case can still go to another office: nothing was registered under the number of this one.
MOVABLE = (Status.MASUK, Status.KAJIAN_AWAL)


class HandoverAnswer(models.TextChoices):
    """How a proposal ended."""

    ACCEPTED = "accepted", _("diterima")
    DECLINED = "declined", _("ditolak")
    WITHDRAWN = "withdrawn", _("ditarik kembali")


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Reads of proposals to hand a case over."""

    def waiting(self) -> "HandoverQuerySet":
        """Nobody answered, and the case is still where it can be handed over."""
        return self.filter(answer="", case__status__in=MOVABLE)

    def visible_to(self, user: User) -> "HandoverQuerySet":
        """Those of cases the person sees, or offered to the person's region. Never Kesbangpol's to see.

        The office a case is offered to sees no more of it than what stands in the proposal.
        """
        if user.powers.needs_sharing:
            return self.none()
        offered = self.offered_to(user).values("pk")
        return self.filter(models.Q(case__in=Case.objects.visible_to(user)) | models.Q(pk__in=offered))

    def offered_to(self, user: User) -> "HandoverQuerySet":
        """Those the person's office may answer, as far as the region goes; nobody who keeps out of the case."""
        offered = self.exclude(case__recusals__user=user)
        if user.region_code:
            below = models.Q(to_region__code__startswith=f"{user.region_code}.")
            offered = offered.filter(models.Q(to_region=user.region_code) | below)
        return offered if user.may(Permission.REGISTER) else offered.none()

    def oldest_first(self) -> "HandoverQuerySet":
        """The one that waits longest first."""
        return self.order_by("proposed_at", "pk")


class Handover(models.Model):
    """One proposal. Until it is accepted the giving office has the case; accepting is a step of the workflow."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    from_region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    to_region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=HandoverAnswer, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(answer__in=HandoverAnswer.values, answered_by__isnull=False, answered_at__isnull=False),
                name="answered_handover_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_region=models.F("to_region")), name="handover_is_between_two_regions"
            ),
            models.UniqueConstraint(fields=["case"], condition=models.Q(answer=""), name="one_handover_waits_per_case"),
        ]
        indexes = [models.Index(fields=["to_region", "answer"], name="handover_by_receiver")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_region_id} -> {self.to_region_id}"

    @property
    def is_waiting(self) -> bool:
        """As `HandoverQuerySet.waiting`, of a row at hand."""
        return not self.answer and self.case.status in MOVABLE
