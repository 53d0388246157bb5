"""An election as an officer types it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rules.election_editing import ElectionFacts, ElectionRefused, regions_named, unknown_regions
from rules.models import Contest, ElectionEvent, ElectionKind


class DayField(forms.DateField):
    """A day, picked from the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ElectionForm(forms.Form):
    """What an officer says of an election. The rules of rules.election_editing judge it."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=ElectionKind)
    contests = forms.MultipleChoiceField(
        label=_("Yang dipilih"), choices=Contest, required=False, widget=forms.CheckboxSelectMultiple
    )
    region_codes = forms.CharField(
        label=_("Wilayah"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Kosongkan bila berlaku di seluruh Indonesia. Pisahkan dengan koma: kode seperti 33 atau 33.74, "
            "atau nama lengkap seperti Kota Semarang. Satu provinsi mencakup semua kabupaten dan kotanya."
        ),
    )
    is_rerun = forms.BooleanField(label=_("Pemungutan suara ulang"), required=False)
    starts_date = DayField(label=_("Pengawasan mulai"))
    penetapan_date = DayField(
        label=_("Penetapan calon"),
        help_text=_("Perbuatan mulai hari ini dinilai dengan aturan sesudah penetapan."),
    )
    voting_date = DayField(label=_("Hari pemungutan suara"))
    ends_date = DayField(label=_("Pengawasan berakhir"), help_text=_("Sesudah hari ini tahapnya tidak diketahui."))
    source = forms.CharField(
        label=_("Sumber"),
        max_length=1000,
        help_text=_("Keputusan atau alamat tempat tanggal ini dibaca, misalnya PKPU 2/2024."),
    )

    def clean_region_codes(self) -> tuple[str, ...]:
        """Codes of the regions."""
        codes, unknown = regions_named(self.cleaned_data["region_codes"])
        if unknown:
            raise ValidationError(unknown_regions(unknown))
        return codes

    def clean(self) -> dict[str, Any]:
        """Say what does not fit together beside the field it is about."""
        cleaned = super().clean() or {}
        if not self.errors:
            self.say(ElectionRefused(self.facts().problems()))
        return cleaned

    def say(self, refused: ElectionRefused) -> None:
        """Put what was refused beside its fields."""
        for name, words in refused.problems.items():
            self.add_error(name if name in self.fields else None, words)

    def facts(self) -> ElectionFacts:
        """The facts of a form without errors."""
        given = {name: self.cleaned_data[name] for name in ElectionFacts.__slots__}
        return ElectionFacts(**{**given, "contests": tuple(given["contests"])})


class NewElectionForm(ElectionForm):
    """An election that is not there yet also needs its code."""

    code = forms.SlugField(
        label=_("Kode"),
        max_length=40,
        help_text=_("Nama pendek yang tidak berubah lagi, misalnya pilkada-2029. Huruf, angka, dan tanda hubung."),
    )
    field_order = ("code",)


def words_of(event: ElectionEvent) -> dict[str, Any]:
    """An election as the form shows it."""
    shown = {name: getattr(event, name) for name in ElectionFacts.__slots__}
    return {**shown, "region_codes": ", ".join(event.region_codes)}
