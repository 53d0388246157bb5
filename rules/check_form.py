"""The form of Cek aturan."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.models import Region

LONGEST = 2000
EARLIEST, LATEST = date(2004, 1, 1), date(2100, 1, 1)


class CheckForm(forms.Form):
    """An act, and optionally when and where. A day to come is fine: people ask before they act."""

    act = forms.CharField(
        label=_("Ceritakan perbuatannya"),
        help_text=_(
            "Siapa (PNS, PPPK, jabatannya), melakukan apa, untuk siapa, lewat apa. Jangan tulis nama orang. "
            "Paling panjang 2.000 huruf."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Tulis dulu perbuatannya, satu kalimat sudah cukup."),
            "max_length": _("Tulisan ini terlalu panjang. Singkatkan menjadi paling banyak 2.000 huruf."),
        },
    )
    act_date = forms.DateField(
        label=_("Tanggal perbuatan (boleh kosong)"),
        help_text=_("Tanggal menentukan: sebelum atau sesudah calon ditetapkan."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Tanggal ini tidak terbaca. Tulis seperti 2024-10-10, atau kosongkan.")},
    )
    province = forms.ModelChoiceField(
        label=_("Provinsi (boleh kosong)"),
        queryset=Region.objects.provinces().order_by("name"),
        required=False,
        empty_label=_("Tidak disebut"),
        error_messages={"invalid_choice": _("Provinsi ini tidak dikenal. Pilih dari daftar, atau kosongkan.")},
    )

    def clean_act_date(self) -> date | None:
        """A day in this age."""
        day: date | None = self.cleaned_data["act_date"]
        if day is not None and not EARLIEST <= day < LATEST:
            raise forms.ValidationError(_("Periksa tahunnya: pilih tanggal mulai tahun 2004, atau kosongkan."))
        return day
