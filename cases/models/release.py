"""Copies of pictures that the accused may look at, chosen one by one by the case team."""

import uuid

from django.db import models

from accounts.models import User
from cases.models.case import Case
from cases.models.masking import MaskedCopy
from cases.querysets import ReleaseQuerySet
from reports.models import Evidence


class Release(models.Model):
    """One copy of one picture, shown on the respondent's page of one case until it is withdrawn. The row stays.

    It names the copy, not the picture: a copy made later is shown only after somebody released that one.
    """

    # In the address the accused opens; the id of the picture is not told.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="releases")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="releases")
    copy = models.ForeignKey(MaskedCopy, on_delete=models.PROTECT, related_name="releases")
    # "Bukti 1" stays "Bukti 1", also when another one is withdrawn; where it stood in a report is not told.
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="withdrawn_release_has_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["case", "evidence"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="a_picture_is_released_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"
