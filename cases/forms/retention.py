"""What keeps a case from being erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.disposal import LONGEST_REASON


class HoldForm(forms.Form):
    """Why a case has to be kept."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya gugatan di PTUN, keberatan, atau penyidikan, dengan nomornya."),
    )
