"""The texts messages to reporters start from, as the national admin writes them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.message_templates import LONGEST_TEMPLATE


class MessageTemplateForm(forms.Form):
    """Both texts, and the version the person was looking at."""

    seen_version = forms.IntegerField(min_value=0, max_value=30_000, widget=forms.HiddenInput)
    text_id = forms.CharField(
        label=_("Teks bahasa Indonesia"), max_length=LONGEST_TEMPLATE, widget=forms.Textarea(attrs={"rows": 7})
    )
    text_en = forms.CharField(
        label=_("Teks bahasa Inggris"),
        max_length=LONGEST_TEMPLATE,
        widget=forms.Textarea(attrs={"rows": 7, "lang": "en"}),
    )
