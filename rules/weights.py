"""Weights that were learned on the spot, and which of them the machine uses. Rows are only added."""

import pgtrigger
from django.db import models

from accounts.models import User

SHORT = 12


class TrainedWeights(models.Model):
    """One training: a file of weights, what it learned from and how it did against the weights then in force.

    The database refuses to change or delete it, so every worker reads the same weights under the same version.
    """

    # SHA-256 of the content, hex; findings name its first twelve digits.
    version = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    # Weights name features by the concepts of a lexicon and continue the texts of a release: they count beside these.
    lexicon_version = models.CharField(max_length=SHORT)
    release_version = models.CharField(max_length=SHORT)
    made_at = models.DateTimeField()
    accounts = models.PositiveIntegerField()
    # Names of the accounts that came from decided cases
    learned_from = models.JSONField(default=list)
    # rules.challenge.Challenge as JSON
    report = models.JSONField(default=dict)

    class Meta:
        triggers = [pgtrigger.Protect(name="trained_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.short_version

    @property
    def short_version(self) -> str:
        """As findings name it."""
        return self.version[:SHORT]

    @property
    def from_cases(self) -> int:
        """How many accounts came from decided cases."""
        return len(self.learned_from)


class WeightsChoice(models.Model):
    """Somebody's decision which weights count from now on; no weights means those of the release. The latest counts."""

    weights = models.ForeignKey(TrainedWeights, on_delete=models.PROTECT, null=True, related_name="choices")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="choice_of_weights_has_a_reason")]
        triggers = [pgtrigger.Protect(name="chosen_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.weights or 'release'}"
