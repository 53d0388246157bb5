"""What follows a recommendation besides the sanction: reminders, a PPK that imposes none, appeals, Gakkumdu."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.models.decision import Recommendation, Sanction


class ReminderLetter(models.Model):
    """A letter that asks the body what became of a recommendation. Rows are only added."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="reminders")
    letter_number = models.CharField(max_length=80)
    letter_date = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.letter_number


class NoSanction(models.Model):
    """A PPK's decision to impose nothing, as its letter says it. One counts at a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="no_sanctions")
    decided_by = models.CharField(max_length=150)
    letter_number = models.CharField(max_length=80)
    letter_date = models.DateField()
    reason = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_no_sanction_counts_per_case",
            ),
        ]

    def __str__(self) -> str:
        return self.letter_number


class AppealBody(models.TextChoices):
    """Before whom a sanction is contested (PP 79/2021; its text was not read, the decree says which applies)."""

    SUPERIOR = "atasan", _("keberatan kepada atasan pejabat yang menghukum")
    BPASN = "bpasn", _("banding administratif kepada BPASN")


class Ruling(models.TextChoices):
    """What came of an appeal."""

    UPHELD = "dikuatkan", _("sanksi dikuatkan")
    CHANGED = "diubah", _("sanksi diubah")
    ANNULLED = "dibatalkan", _("sanksi dibatalkan")


class Appeal(models.Model):
    """A sanction contested by the one it was imposed on, and what came of it."""

    sanction = models.ForeignKey(Sanction, on_delete=models.PROTECT, related_name="appeals")
    body = models.CharField(max_length=10, choices=AppealBody)
    filed_date = models.DateField()
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    # Empty while nobody has decided
    ruling = models.CharField(max_length=12, choices=Ruling, blank=True)
    decided_date = models.DateField(null=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sanction"], condition=models.Q(ruling=""), name="one_appeal_waits_per_sanction"
            ),
            models.CheckConstraint(
                condition=models.Q(ruling="", decided_date__isnull=True, decided_at__isnull=True)
                | models.Q(
                    ruling__in=Ruling.values, decided_date__gte=models.F("filed_date"), decided_at__isnull=False
                ),
                name="appeal_ruling_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.filed_date}"


class GakkumduKind(models.TextChoices):
    """What Gakkumdu or a court did. Forwarding ends the 24 hours, any other lets the case be closed."""

    FORWARDED = "diteruskan", _("berkas diteruskan kepada Gakkumdu")
    STOPPED = "dihentikan", _("dihentikan")
    INVESTIGATION = "penyidikan", _("naik ke penyidikan")
    VERDICT = "putusan", _("putusan pengadilan")


class GakkumduStep(models.Model):
    """A step on the criminal route, as Bawaslu learned of it. Rows are only added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="gakkumdu_steps")
    kind = models.CharField(max_length=12, choices=GakkumduKind)
    happened_date = models.DateField()
    # On the clock of the office. Empty where only the day is known, as of everything recorded before it was asked.
    happened_time = models.TimeField(null=True)
    letter_number = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_date}"

    def moment(self, time_zone: str) -> datetime | None:
        """When it happened at an office of that time zone; None where only the day is known."""
        if self.happened_time is None:
            return None
        return datetime.combine(self.happened_date, self.happened_time, ZoneInfo(time_zone))
