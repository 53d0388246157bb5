"""The text of a letter template, and how an office presents itself on paper."""

from typing import Any

from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from cases.letters.editing import LONGEST_SOURCE
from cases.letters.numbering import format_problem
from cases.letters.offices import BAWASLU, KESBANGPOL, WHOLE_COUNTRY
from cases.models import Letterhead
from regions.models import Region


class EditionForm(forms.Form):
    """Which state of the draft the person was looking at."""

    edition = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)


class TemplateForm(EditionForm):
    """The text; what is wrong with it is said after saving, so that nothing typed is lost."""

    source = forms.CharField(
        label=_("Teks templat"),
        strip=False,
        max_length=LONGEST_SOURCE,
        help_text=_("Ditulis dalam Typst. Fakta kasus dibaca dari data, misalnya data.subject."),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "wrap": "off", "class": "font-monospace"}),
    )


COLUMNS = ("office_code", "name", "place", "address", "contact", "signer_title", "signer_name", "number_format")
HELP_TEXTS = {
    "office_code": _("BWS untuk Bawaslu atau KSB untuk Kesbangpol, titik, kode wilayah. Misalnya BWS.33.74."),
    "signer_name": _("Kosongkan bila surat ditandatangani atas nama (a.n.) oleh petugas."),
    "number_format": _("Isian: {sequence:03d}, {kind}, {office}, {month}, {year}."),
}


class LetterheadForm(forms.Form):
    """The head of an office's letters and the form of its numbers."""

    # Any: data of a request, as Django's forms take it
    def __init__(self, data: Any = None, *, head: Letterhead | None) -> None:
        super().__init__(data, initial=model_to_dict(head) if head else None)
        self.fields.update(fields_for_model(Letterhead, COLUMNS))
        for name, text in HELP_TEXTS.items():
            self.fields[name].help_text = text
        if head:
            self.fields["office_code"].disabled = True

    def words(self) -> dict[str, str]:
        """The columns of a valid form besides the code."""
        return {name: str(value) for name, value in self.cleaned_data.items() if name != "office_code"}

    def clean_office_code(self) -> str:
        """A kind of office and a region that is known."""
        code = str(self.cleaned_data["office_code"]).strip().upper()
        kind, _dot, region = code.partition(".")
        known = region == WHOLE_COUNTRY or Region.objects.filter(pk=region).exists()
        if kind not in {BAWASLU, KESBANGPOL} or not known:
            raise forms.ValidationError(_("Kode kantor tidak dikenal. Tulis seperti BWS.33.74 atau KSB.33."))
        return code

    def clean_number_format(self) -> str:
        """A form that gives every letter a number of its own."""
        number_format = str(self.cleaned_data["number_format"]).strip()
        if problem := format_problem(number_format):
            raise forms.ValidationError(problem)
        return number_format
