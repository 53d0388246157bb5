"""How a recommendation reached the body: a link for one letter, the receipt, and what the body says of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.decision import Recommendation


class Delivery(models.Model):
    """A link that shows one letter and takes its receipt. Only a digest of it is kept."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="deliveries")
    token_digest = models.CharField(max_length=64, unique=True)
    # Whom the link was given to: an office, not a person
    sent_to = models.CharField(max_length=150)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # The receipt, as an officer of the body gave it; empty until then
    confirmed_at = models.DateTimeField(null=True)
    officer_name = models.CharField(max_length=150, blank=True)
    officer_office = models.CharField(max_length=150, blank=True)
    own_letter_number = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True)
                | (~models.Q(officer_name="") & ~models.Q(officer_office="")),
                name="receipt_names_who_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="delivery_link_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.sent_to}"


class NoticeKind(models.TextChoices):
    """What a body says of a letter it received."""

    STUDIED = "diperiksa", _("diterima dan sedang diperiksa")
    INCOMPLETE = "dilengkapi", _("perlu dilengkapi Bawaslu")
    TO_PPK = "ppk", _("sudah diteruskan kepada PPK")


class DeliveryNotice(models.Model):
    """A line from the body about the letter. Rows are only added."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    happened_date = models.DateField()
    remark = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_date}"
