"""Provinces and kabupaten/kota by Kemendagri code, and the days on which offices are closed."""

from datetime import date

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


class HolidayKind(models.TextChoices):
    """Why government offices are closed."""

    LIBUR = "libur", _("libur nasional")
    CUTI_BERSAMA = "cuti_bersama", _("cuti bersama")


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Reads of holidays."""

    def counting(self) -> "HolidayQuerySet":
        """Those that make a day no working day, confirmed or not."""
        return self.filter(is_removed=False)

    def in_year(self, year: int) -> "HolidayQuerySet":
        """Those of one calendar year."""
        return self.filter(day__year=year)

    def between(self, first: date, last: date) -> "HolidayQuerySet":
        """Those from one day to another, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def by_day(self) -> "HolidayQuerySet":
        """Earliest first."""
        return self.order_by("day")

    def days(self) -> frozenset[date]:
        """The bare days."""
        return frozenset(self.values_list("day", flat=True))


class Holiday(models.Model):
    """A day on which government offices are closed though it is no Saturday or Sunday.

    A removed one stays as a row, so that loading the published calendar again does not bring it back.
    """

    day = models.DateField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=HolidayKind)
    is_removed = models.BooleanField(default=False)
    # An officer compared it with the decree. A name and not a foreign key: the leaves do not know one another.
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=HolidayKind.values), name="holiday_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by="", confirmed_at__isnull=True)
                | (~models.Q(confirmed_by="") & models.Q(confirmed_at__isnull=False)),
                name="holiday_confirmation_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
