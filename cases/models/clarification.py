"""Hearing the respondent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class ClarificationMethod(models.TextChoices):
    """How the respondent is heard."""

    IN_PERSON = "in_person", _("tatap muka")
    ONLINE = "online", _("daring")
    WRITTEN = "written", _("tertulis")


class ClarificationHost(models.TextChoices):
    """Who hears the respondent; practice differs by region, so it is a fact and not an assumption."""

    BAWASLU = "bawaslu", "Bawaslu"
    KESBANGPOL = "kesbangpol", "Kesbangpol"
    BKN = "bkn", "BKN"
    BKPSDM = "bkpsdm", "BKPSDM"
    INSPEKTORAT = "inspektorat", "Inspektorat"


class Clarification(models.Model):
    """An invitation to be heard, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clarifications")
    scheduled_date = models.DateField()
    method = models.CharField(max_length=12, choices=ClarificationMethod)
    host = models.CharField(max_length=12, choices=ClarificationHost)
    scheduled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField()
    held_date = models.DateField(null=True)
    attended = models.BooleanField(null=True)
    minutes = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    held_date__isnull=True, attended__isnull=True, recorded_by__isnull=True, recorded_at__isnull=True
                )
                | models.Q(
                    held_date__isnull=False,
                    attended__isnull=False,
                    recorded_by__isnull=False,
                    recorded_at__isnull=False,
                ),
                name="held_clarification_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.scheduled_date}"
