"""Which reports were moved between cases, by whom and why, so that it can be undone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.querysets import RegroupingQuerySet
from cases.status import Status
from reports.models import Report


class RegroupingKind(models.TextChoices):
    """What was done with reports and cases."""

    ATTACH = "attach", _("Laporan dipindahkan ke kasus lain")
    SPLIT = "split", _("Laporan dipisahkan menjadi kasus sendiri")
    MERGE = "merge", _("Kasus digabungkan dengan kasus lain")


class Regrouping(models.Model):
    """Reports went from the source to the target. Undone means: they went back; the row stays."""

    kind = models.CharField(max_length=10, choices=RegroupingKind)
    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="regroupings_out")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="regroupings_in")
    # What a merged case returns to
    source_status = models.CharField(max_length=20, choices=Status)
    source_due_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = RegroupingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True, undone_at__isnull=True)
                | models.Q(undone_by__isnull=False, undone_at__isnull=False),
                name="undone_regrouping_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="regrouping_is_between_two_cases"
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(kind=RegroupingKind.MERGE, undone_at__isnull=True),
                name="a_case_is_merged_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} -> {self.target_id}"


class MovedReport(models.Model):
    """A report that a regrouping moved, and since when it had been in the case it left."""

    regrouping = models.ForeignKey(Regrouping, on_delete=models.PROTECT, related_name="moved")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    attached_before = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regrouping", "report"], name="a_regrouping_moves_a_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.regrouping_id} {self.report_id}"
