"""Fields the forms of case work share."""

import re
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.facts import LONGEST_LETTER_NUMBER, LONGEST_TEXT
from cases.hosts import hosts_for
from cases.models import Case, DisciplineLevel
from cases.reporters import reporter_choices
from cases.respondents import MINISTRY
from cases.rule_texts import rows_by_code, title_of
from cases.sanction_forms import OTHER_FORM, sanction_forms
from regions.models import Region
from rules.models import CatalogueVersion

REFERENCE = re.compile(r"(?:LN-\d{4}-)?0*([1-9]\d{0,8})", re.IGNORECASE)


class LongTextField(forms.CharField):
    """Some sentences."""

    widget = forms.Textarea(attrs={"rows": 4})

    # Any: Django's own keyword arguments of a field, handed on unread
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, **kwargs)


class CalendarField(forms.DateField):
    """A day, picked from the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def number_given_elsewhere(otherwise: Promise | str) -> forms.CharField:
    """The number of a letter made outside the portal. `otherwise` says what happens when it stays empty."""
    elsewhere = gettext_lazy("Isi hanya bila kantor Anda membuat surat ini dan nomornya di luar portal.")
    return forms.CharField(
        label=gettext_lazy("Nomor surat di luar portal"),
        required=False,
        max_length=LONGEST_LETTER_NUMBER,
        help_text=format_lazy("{} {}", otherwise, elsewhere),
    )


def regencies_by_province() -> list[tuple[str, object]]:
    """All kabupaten and kota under the names of their provinces, as choices of a select."""
    rows = Region.objects.regencies().select_related("parent").by_code()
    groups = groupby(rows, key=lambda region: str(region.parent))
    return [("", _("Pilih …")), *((name, [(row.code, row.name) for row in group]) for name, group in groups)]


def governments() -> list[tuple[str, object]]:
    """Everyone who may employ a civil servant: unknown, the ministries, provinces, kabupaten and kota; as choices."""
    provinces = [(region.code, region.name) for region in Region.objects.provinces().by_code()]
    known = [("", _("Belum diketahui")), (MINISTRY, _("Kementerian atau lembaga pusat"))]
    return [*known, (_("Pemerintah provinsi"), provinces), *regencies_by_province()[1:]]


def offer_hosts(field: forms.Field, by: User) -> None:
    """Let a field of who hears somebody offer those alone whose hearings this person may record."""
    if isinstance(field, forms.ChoiceField):
        field.choices = [(host.value, host.label) for host in hosts_for(by)]


def rules_in_force() -> list[tuple[str, str]]:
    """The rules of the catalogue in force today, as choices."""
    version = CatalogueVersion.objects.in_force_on(timezone.localdate())
    rows = rows_by_code(version.content if version else None)
    return [("", _("Pilih …")), *((code, f"{code} {title_of(row)}") for code, row in rows.items())]


def sanction_forms_by_level() -> list[tuple[str, object]]:
    """The forms under the names of their levels, as choices; last the form only the decree names."""
    known = sanction_forms().values()
    groups = [
        (str(level.label), [(form.code, form.label) for form in known if form.level == level])
        for level in DisciplineLevel
    ]
    return [("", _("Pilih …")), *groups, (OTHER_FORM, _("Lain, menurut bunyi keputusan"))]


class ReportersField(forms.TypedMultipleChoiceField):
    """Who of several reporters reads what is written; cleans to ids of reports. Fill it with `offer_reporters`."""

    widget = forms.CheckboxSelectMultiple

    # Any: as above
    def __init__(self, **kwargs: Any) -> None:
        told = gettext_lazy("Hanya yang dipilih yang membacanya. Pelapor lain tidak melihatnya.")
        super().__init__(coerce=UUID, help_text=told, **kwargs)


def offer_reporters(form: forms.Form, name: str, case: Case) -> None:
    """Let a ReportersField offer the reporters of a case. With one there is nothing to choose, and no field."""
    choices = reporter_choices(case)
    if len(choices) < 2:
        del form.fields[name]
    elif isinstance(field := form.fields[name], ReportersField):
        field.choices = choices


class RegencyField(forms.TypedChoiceField):
    """One kabupaten or kota of the country; cleans to a Region."""

    # Any: as above
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=regencies_by_province, coerce=lambda code: Region.objects.get(code=code), empty_value=None, **kwargs
        )


class CaseReferenceField(forms.CharField):
    """Another case by its reference, as people write it: `LN-2024-000123`, or only the number.

    Cleans to a Case. Set `by` first: only cases this person sees are found.
    """

    by: User

    # Any: as above
    def clean(self, value: Any) -> Case:
        written = REFERENCE.fullmatch(super().clean(value).strip())
        found = Case.objects.visible_to(self.by).filter(number=int(written[1])).first() if written else None
        if found is None:
            raise ValidationError(_("Kasus itu tidak ditemukan. Tulis nomornya seperti LN-2024-000123."))
        return found
