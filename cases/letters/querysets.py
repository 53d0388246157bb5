"""Reads of letters and templates."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.models import User
from cases.hosts import hosts_for
from cases.letters.kinds import kinds_readable_with

if TYPE_CHECKING:
    # `X as X`, because the linter does not count a name in a quoted base class as used.
    from cases.letters.models import Letter as Letter
    from cases.letters.models import LetterTemplate as LetterTemplate
    from reports.models import Report


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    """Templates."""

    def published(self) -> "LetterTemplateQuerySet":
        """Those letters are set with, newest first."""
        return self.filter(version__isnull=False).order_by("kind", "-version")

    def in_force(self, kind: str) -> "LetterTemplate":
        """The one the next letter is set with. Raises DoesNotExist before the reference data is loaded."""
        return self.published().filter(kind=kind)[:1].get()

    def drafts(self) -> "LetterTemplateQuerySet":
        """Those still being written."""
        return self.filter(version__isnull=True)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters."""

    def readable_by(self, user: User) -> "LetterQuerySet":
        """Those of the kinds the person may read; about hearings, of hosts the person has to do with."""
        of_others = models.Q(clarification__isnull=False) & ~models.Q(clarification__host__in=hosts_for(user))
        return self.filter(~of_others, kind__in=kinds_readable_with(user.powers.permissions))

    def for_reporter(self, report: "Report") -> "LetterQuerySet":
        """The letters the sender of this report may have."""
        return self.filter(report=report, signed_off_at__isnull=False, withdrawn_at=None)

    def latest_first(self) -> "LetterQuerySet":
        """As a page lists them: without the bytes."""
        return self.defer("pdf").order_by("-drafted_at", "-pk")
