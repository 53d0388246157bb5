"""The accused's own side: what is held against them in plain words, their code, and what they answer."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.models.clarification import Clarification


class Allegation(models.Model):
    """What the respondent is told, written by a reviewer. Rows are only added; the newest counts.

    Nothing here is copied from a report: the reporter's own words would give the reporter away.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allegations")
    addressed_to = models.CharField(max_length=150)
    text = models.TextField()
    act_date = models.DateField()
    place = models.CharField(max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


class RespondentAccess(models.Model):
    """A code that opens the respondent's page of one case. The code itself is kept nowhere."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="respondent_accesses")
    # HMAC-SHA-256 of the code under the pepper, hex, with a purpose of its own: never equal to one of a receipt.
    code_digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(revoked_at__isnull=True), name="one_respondent_code_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.issued_at:%Y-%m-%d %H:%M}"


class RespondentAnswer(models.Model):
    """What the respondent wrote. Never changed; a further answer is another row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="respondent_answers")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="answer_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


class ScheduleRequest(models.Model):
    """The respondent asks for another date. Decided once: the hearing is moved, or an officer says why not."""

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="schedule_requests")
    wanted_date = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField()
    is_granted = models.BooleanField(null=True)
    # What the respondent reads
    remark = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_granted__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(is_granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="decided_request_has_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["clarification"],
                condition=models.Q(is_granted__isnull=True),
                name="one_request_waits_per_clarification",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clarification_id} {self.wanted_date}"


class NamedPerson(models.Model):
    """Somebody the respondent asks to be heard."""

    class Role(models.TextChoices):
        """What the person could tell as."""

        WITNESS = "saksi", _("saksi")
        SUPERIOR = "atasan", _("atasan langsung")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="named_people")
    role = models.CharField(max_length=10, choices=Role)
    name = models.CharField(max_length=150)
    contact = models.CharField(max_length=200, blank=True)
    knows = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.role} {self.case_id}"
