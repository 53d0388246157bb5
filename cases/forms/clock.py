"""Forms about deadlines. They read what was typed; the use cases judge it."""

from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import CalendarField, LongTextField
from regions.models import HolidayKind
from rules.models import ElectionKind


class GivenExtension(TypedDict):
    """The part of an extension that comes from the form."""

    reason: str
    seen_version: int


class ExtensionForm(forms.Form):
    """Why further information is needed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = LongTextField(
        label=_("Alasan"),
        help_text=_(
            "Keterangan apa yang masih perlu dicari. Masuk riwayat kasus; jangan tulis apa pun tentang pelapor."
        ),
    )

    def given(self) -> GivenExtension:
        """What a valid form gives to `clocks.extend`."""
        return GivenExtension(reason=self.cleaned_data["reason"], seen_version=self.cleaned_data["version"])


class GivenElectionKind(TypedDict):
    """The part of a choice of election that comes from the form."""

    kind: ElectionKind
    reason: str
    seen_version: int


class ElectionKindForm(forms.Form):
    """Which kind of election the act belongs to, and how the officer knows."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    kind = forms.TypedChoiceField(
        label=_("Jenis pemilihan"), choices=ElectionKind.choices, coerce=ElectionKind, widget=forms.RadioSelect
    )
    reason = LongTextField(
        label=_("Alasan"),
        help_text=_("Dari mana Anda tahu. Masuk riwayat kasus; jangan tulis apa pun tentang pelapor."),
    )

    def given(self) -> GivenElectionKind:
        """What a valid form gives to `election_kind.choose_election_kind`."""
        typed = self.cleaned_data
        return GivenElectionKind(kind=typed["kind"], reason=typed["reason"], seen_version=typed["version"])


class HolidayForm(forms.Form):
    """One more day on which offices are closed."""

    day = CalendarField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama"), max_length=200, help_text=_("Seperti di keputusan bersama menteri."))
    kind = forms.TypedChoiceField(label=_("Jenis"), choices=HolidayKind, coerce=HolidayKind)
