"""What people say of the machine's hints about a screenshot."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.hints import HintKind
from reports.models import Evidence


class HintVerdict(models.TextChoices):
    """Whether a hint is right."""

    CORRECT = "correct", _("Benar")
    WRONG = "wrong", _("Salah")
    CORRECTED = "corrected", _("Diperbaiki")


class ConfirmedHint(models.Model):
    """One verdict on one hint. Rows are only added; the newest counts. `value` is what holds, empty when wrong."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="confirmed_hints")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in HintKind])
    suggested = models.CharField(max_length=100)
    verdict = models.CharField(max_length=10, choices=HintVerdict)
    value = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict=HintVerdict.WRONG, value="")
                | models.Q(verdict=HintVerdict.CORRECT, value=models.F("suggested"))
                | (models.Q(verdict=HintVerdict.CORRECTED) & ~models.Q(value="")),
                name="confirmed_hint_holds_what_the_verdict_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.kind} {self.verdict}"
