"""Forms of the steps after a recommendation was sent, and of the criminal route."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import outcome_facts
from cases.facts import Facts
from cases.forms.fields import CalendarField, LongTextField
from cases.forms.steps import StepForm
from cases.models import AppealBody, GakkumduKind, Ruling


class ReminderForm(StepForm):
    """A letter that asks what became of the recommendation."""

    facts_class = outcome_facts.ReminderEntry

    letter_number = forms.CharField(label=_("Nomor surat pengingat"), max_length=80)
    letter_date = CalendarField(label=_("Tanggal surat"))


class NoSanctionForm(StepForm):
    """The PPK's letter; why is the reason."""

    facts_class = outcome_facts.NoSanctionLetter

    decided_by = forms.CharField(
        label=_("Diputuskan oleh"), max_length=150, help_text=_("Jabatan PPK, misalnya Wali Kota Semarang.")
    )
    letter_number = forms.CharField(label=_("Nomor surat PPK"), max_length=80)
    letter_date = CalendarField(label=_("Tanggal surat"))


class AppealFilingForm(StepForm):
    """The sanction is contested."""

    facts_class = outcome_facts.AppealFiling

    appeal_body = forms.TypedChoiceField(label=_("Diajukan sebagai"), choices=AppealBody, coerce=AppealBody)
    filed_date = CalendarField(label=_("Tanggal diajukan"))


class AppealResultForm(StepForm):
    """What came of it."""

    facts_class = outcome_facts.AppealResult

    ruling = forms.TypedChoiceField(
        label=_("Hasil"),
        choices=[choice for choice in Ruling.choices if choice[0] != Ruling.ANNULLED],
        coerce=Ruling,
        help_text=_("Bila diubah, catat keputusan barunya lewat «Perbaiki data sanksi»."),
    )
    decision_number = forms.CharField(label=_("Nomor putusan"), max_length=80)
    decided_date = CalendarField(label=_("Tanggal putusan"))


class AppealAnnulmentForm(StepForm):
    """The sanction was taken away."""

    facts_class = outcome_facts.AppealAnnulment

    decision_number = forms.CharField(label=_("Nomor putusan"), max_length=80)
    decided_date = CalendarField(label=_("Tanggal putusan"))


class GakkumduForm(StepForm):
    """A step on the criminal route."""

    facts_class = outcome_facts.GakkumduEntry

    kind = forms.TypedChoiceField(label=_("Perkembangan"), choices=GakkumduKind, coerce=GakkumduKind)
    happened_date = CalendarField(label=_("Tanggal"))
    happened_time = forms.TimeField(
        label=_("Pukul"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Waktu setempat kantor. Wajib saat berkas diteruskan, karena batasnya 24 jam."),
    )
    letter_number = forms.CharField(label=_("Nomor surat atau putusan"), max_length=80)
    text = LongTextField(label=_("Isi singkat"))


OUTCOME_FORMS: dict[type[Facts] | None, type[StepForm]] = {
    form.facts_class: form
    for form in (
        ReminderForm,
        NoSanctionForm,
        AppealFilingForm,
        AppealResultForm,
        AppealAnnulmentForm,
        GakkumduForm,
    )
}
