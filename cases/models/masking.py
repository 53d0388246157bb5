"""Copies of pictures with parts made black, for eyes outside the case team."""

import uuid

from django.db import models

from accounts.models import User
from reports.models import Evidence


class MaskedCopy(models.Model):
    """A clean copy with black boxes burned in. Rows are only added; the newest of a picture counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="masked_copies")
    # [[left, top, right, bottom], ...] in pixels of the clean copy; right and bottom are the first ones outside
    boxes = models.JSONField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(boxes=[]), name="masked_copy_hides_something"),
        ]
        indexes = [models.Index(fields=["evidence", "-at"], name="masked_copy_newest")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def file_name(self) -> str:
        """Its name beside the clean copies; it begins with the picture's id, as all of its copies do."""
        return f"{self.evidence_id}.masked.{self.id}.{'jpg' if self.media_type == 'image/jpeg' else 'png'}"
