"""Reads of reports, their pictures and the work owed to them, as English."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models

from reports import receipt

HELD_FOR = timedelta(days=1)

if TYPE_CHECKING:
    # `X as X`, because the linter does not count a name in a quoted base class as used.
    from reports.models import Evidence as Evidence
    from reports.models import HeldImage as HeldImage
    from reports.models import OutboxEntry as OutboxEntry
    from reports.models import Report as Report


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of reports."""

    def ready_for_review(self) -> "ReportQuerySet":
        """Those the machine is done with, whether it succeeded or asks for a person; erased ones are gone."""
        return self.exclude(classification_state="waiting").filter(erased_at=None)

    def with_receipt(self, code: str) -> "ReportQuerySet":
        """The report of a receipt code as somebody typed it; for an unknown code none, after the same work.

        Raises receipt.MalformedReceipt for a text that cannot be a code.
        """
        return self.filter(receipt_digest=receipt.digest(code))

    def with_a_receipt_in(self, text: str) -> "ReportQuerySet":
        """Reports whose receipt code somebody wrote into a text."""
        return self.filter(receipt_digest__in=set(receipt.digests_in(text)))

    def of_draft(self, idempotency_digest: str) -> "ReportQuerySet":
        """The report a form became."""
        return self.filter(idempotency_digest=idempotency_digest)

    def judged(self) -> "ReportQuerySet":
        """Those the machine has an opinion on, and could have another."""
        return self.filter(classification_state="classified", erased_at=None)

    def newest_first(self) -> "ReportQuerySet":
        """The latest arrival first."""
        return self.order_by("-received_at", "id")

    def oldest_first(self) -> "ReportQuerySet":
        """In the order of arrival."""
        return self.order_by("received_at", "id")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads of evidence."""

    def in_order(self) -> "EvidenceQuerySet":
        """As the reporter arranged it."""
        return self.order_by("position", "id")

    def viewable(self) -> "EvidenceQuerySet":
        """Those with a clean copy."""
        return self.filter(state="ready")

    def not_erased(self) -> "EvidenceQuerySet":
        """Those whose original can still be opened."""
        return self.filter(erased_at__isnull=True)

    def erased_since(self, at: datetime) -> "EvidenceQuerySet":
        """Those erased at this moment or later."""
        return self.filter(erased_at__gte=at)


class HeldImageQuerySet(models.QuerySet["HeldImage"]):
    """Reads of pictures that wait for their form."""

    def of_form(self, form_digest: str) -> "HeldImageQuerySet":
        """Those of one form in one browser, in the order they were chosen."""
        return self.filter(form_digest=form_digest).order_by("position", "id")

    def of_browser(self, browser_digest: str) -> "HeldImageQuerySet":
        """Those of all forms in one browser."""
        return self.filter(browser_digest=browser_digest)

    def byte_sum(self) -> int:
        """How many bytes they are together."""
        return self.aggregate(sum=models.Sum("byte_size"))["sum"] or 0

    def expired(self, at: datetime) -> "HeldImageQuerySet":
        """Those whose form never came back."""
        return self.filter(received_at__lt=at - HELD_FOR)


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    """Reads of the work owed."""

    def open(self) -> "OutboxQuerySet":
        """Neither finished nor given up."""
        return self.filter(finished_at__isnull=True, gave_up_at__isnull=True)

    def due(self, at: datetime) -> "OutboxQuerySet":
        """Open work nobody holds a lease on."""
        return self.open().filter(models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=at))

    def spent(self, attempts: int) -> "OutboxQuerySet":
        """Tried this often or more."""
        return self.filter(attempts__gte=attempts)

    def to_prepare(self) -> "OutboxQuerySet":
        """Work on pictures."""
        return self.filter(evidence__isnull=False)

    def to_classify_unbegun(self) -> "OutboxQuerySet":
        """Classifications nobody has begun, which will see everything that is there now."""
        return self.filter(step="classify_report", attempts=0)

    def oldest_first(self) -> "OutboxQuerySet":
        """In the order it was promised."""
        return self.order_by("created_at", "id")
