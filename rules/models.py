"""The catalogue a classification was made with, and the elections that decide the stage of an act."""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from rules.stage import Election
from rules.weights import TrainedWeights, WeightsChoice

__all__ = [
    "LONGEST_LABEL",
    "CatalogueDraft",
    "CatalogueVersion",
    "Contest",
    "ElectionEvent",
    "ElectionKind",
    "Stage",
    "TrainedWeights",
    "WeightsChoice",
]

LONGEST_LABEL = 40


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    """Reads of published catalogues."""

    def effective_on(self, day: date) -> "CatalogueVersionQuerySet":
        """Those that have taken effect by a day. The first, latest first, is the one in force."""
        return self.filter(effective_date__lte=day).exclude(files={}).latest_first()

    def in_force_on(self, day: date) -> "CatalogueVersion | None":
        """The version that counts on a day, or none so early; without the texts of its files, half of its weight."""
        return self.effective_on(day).defer("files").first()

    def latest_first(self) -> "CatalogueVersionQuerySet":
        """Those that take effect last first, the later published of two before the other."""
        return self.order_by("-effective_date", "-id")


class CatalogueVersion(models.Model):
    """One published state of the rule catalogue. The database refuses to change or delete it.

    A finding keeps the version it was made with.
    """

    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=LONGEST_LABEL)
    effective_date = models.DateField()
    # The whole catalogue as it was, so that an old finding can always be read with its own rules.
    content = models.JSONField()
    # The YAML text of every file by its name: what the digest is of, and where the next draft begins.
    files = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        triggers = [pgtrigger.Protect(name="published_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.label} ({self.digest[:8]})"


class CatalogueDraft(models.Model):
    """The next catalogue while it is being written. There is one at most, and it may hold mistakes."""

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY, editable=False)
    # Counts the savings, so that two people who edit at once do not overwrite one another.
    edition = models.PositiveIntegerField(default=1)
    files = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_catalogue_draft_at_a_time")]

    def __str__(self) -> str:
        return f"draft {self.edition}"


class Stage(models.TextChoices):
    """Where the act lies: before or after candidates became official. Computed from the date of the act."""

    BAKAL_CALON = "bakal_calon", _("sebelum penetapan calon")
    CALON = "calon", _("sesudah penetapan calon")
    UNKNOWN = "unknown", _("belum diketahui")


class ElectionKind(models.TextChoices):
    """General or local election; clocks and some laws differ."""

    PEMILU = "pemilu", _("Pemilu")
    PILKADA = "pilkada", _("Pilkada")


class Contest(models.TextChoices):
    """What is voted on; the words of a report are read for it."""

    LEGISLATIF = "legislatif", _("DPR, DPD, DPRD")
    PRESIDEN = "presiden", _("Presiden dan Wakil Presiden")
    KEPALA_DAERAH = "kepala_daerah", _("Kepala daerah")


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
    # Kemendagri codes of provinces, kabupaten and kota; none means the whole country.
    region_codes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    contests = ArrayField(models.CharField(max_length=20, choices=Contest), default=list, blank=True)
    # A vote held again in some places: an act belongs to it only where it is held or when the words name it.
    is_rerun = models.BooleanField(default=False)
    starts_date = models.DateField()
    penetapan_date = models.DateField()
    voting_date = models.DateField()
    ends_date = models.DateField()
    source = models.TextField(blank=True)
    # When an officer last wrote it. What people corrected is not overwritten by the dates of a release.
    edited_at = models.DateTimeField(null=True, editable=False)

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

    def as_election(self) -> Election:
        """The dates and places as the pure functions of rules.stage take them."""
        return Election(
            code=self.code,
            kind=self.kind,
            name=self.name,
            regions=tuple(self.region_codes),
            starts=self.starts_date,
            penetapan=self.penetapan_date,
            voting=self.voting_date,
            ends=self.ends_date,
            contests=tuple(self.contests),
            rerun=self.is_rerun,
            source=self.source,
        )
