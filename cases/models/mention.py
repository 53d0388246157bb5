"""Colleagues a note is meant for."""

from django.db import models

from accounts.models import User
from cases.models.case import Case
from cases.models.casework import Note


class MentionQuerySet(models.QuerySet["Mention"]):
    """Reads of mentions."""

    def waiting_for(self, user: User) -> "MentionQuerySet":
        """Those this person has not ticked off, of cases they still see."""
        return self.filter(user=user, seen_at=None, note__case__in=Case.objects.visible_to(user))

    def oldest_first(self) -> "MentionQuerySet":
        """The one that waits longest first."""
        return self.order_by("pk")


class Mention(models.Model):
    """One colleague named on one note. `seen_at` is when that person ticked it off."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="mentions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "user"], name="a_note_mentions_a_person_once"),
        ]
        indexes = [
            models.Index(fields=["user"], condition=models.Q(seen_at__isnull=True), name="mention_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.user_id}"
