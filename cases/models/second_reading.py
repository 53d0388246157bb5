"""Cases drawn for a blind second reading, and what the second reader held. Never mixed with assessments."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case


class Conclusion(models.TextChoices):
    """What a second reader holds of a case as reported."""

    VIOLATION = "melanggar", _("Ada aturan yang dilanggar")
    LAWFUL = "tidak_melanggar", _("ASN, tetapi tidak ada aturan yang dilanggar")
    NOT_ASN = "bukan_asn", _("Yang dilaporkan bukan ASN")
    UNCLEAR = "tidak_cukup", _("Bahannya tidak cukup untuk menilai")


class SecondReadingDraw(models.Model):
    """A case the lot fell on. Its own key stands in addresses, so that the page does not name the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="second_reading_draw")
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.drawn_at:%Y-%m-%d}"


class SecondReading(models.Model):
    """What somebody held who had not seen the machine's findings nor the first reader's verdicts. Written once."""

    draw = models.OneToOneField(SecondReadingDraw, on_delete=models.PROTECT, related_name="reading")
    conclusion = models.CharField(max_length=20, choices=Conclusion)
    rule_codes = ArrayField(models.CharField(max_length=20), default=list)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(conclusion=Conclusion.VIOLATION, rule_codes__len__gt=0)
                | (~models.Q(conclusion=Conclusion.VIOLATION) & models.Q(rule_codes__len=0)),
                name="second_reading_names_rules_with_a_violation",
            ),
            models.CheckConstraint(
                condition=models.Q(conclusion__in=Conclusion.values), name="second_reading_conclusion_is_known"
            ),
        ]
        triggers = [pgtrigger.Protect(name="read_once", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.conclusion} {self.at:%Y-%m-%d}"
