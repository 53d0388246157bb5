"""A first information that an officer made a finding of the office (temuan)."""

from django.db import models

from accounts.models import User
from cases.models.case import Case


class OwnFinding(models.Model):
    """Who found it, since when the office knows, and what it rests on. The case has a legal clock from then on."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="own_finding")
    known_since = models.DateField()
    basis = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(basis=""), name="own_finding_says_what_it_rests_on"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.known_since}"
