"""What the writer of a letter adds to the facts of the case."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cases.letters.kinds import RULES, Addition, LetterKind
from cases.letters.suggestions import suggested_additions
from cases.models import Case
from reports.models import Report


class LetterForm(forms.Form):
    """A field per addition of the kind; for a letter to the reporter also which report it is about."""

    # Any: data of a request, as Django's forms take it
    def __init__(self, data: Any = None, *, case: Case, kind: LetterKind) -> None:
        super().__init__(data, initial=suggested_additions(case, kind))
        self.kind = kind
        if RULES[kind].goes_to_reporter:
            self.fields["report"] = _report_field(case)
        for name, addition in RULES[kind].additions.items():
            self.fields[name] = _field(addition)

    def given(self) -> dict[str, Any]:
        """What a valid form hands to the use case."""
        texts = {name: self.cleaned_data[name] for name in RULES[self.kind].additions}
        return {"extra": texts, "report": self.cleaned_data.get("report")}


def _report_field(case: Case) -> forms.Field:
    """Reports by the day they came in: nothing else tells them apart that may stand in a list."""
    reports = {str(report.pk): report for report in Report.objects.filter(case_link__case=case).order_by("received_at")}
    choices = [
        (key, _("Diterima %(day)s") % {"day": date_format(localtime(report.received_at), "j F Y, H.i")})
        for key, report in reports.items()
    ]
    return forms.TypedChoiceField(label=_("Laporan"), choices=choices, coerce=reports.__getitem__)


def _field(addition: Addition) -> forms.Field:
    return forms.CharField(
        label=str(addition.label),
        help_text=str(addition.help_text),
        required=addition.required,
        max_length=addition.longest,
        widget=forms.Textarea(attrs={"rows": 4}) if addition.lines else forms.TextInput(),
    )
