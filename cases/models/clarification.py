"""Hearing the respondent, witnesses and superiors: invitation, what came of it, and the minutes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.hosts import ClarificationHost
from cases.models.case import Case
from cases.querysets import ClarificationQuerySet


class ClarificationMethod(models.TextChoices):
    """How somebody is heard."""

    IN_PERSON = "in_person", _("tatap muka")
    ONLINE = "online", _("daring")
    WRITTEN = "written", _("tertulis")


class HeardRole(models.TextChoices):
    """In which role somebody is heard."""

    RESPONDENT = "terlapor", _("terlapor")
    WITNESS = "saksi", _("saksi")
    SUPERIOR = "atasan", _("atasan langsung")


class ClarificationEnding(models.TextChoices):
    """What a hearing held by Kesbangpol ends in. It cannot end a case; Bawaslu studies it either way."""

    GUIDANCE = "pembinaan", _("Pembinaan oleh Kesbangpol")
    PROPOSAL = "usulan", _("Usulan kepada Bawaslu")


class Clarification(models.Model):
    """One summons and what came of it. `number` 2 is the second and last summons of the respondent."""

    MOST_SUMMONSES = 2

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clarifications")
    role = models.CharField(max_length=10, choices=HeardRole, default=HeardRole.RESPONDENT)
    # Who is heard, for witnesses and superiors; the respondent is the one of the case
    person_name = models.CharField(max_length=150, blank=True)
    person_post = models.CharField(max_length=150, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    # As the invitation bears it, whether the portal gave the number or another register
    letter_number = models.CharField(max_length=100, blank=True)
    scheduled_date = models.DateField()
    starts = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=12, choices=ClarificationMethod)
    host = models.CharField(max_length=12, choices=ClarificationHost)
    scheduled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField()

    held_date = models.DateField(null=True)
    attended = models.BooleanField(null=True)
    minutes = models.TextField(blank=True)
    ending = models.CharField(max_length=10, choices=ClarificationEnding, blank=True)
    ending_text = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    # The minutes with questions and answers are closed once they are signed.
    was_read_back = models.BooleanField(default=False)
    signed_date = models.DateField(null=True)

    objects = ClarificationQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(number__in=[1, 2]), name="clarification_is_first_or_second_summons"
            ),
            models.CheckConstraint(
                condition=models.Q(role=HeardRole.RESPONDENT) | ~models.Q(person_name=""),
                name="heard_witness_has_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(ending="") | models.Q(host=ClarificationHost.KESBANGPOL),
                name="only_kesbangpol_ends_in_guidance_or_proposal",
            ),
            models.CheckConstraint(
                condition=~models.Q(host=ClarificationHost.KESBANGPOL, role=HeardRole.RESPONDENT, attended=True)
                | ~models.Q(ending=""),
                name="kesbangpol_hearing_has_an_ending",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_date__isnull=True) | models.Q(was_read_back=True),
                name="signed_minutes_were_read_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.role} {self.scheduled_date}"

    @property
    def is_open(self) -> bool:
        """Whether nothing came of it yet."""
        return self.held_date is None

    @property
    def is_signed(self) -> bool:
        """Whether the minutes are closed."""
        return self.signed_date is not None


class ServiceWay(models.TextChoices):
    """How a summons reached the person."""

    IN_PERSON = "langsung", _("diserahkan langsung")
    SUPERIOR = "atasan", _("lewat atasan atau instansi")
    EMAIL = "surel", _("surel")
    POST = "pos", _("pos tercatat")
    WHATSAPP = "whatsapp", "WhatsApp"


class SummonsService(models.Model):
    """Proof that a summons reached the person. Rows are only added."""

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="services")
    way = models.CharField(max_length=10, choices=ServiceWay)
    served_date = models.DateField()
    served_by = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    # Photos of the receipt, where there are any
    document = models.OneToOneField("cases.CaseDocument", on_delete=models.PROTECT, null=True, related_name="service")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.clarification_id} {self.way} {self.served_date}"


class ScheduleChange(models.Model):
    """A hearing was moved: the date it had, the date it got, and why. Rows are only added."""

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="schedule_changes")
    old_date = models.DateField()
    new_date = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.old_date} -> {self.new_date}"


class HearingParticipant(models.Model):
    """Somebody who was there."""

    class Role(models.TextChoices):
        """What somebody was there as."""

        RESPONDENT = "terlapor", _("terlapor")
        WITNESS = "saksi", _("saksi")
        SUPERIOR = "atasan", _("atasan")
        OFFICER = "petugas", _("petugas")
        COMPANION = "pendamping", _("pendamping")

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="participants")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clarification", "position"], name="one_participant_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class HearingQuestion(models.Model):
    """A question of the minutes with its answer."""

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    question = models.TextField()
    answer = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clarification", "position"], name="one_question_per_position")]

    def __str__(self) -> str:
        return f"{self.clarification_id} {self.position}"
