"""What a second reader holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import LongTextField, rules_in_force
from cases.models import Conclusion


def _rules_to_tick() -> list[tuple[str, str]]:
    return [(code, title) for code, title in rules_in_force() if code]


class SecondReadingForm(forms.Form):
    """A conclusion, the rules it rests on, and why."""

    conclusion = forms.TypedChoiceField(
        label=_("Kesimpulan Anda"), choices=Conclusion, coerce=Conclusion, widget=forms.RadioSelect
    )
    rule_codes = forms.MultipleChoiceField(
        label=_("Aturan yang dilanggar"),
        required=False,
        choices=_rules_to_tick,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya bila ada pelanggaran. Boleh lebih dari satu."),
    )
    reason = LongTextField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))
