"""Respondents of several cases whom a person found to be one and the same."""

from django.db import models

from accounts.models import User
from cases.models.case import Respondent


class SamePerson(models.Model):
    """Two respondents are one person: somebody said so and why. An undone link stays on record.

    A link between two, not a row for the person: whoever sees one of the two cases only learns nothing of the other.
    """

    # The respondent with the lower id comes first, so that a pair has one row.
    first = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="links_as_first")
    second = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="links_as_second")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_reason = models.TextField(blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="same_person_pair_is_in_order"
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=models.Q(undone_at__isnull=True),
                name="same_person_is_said_once",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True, undone_at__isnull=True, undone_reason="")
                | (models.Q(undone_by__isnull=False, undone_at__isnull=False) & ~models.Q(undone_reason="")),
                name="undone_same_person_has_who_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"
