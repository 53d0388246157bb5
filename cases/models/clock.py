"""Which clock of the law runs on a case, by which rule and calendar it was computed, and who was warned of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.deadline_rules import Starts, Unit
from cases.deadlines import Pause
from cases.models.case import Case


class ClockRun(models.Model):
    """One clock on one case, from its start to the step that stopped it. At most one runs at a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock_runs")
    name = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    # The rule as it was when the clock started, so that a new edition of the rules moves no running deadline.
    length = models.PositiveSmallIntegerField()
    extension = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=15, choices=[(unit.value, unit.value) for unit in Unit])
    starts = models.CharField(max_length=10, choices=[(starts.value, starts.value) for starts in Starts])
    source = models.CharField(max_length=300)
    rules_version = models.CharField(max_length=12)

    due_at = models.DateTimeField()
    holidays_version = models.CharField(max_length=12)
    computed_at = models.DateTimeField()

    # [[day, day], ...] as in cases.deadlines.Pause, ISO dates
    pauses = models.JSONField(default=list)
    paused_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at__isnull=True), name="one_clock_runs_on_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(extended_at__isnull=True, extended_by__isnull=True)
                | models.Q(extended_at__isnull=False, extended_by__isnull=False, extension__gt=0),
                name="clock_is_extended_where_the_law_says_so",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(ended_at__isnull=True), name="clock_running_until")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name} {self.due_at:%Y-%m-%d}"

    @property
    def pause_days(self) -> list[Pause]:
        """The pauses that are over."""
        return [Pause.from_texts(since, until) for since, until in self.pauses]


class ReminderKind(models.TextChoices):
    """Why somebody should look, from the mildest to the gravest."""

    HALF = "half", _("separuh waktu sudah lewat")
    ONE_DAY = "one_day", _("tinggal sehari")
    OVERDUE = "overdue", _("lewat batas")
    ESCALATED = "escalated", _("diteruskan ke kantor di atasnya")


class Reminder(models.Model):
    """A warning about one deadline of a case, made once. A deadline that moves is warned of anew."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "due_at"], name="a_deadline_is_warned_of_once"),
        ]
        indexes = [models.Index(fields=["kind", "made_at"], name="reminder_by_kind")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.due_at:%Y-%m-%d}"
