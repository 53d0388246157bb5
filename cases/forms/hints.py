"""Judging a hint."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.hints import LONGEST_VALUE
from cases.models import HintVerdict


class HintForm(forms.Form):
    """A verdict, and what is right instead."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Apakah petunjuk ini benar?"), choices=HintVerdict.choices, widget=forms.RadioSelect
    )
    value = forms.CharField(
        label=gettext_lazy("Yang benar"),
        help_text=gettext_lazy("Isi hanya bila Anda memilih «Diperbaiki»."),
        max_length=LONGEST_VALUE,
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """A correction needs its value."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == HintVerdict.CORRECTED and not cleaned.get("value"):
            self.add_error("value", _("Tulis yang benar, atau pilih «Salah»."))
        return cleaned
