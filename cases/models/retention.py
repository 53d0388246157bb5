"""What keeps a case from being erased, and how its erasing was decided by two people."""

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import User
from cases.models.case import Case


class LegalHold(models.Model):
    """Somebody needs the case kept: a lawsuit, an appeal, an investigation. Wins over every rule until lifted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="legal_holds")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(lifted_at__isnull=True), name="one_hold_per_case"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="lifted_hold_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Disposal(models.Model):
    """A proposal to erase a case; once another person approved it, the tombstone of the case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disposals")
    # The rule of data/retention_rules.yaml that let the case go, and when its time was over
    rule = models.CharField(max_length=60)
    due_on = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    rejected_at = models.DateTimeField(null=True)
    # Codes of the rules people held to be broken, and SHA-256 in hex of each original; filled when approved
    rule_codes = models.JSONField(default=list)
    hashes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="disposal_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="disposal_approval_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(rejected_by__isnull=True, rejected_at__isnull=True)
                | Q(rejected_by__isnull=False, rejected_at__isnull=False, approved_at__isnull=True),
                name="disposal_is_approved_or_rejected",
            ),
            # One waits or stands; rejected ones stay on record beside it.
            models.UniqueConstraint(
                fields=["case"], condition=Q(rejected_at__isnull=True), name="one_disposal_per_case"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__approved_at__isnull=False) | pgtrigger.Q(old__rejected_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.proposed_at:%Y-%m-%d}"
