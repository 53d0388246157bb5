"""Opening a sealed original, of a picture or a captured link: asked for by one person, agreed to by another."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from reports.models import Evidence
from reports.models_capture import LinkCapture

# What the vault holds as it came, and what two people together may take out of it.
Original = Evidence | LinkCapture


class OpeningState(models.TextChoices):
    """How far an opening is."""

    ASKED = "asked", _("menunggu orang kedua")
    AGREED = "agreed", _("disetujui, sedang disiapkan")
    READY = "ready", _("siap diunduh")
    TAKEN = "taken", _("sudah diunduh")
    LAPSED = "lapsed", _("kedaluwarsa")
    FAILED = "failed", _("gagal disiapkan")


class OriginalOpening(models.Model):
    """One opening. Its state follows from its times; see cases.original_opening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="original_openings")
    # One of the two
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="openings")
    capture = models.ForeignKey(LinkCapture, on_delete=models.PROTECT, null=True, related_name="openings")
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    packed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    # Opens the parcel in the vault (evidence.sealing): a private key of its own and the sealed data key. Erased when
    # the parcel is taken or has lapsed.
    parcel_key = models.BinaryField(null=True)
    parcel_sealed_key = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) ^ Q(capture__isnull=True), name="opening_is_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="opening_agreement_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=models.F("asked_by")),
                name="opening_takes_two_people",
            ),
            models.CheckConstraint(
                condition=Q(packed_at__isnull=True) | Q(agreed_at__isnull=False), name="opening_is_packed_once_agreed"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True)
                | Q(packed_at__isnull=False, parcel_key__isnull=True, parcel_sealed_key__isnull=True),
                name="opening_taken_leaves_no_key",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="opening_has_a_reason"),
        ]
        indexes = [models.Index(fields=["evidence", "-asked_at"], name="opening_newest")]

    def __str__(self) -> str:
        return f"{self.evidence_id or self.capture_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def original(self) -> Original:
        """What is opened."""
        original = self.evidence or self.capture
        if original is None:
            raise ValueError("The database keeps openings of nothing away: opening_is_of_one_thing")
        return original

    @property
    def parcel_name(self) -> str:
        """The name of the parcel in the vault."""
        return f"{self.id}.parcel"
