"""Copies of pictures for eyes outside the case team: parts made black, or found to have nothing to hide."""

import uuid

from django.db import models

from accounts.models import User
from reports.models import Evidence


class MaskedCopy(models.Model):
    """A copy that may leave the case team. Rows are only added; the newest of a picture counts.

    Black boxes are burned in; without any, somebody looked and said that nothing needs hiding, and the file is the
    clean copy itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="masked_copies")
    # [[left, top, right, bottom], ...] in pixels of the clean copy; right and bottom are the first ones outside
    boxes = models.JSONField()
    nothing_to_hide = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(boxes=[]) | models.Q(nothing_to_hide=True),
                name="masked_copy_hides_something_or_nothing_needs_it",
            ),
        ]
        indexes = [models.Index(fields=["evidence", "-at"], name="masked_copy_newest")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.at:%Y-%m-%d %H:%M}"

    @property
    def file_name(self) -> str:
        """Its name beside the clean copies; it begins with the picture's id, as all of its copies do."""
        if self.nothing_to_hide:
            return self.evidence.clean_name
        return f"{self.evidence_id}.masked.{self.id}.{'jpg' if self.media_type == 'image/jpeg' else 'png'}"
