"""Reads of what was found alike, as English."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    # `X as X`, because the linter does not count a name in a quoted base class as used.
    from reports.models_likeness import Alike as Alike
    from reports.models_likeness import EvidenceLikeness as EvidenceLikeness


class EvidenceLikenessQuerySet(models.QuerySet["EvidenceLikeness"]):
    """Reads of what pictures are compared by."""

    def sharing_a_key(self, *, picture_keys: Collection[int], text_keys: Collection[int]) -> "EvidenceLikenessQuerySet":
        """Those that may be alike, found by index: a key in common."""
        found = models.Q()
        # An empty list would still be asked for, and make the database read everything.
        if picture_keys:
            found |= models.Q(picture_keys__overlap=list(picture_keys))
        if text_keys:
            found |= models.Q(text_keys__overlap=list(text_keys))
        return self.filter(found) if found else self.none()


class AlikeQuerySet(models.QuerySet["Alike"]):
    """Reads of what was found alike."""

    def of_pictures(self) -> "AlikeQuerySet":
        """Alike in a picture."""
        return self.filter(kind="picture")
