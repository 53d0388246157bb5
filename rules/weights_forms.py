"""The form with which weights are chosen."""

# Any: Django's own arguments of a form, handed on unread
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rules.promoting import LONGEST_REASON


class ChoiceForm(forms.Form):
    """Why these weights are to count; after a bad report also the explicit word that they shall."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Disimpan bersama nama Anda dan tidak dapat dihapus."),
    )
    despite_worse = forms.BooleanField(
        label=_("Tetap berlakukan, walaupun terbukti lebih buruk"),
        required=False,
    )

    def __init__(self, *args: Any, asks_despite_worse: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_despite_worse:
            del self.fields["despite_worse"]
