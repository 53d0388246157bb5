"""The draft of the catalogue as one form: a text per file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rules.catalogue.parser import FILES
from rules.drafting import LONGEST_FILE
from rules.models import CatalogueDraft


class EditionForm(forms.Form):
    """Which state of the draft the person was looking at."""

    edition = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)


class DraftForm(EditionForm):
    """One text area per file; what is wrong with the YAML is said after saving, so that nothing typed is lost."""

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = {"rows": 18, "spellcheck": "false", "wrap": "off", "class": "font-monospace"}
        for name in FILES:
            self.fields[name] = forms.CharField(
                label=name,
                strip=False,
                max_length=LONGEST_FILE,
                error_messages={"required": _("Berkas ini kosong. Isi lagi, atau buang draf dan mulai baru.")},
                widget=forms.Textarea(attrs=area),
            )

    def texts(self) -> dict[str, str]:
        """The texts by file name."""
        return {name: self.cleaned_data[name] for name in FILES}


def form_of(draft: CatalogueDraft) -> DraftForm:
    """The draft as it is, ready to be edited."""
    return DraftForm(initial={"edition": draft.edition, **draft.files})
