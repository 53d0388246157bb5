"""Provinces and kabupaten/kota by Kemendagri code."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKind(models.TextChoices):
    """What a region is."""

    PROVINCE = "provinsi", _("provinsi")
    REGENCY = "kabupaten", _("kabupaten")
    CITY = "kota", _("kota")


class RegionQuerySet(models.QuerySet["Region"]):
    """Reads of regions."""

    def provinces(self) -> "RegionQuerySet":
        """The 38 provinces."""
        return self.filter(kind=RegionKind.PROVINCE)

    def regencies(self) -> "RegionQuerySet":
        """The kabupaten and kota."""
        return self.exclude(kind=RegionKind.PROVINCE)

    def within(self, code: str) -> "RegionQuerySet":
        """A region and everything below it; an empty code is the whole country."""
        if not code:
            return self.all()
        return self.filter(models.Q(code=code) | models.Q(code__startswith=f"{code}."))

    def by_code(self) -> "RegionQuerySet":
        """In the order of their codes: each province before its kabupaten and kota."""
        return self.order_by("code")


class Region(models.Model):
    """A province (`33`) or a kabupaten/kota (`33.74`)."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=RegionKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    iso_code = models.CharField(max_length=6, blank=True)
    time_zone = models.CharField(max_length=20)

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=RegionKind.PROVINCE, parent__isnull=True)
                | models.Q(kind__in=[RegionKind.REGENCY, RegionKind.CITY], parent__isnull=False),
                name="only_provinces_have_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def province_code(self) -> str:
        """The code of the province this region is or lies in."""
        return self.code[:2]
