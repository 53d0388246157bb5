"""Who is away, and who looks after their cases meanwhile."""

from django.db import models

from accounts.models import User


class Leave(models.Model):
    """Days off of one person, first and last included, with the colleague who covers. Rows are only added."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves")
    first = models.DateField()
    last = models.DateField()
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered_leaves")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="leave_days_are_in_order"),
            models.CheckConstraint(condition=~models.Q(cover=models.F("user")), name="nobody_covers_for_themselves"),
        ]
        indexes = [models.Index(fields=["cover", "last"], name="leave_by_cover")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.first} {self.last}"
