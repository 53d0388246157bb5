"""Proposing to hand a case over, and answering."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import RegencyField
from cases.handover import LONGEST_REASON


class ProposeHandoverForm(forms.Form):
    """Which office should take the case, and why."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    region = RegencyField(label=_("Kabupaten atau kota tujuan"))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibaca kantor tujuan sebelum ia boleh melihat kasus. Jangan tulis nama terlapor atau pelapor."),
    )


class HandoverAnswerForm(forms.Form):
    """What an office says to a proposal: the choices that person has."""

    class Choice(models.TextChoices):
        """The buttons."""

        ACCEPT = "terima", _("Terima kasus ini")
        DECLINE = "tolak", _("Tolak")
        WITHDRAW = "tarik", _("Tarik kembali usulan")

    choice = forms.ChoiceField(choices=Choice)
    reason = forms.CharField(
        label=_("Alasan menolak"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca kantor yang mengusulkan."),
    )
