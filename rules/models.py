"""The catalogue a classification was made with, and the elections that decide the stage of an act."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class CatalogueVersion(models.Model):
    """One published state of the rule catalogue. Never changed: a finding keeps the version it was made with."""

    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=40)
    effective_date = models.DateField()
    # The whole catalogue as it was, so that an old finding can always be read with its own rules.
    content = models.JSONField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.label} ({self.digest[:8]})"


class Stage(models.TextChoices):
    """Where the act lies: before or after candidates became official. Computed from the date of the act."""

    BAKAL_CALON = "bakal_calon", _("sebelum penetapan calon")
    CALON = "calon", _("sesudah penetapan calon")
    UNKNOWN = "unknown", _("belum diketahui")


class ElectionKind(models.TextChoices):
    """General or local election; clocks and some laws differ."""

    PEMILU = "pemilu", _("Pemilu")
    PILKADA = "pilkada", _("Pilkada")


class ElectionEventQuerySet(models.QuerySet["ElectionEvent"]):
    """Reads of election events."""

    def in_region(self, region_code: str) -> "ElectionEventQuerySet":
        """Events held in a region: nationwide ones and those that name it or its province."""
        return self.filter(
            models.Q(region_codes__len=0) | models.Q(region_codes__overlap=[region_code, region_code[:2]])
        )

    def running_on(self, day: date) -> "ElectionEventQuerySet":
        """Events whose time of watching includes the day."""
        return self.filter(starts_date__lte=day, ends_date__gte=day)

    def newest_first(self) -> "ElectionEventQuerySet":
        """Latest voting day first."""
        return self.order_by("-voting_date", "code")


class ElectionEvent(models.Model):
    """An election: on its penetapan date prospective candidates become candidates."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=ElectionKind)
    name = models.CharField(max_length=120)
    region_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    starts_date = models.DateField()
    penetapan_date = models.DateField()
    voting_date = models.DateField()
    ends_date = models.DateField()
    source = models.TextField(blank=True)

    objects = ElectionEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_date__lte=models.F("penetapan_date"))
                & models.Q(penetapan_date__lte=models.F("voting_date"))
                & models.Q(voting_date__lte=models.F("ends_date")),
                name="election_dates_are_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
