"""What the case team writes: verdicts on rules, notes, the register, and lines to the reporter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from reports.models import Finding, Report


class Verdict(models.TextChoices):
    """What a person says of a rule."""

    CONFIRMED = "confirmed", _("sesuai")
    REJECTED = "rejected", _("tidak sesuai")
    ADDED = "added", _("ditambahkan")


class Assessment(models.Model):
    """A human's verdict on a rule for a case. Rows are only added; the newest per rule counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    rule_code = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=Verdict)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, related_name="assessments")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.ADDED, finding__isnull=True)
                | models.Q(verdict__in=[Verdict.CONFIRMED, Verdict.REJECTED]),
                name="added_assessment_has_no_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.verdict}"


class Note(models.Model):
    """An internal remark of the case team; Kesbangpol's proposals to Bawaslu are notes of their own kind."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    is_proposal = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


class Message(models.Model):
    """A line between the reporter (by empty) and the office. The reporter reads it with the receipt code."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d %H:%M}"


class RegisterKind(models.TextChoices):
    """What a case rests on, as the register tells reports and findings apart."""

    LAPORAN = "laporan", _("laporan")
    TEMUAN = "temuan", _("temuan")


class Registration(models.Model):
    """The entry in the register of reports and findings. A later one (after a correction) replaces an earlier one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="registrations")
    kind = models.CharField(max_length=10, choices=RegisterKind, default=RegisterKind.LAPORAN)
    number = models.CharField(max_length=80)
    registered_date = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(number=""), name="registration_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.number
