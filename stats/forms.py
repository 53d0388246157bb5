"""The period of the figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stats.figures import Period


class PeriodForm(forms.Form):
    """First and last day; both may stay empty."""

    first = forms.DateField(label=_("Dari tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Sampai tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Tanggal akhir lebih awal daripada tanggal mulai. Tukar keduanya."))
        return cleaned

    @property
    def period(self) -> Period:
        """The period asked for; the whole time while the form is not valid."""
        if not self.is_valid():
            return Period()
        return Period(first=self.cleaned_data["first"], last=self.cleaned_data["last"])
