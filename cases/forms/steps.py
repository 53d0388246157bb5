"""One form per kind of facts a step records. Forms read what was typed; the facts judge it."""

from datetime import date
from typing import Any, ClassVar, TypedDict

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import facts
from cases.completeness import as_request, lacking_reports, missing_in_case
from cases.forms.fields import (
    CalendarField,
    CaseReferenceField,
    LongTextField,
    ReportersField,
    number_given_elsewhere,
    offer_hosts,
    offer_reporters,
    sanction_forms_by_level,
)
from cases.hearings import open_summons
from cases.models import (
    AsnKind,
    Case,
    Clarification,
    ClarificationEnding,
    ClarificationHost,
    ClarificationMethod,
    DisciplineLevel,
    OversightBody,
)
from cases.recommendation_page import RecommendationBackground, recommendation_background
from cases.status import Status


class GivenStep(TypedDict):
    """The part of a step that comes from a form."""

    reason: str
    facts: facts.Facts | None
    seen_version: int


class StepForm(forms.Form):
    """What every step carries: the version of the case the person was looking at, and the reason where one is due."""

    facts_class: ClassVar[type[facts.Facts] | None] = None
    # Steps that end the work on the case here are not offered beside those that carry it on.
    leaves_the_road: ClassVar[bool] = False

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = LongTextField(label=_("Alasan"), help_text=_("Masuk riwayat kasus. Jangan tulis apa pun tentang pelapor."))

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, case: Case, by: User, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = case.version
        reason = self.fields.pop("reason")
        if needs_reason:
            self.fields["reason"] = reason
        self.case = case
        self.look_up(by)

    def look_up(self, by: User) -> None:
        """Fill in choices and hints that depend on the person or on the reference data."""

    def background(self) -> RecommendationBackground | None:
        """What to know before filling in; None for most steps."""
        return None

    def facts(self) -> facts.Facts | None:
        """The facts of a valid form, not judged yet; None for a step that records none."""
        if self.facts_class is None:
            return None
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "reason"}}
        return self.facts_class(**given)

    def given(self) -> GivenStep:
        """What a valid form gives to `workflow.perform`."""
        return GivenStep(
            reason=self.cleaned_data.get("reason", ""), facts=self.facts(), seen_version=self.cleaned_data["version"]
        )


class CompletionForm(StepForm):
    """What the reporter is asked for."""

    facts_class = facts.Completion

    missing = LongTextField(
        label=_("Yang perlu dilengkapi"),
        help_text=_("Dibaca pelapor di halaman lacaknya. Tulis singkat, ramah, satu hal per kalimat."),
    )
    due_date = CalendarField(label=_("Batas waktu"))
    asked = ReportersField(label=_("Ditujukan kepada"))

    def look_up(self, by: User) -> None:
        self.fields["missing"].initial = as_request(missing_in_case(self.case))
        offer_reporters(self, "asked", self.case)
        if "asked" in self.fields:
            self.fields["asked"].initial = [str(report) for report in lacking_reports(self.case)]


class DuplicateForm(StepForm):
    """The case this one repeats."""

    facts_class = facts.Duplicate
    leaves_the_road = True

    other = CaseReferenceField(label=_("Sama dengan kasus"), help_text=_("Nomornya, misalnya LN-2024-000123."))

    def look_up(self, by: User) -> None:
        field = self.fields["other"]
        if isinstance(field, CaseReferenceField):
            field.by = by


class RegistrationForm(StepForm):
    """The entry in the register."""

    facts_class = facts.RegistrationEntry

    number = forms.CharField(label=_("Nomor registrasi"), max_length=80)
    registered_date = CalendarField(label=_("Tanggal registrasi"))


class ClarificationPlanForm(StepForm):
    """When, how and by whom the respondent is heard."""

    facts_class = facts.ClarificationPlan

    scheduled_date = CalendarField(label=_("Tanggal klarifikasi"))
    starts = forms.TimeField(
        label=_("Pukul"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    place = forms.CharField(
        label=_("Tempat atau tautan"), required=False, max_length=200, help_text=_("Dibaca terlapor dalam undangan.")
    )
    method = forms.TypedChoiceField(label=_("Cara"), choices=ClarificationMethod, coerce=ClarificationMethod)
    host = forms.TypedChoiceField(label=_("Diadakan oleh"), choices=ClarificationHost, coerce=ClarificationHost)
    letter_number = number_given_elsewhere(_("Konsep undangan dibuat dan dinomori dari seri kantor Anda."))

    def look_up(self, by: User) -> None:
        offer_hosts(self.fields["host"], by)


class ClarificationResultForm(StepForm):
    """What came of it."""

    facts_class = facts.ClarificationResult

    held_date = CalendarField(label=_("Tanggal pelaksanaan"))
    attended = forms.TypedChoiceField(
        label=_("Terlapor hadir?"),
        choices=[("ya", _("Ya, hadir atau menjawab")), ("tidak", _("Tidak hadir"))],
        coerce=lambda answer: answer == "ya",
        widget=forms.RadioSelect,
    )
    method = forms.TypedChoiceField(label=_("Cara"), choices=ClarificationMethod, coerce=ClarificationMethod)
    minutes = LongTextField(
        label=_("Berita acara"),
        help_text=_("Ringkasan keterangan terlapor. Bila tidak hadir, tulis bagaimana ia diundang."),
    )
    ending = forms.TypedChoiceField(
        label=_("Hasil klarifikasi oleh Kesbangpol"),
        required=False,
        choices=[("", _("Pilih …")), *ClarificationEnding.choices],
        coerce=ClarificationEnding,
        empty_value=None,
        help_text=_("Kesbangpol tidak menutup kasus: keduanya diteruskan ke kajian Bawaslu."),
    )
    ending_text = LongTextField(label=_("Isi pembinaan atau usulan"), required=False)

    def look_up(self, by: User) -> None:
        planned = open_summons(self.case)
        if planned and planned.number < Clarification.MOST_SUMMONSES:
            self.fields["attended"].help_text = _(
                "Tidak hadir pada panggilan pertama? Pilih langkah «Panggil untuk kedua kalinya»."
            )
        if planned is None or planned.host != ClarificationHost.KESBANGPOL:
            del self.fields["ending"], self.fields["ending_text"]


class RecommendationForm(StepForm):
    """The letter. Its date decides to whom it goes."""

    facts_class = facts.RecommendationDraft

    proposed_level = forms.TypedChoiceField(
        label=_("Usul tingkat sanksi"),
        required=False,
        choices=[("", _("Diserahkan kepada badan penerima")), *DisciplineLevel.choices],
        coerce=DisciplineLevel,
        empty_value=None,
    )
    level_reason = LongTextField(
        label=_("Mengapa tingkat ini lain dari kasus serupa"),
        required=False,
        help_text=_("Wajib hanya bila tingkatnya berbeda dari yang lazim pada kasus serupa."),
    )
    reasons = LongTextField(label=_("Pertimbangan"))
    letter_number = number_given_elsewhere(
        _("Surat bertanggal hari ini dibuat dan dinomori dari seri kantor Anda, lalu menunggu persetujuan orang kedua.")
    )
    letter_date = CalendarField(label=_("Tanggal surat di luar portal"), required=False)

    def look_up(self, by: User) -> None:
        bodies = OversightBody.objects.order_by("valid_from", "code")
        self.fields["letter_date"].help_text = " ".join(_address(body) for body in bodies)

    def background(self) -> RecommendationBackground | None:
        return recommendation_background(self.case)


class FollowUpForm(StepForm):
    """What the oversight body or the PPK answered or did."""

    facts_class = facts.FollowUpEntry

    happened_date = CalendarField(label=_("Tanggal"))
    actor = forms.CharField(label=_("Dari siapa"), max_length=150, help_text=_("Misalnya BKN atau PPK Kota Semarang."))
    text = LongTextField(label=_("Isi tindak lanjut"))


class SanctionForm(StepForm):
    """What the PPK imposed, as the decree says it."""

    facts_class = facts.SanctionDecree

    level = forms.TypedChoiceField(label=_("Tingkat"), choices=DisciplineLevel, coerce=DisciplineLevel)
    form_code = forms.ChoiceField(label=_("Bentuk sanksi"), choices=sanction_forms_by_level)
    form = forms.CharField(
        label=_("Bunyi sanksi menurut keputusan"),
        max_length=200,
        required=False,
        help_text=_("Salin dari keputusan. Wajib bila bentuknya tidak ada dalam daftar."),
    )
    decree_number = forms.CharField(label=_("Nomor keputusan"), max_length=80)
    decree_date = CalendarField(label=_("Tanggal keputusan"))
    imposed_by = forms.CharField(label=_("Pejabat yang menjatuhkan"), max_length=150)

    def look_up(self, by: User) -> None:
        kind = self.case.respondent.asn_kind
        self.fields["form_code"].help_text = (
            gettext("Terlapor %(kind)s: bentuk yang hanya ada untuk jenis ASN lain ditolak.")
            % {"kind": AsnKind(kind).label}
            if kind
            else gettext(
                "Belum tercatat apakah terlapor PNS atau PPPK, jadi bentuknya tidak dapat dicocokkan. "
                "Sebaiknya verifikasi dulu dan catat di data terlapor."
            )
        )


class CorrectionForm(StepForm):
    """The status the national admin puts a case in."""

    facts_class = facts.StatusCorrection
    leaves_the_road = True

    target = forms.TypedChoiceField(label=_("Status yang benar"), choices=Status, coerce=Status)


FORMS: dict[type[facts.Facts] | None, type[StepForm]] = {
    form.facts_class: form
    for form in (
        StepForm,
        CompletionForm,
        DuplicateForm,
        RegistrationForm,
        ClarificationPlanForm,
        ClarificationResultForm,
        RecommendationForm,
        FollowUpForm,
        SanctionForm,
        CorrectionForm,
    )
}


def _address(body: OversightBody) -> str:
    """To whom letters of which dates go, as a sentence."""
    words = {"body": body.name, "first": _day(body.valid_from), "last": _day(body.valid_until)}
    if body.valid_until is None:
        return gettext("Surat sejak %(first)s ditujukan kepada %(body)s.") % words
    return gettext("Surat sampai %(last)s ditujukan kepada %(body)s.") % words


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
