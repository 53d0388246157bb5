"""What the nightly look at the machine found."""

from django.db import models


class DriftReport(models.Model):
    """How machine and people agreed up to the end of a day, compared with the weeks before. One a day, written once."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    # stats.drift.Drift as JSON: counts only, no case and no person
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"{self.day}"
