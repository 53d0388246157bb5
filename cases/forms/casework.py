"""What the case team writes beside the steps: verdicts on rules, notes, the respondent's facts, messages."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.assessment import confirm, reject
from cases.forms.fields import (
    CalendarField,
    LongTextField,
    ReportersField,
    governments,
    offer_reporters,
    rules_in_force,
)
from cases.mentions import mentionable, not_mentionable
from cases.messages import LONGEST_MESSAGE
from cases.models import AsnKind, AsnStatus, Assessment, Case, MessageKind, MessageLanguage, MessageTemplate
from cases.respondents import RespondentFacts


class VerdictForm(forms.Form):
    """Whether a finding of the machine fits, and why."""

    verdict = forms.ChoiceField(
        label=_("Penilaian Anda"),
        choices=[("confirm", _("Sesuai")), ("reject", _("Tidak sesuai"))],
        widget=forms.RadioSelect,
    )
    reason = LongTextField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))

    def use_case(self) -> Callable[..., Assessment]:
        """What the verdict of a valid form does."""
        return confirm if self.cleaned_data["verdict"] == "confirm" else reject


class AddRuleForm(forms.Form):
    """A rule the machine did not find."""

    rule_code = forms.ChoiceField(label=_("Aturan"), choices=rules_in_force)
    reason = LongTextField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(forms.Form):
    """Why a rule does not count after all."""

    reason = LongTextField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(forms.Form):
    """An internal remark."""

    text = LongTextField(
        label=_("Catatan"),
        help_text=_(
            "Dibaca petugas dan pengawas yang dapat melihat kasus ini. Kesbangpol dari pemerintah tempat terlapor "
            "bekerja membaca catatan yang ditulis sesudah kasus dibagikan kepadanya. Jangan tulis siapa pelapornya."
        ),
    )
    mentioned = forms.ModelMultipleChoiceField(
        label=_("Sebut rekan"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mereka melihatnya di kotak masuk. Tanda @ di dalam catatan tidak memberi tahu siapa pun."),
    )

    def __init__(self, data: object = None, *, case: Case, by: User) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # QueryDict or None
        offered = mentionable(case, by=by)
        field = cast("forms.ModelMultipleChoiceField[User]", self.fields["mentioned"])
        field.queryset = User.objects.filter(pk__in=[person.pk for person in offered]).order_by("username")
        field.choices = [(person.pk, _name_and_office(person)) for person in offered]
        # One sentence for all, so that nobody learns who works elsewhere.
        field.error_messages |= dict.fromkeys(("invalid_choice", "invalid_pk_value", "invalid_list"), not_mentionable())
        if not offered:
            del self.fields["mentioned"]

    def mentions(self) -> list[User]:
        """Those picked on a valid form."""
        return list(self.cleaned_data.get("mentioned", ()))


class ProposalForm(forms.Form):
    """What Kesbangpol proposes to Bawaslu."""

    text = LongTextField(label=_("Usulan"), help_text=_("Bawaslu membaca usulan ini; keputusan tetap pada Bawaslu."))


class PickTemplateForm(forms.Form):
    """Which text to start from, in which language. Sent by GET: it only fills in the field below."""

    templat = forms.ChoiceField(label=_("Mulai dari templat"), choices=MessageKind)
    bahasa = forms.ChoiceField(
        label=_("Bahasa"),
        choices=MessageLanguage,
        initial=MessageLanguage.INDONESIAN,
        help_text=_("Portal tidak mencatat bahasa pelapor. Lihat bahasa laporannya."),
    )


class ReporterMessageForm(forms.Form):
    """A line from the office to the reporter. `template` is the row the text began as, where there is one."""

    template = forms.ModelChoiceField(queryset=MessageTemplate.objects.all(), required=False, widget=forms.HiddenInput)
    # Nobody is chosen beforehand: what is meant for one reporter must not reach another by a slip.
    to = ReportersField(label=_("Kepada"))
    text = forms.CharField(
        label=_("Pesan"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Dibaca pelapor dengan kodenya. Jangan minta nama, nomor telepon, atau alamat."),
    )

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_reporters(self, "to", case)


class RespondentForm(forms.Form):
    """What is known of the reported person, and how it is known. Carries the version of the case that was seen."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nama"), required=False, max_length=150)
    post = forms.CharField(label=_("Jabatan"), required=False, max_length=150)
    agency = forms.CharField(label=_("Instansi"), required=False, max_length=200)
    asn_status = forms.TypedChoiceField(label=_("Status ASN"), choices=AsnStatus, coerce=AsnStatus)
    asn_kind = forms.ChoiceField(
        label=_("Jenis ASN"),
        required=False,
        choices=[("", _("belum diketahui")), *AsnKind.choices],
        help_text=_("Menentukan sanksi yang dapat dijatuhkan."),
    )
    asn_status_source = forms.CharField(
        label=_("Sumber status"),
        required=False,
        max_length=200,
        help_text=_("Misalnya SIASN, atau surat BKPSDM 12 November 2024 nomor 800/123."),
    )
    asn_status_date = CalendarField(label=_("Tanggal verifikasi"), required=False)
    nip = forms.CharField(
        label=_("NIP"),
        required=False,
        max_length=30,
        help_text=_("18 angka. Kosongkan bila belum tahu."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    employer_code = forms.ChoiceField(
        label=_("Pemerintah tempat bekerja"),
        required=False,
        choices=governments,
        help_text=_("Kesbangpol pemerintah ini baru melihat kasus sesudah Anda membagikannya."),
    )

    def facts(self) -> RespondentFacts:
        """The facts of a valid form, not judged yet."""
        return RespondentFacts(**{name: value for name, value in self.cleaned_data.items() if name != "version"})

    def clean_nip(self) -> str:
        """Without the spaces people copy along."""
        return "".join(str(self.cleaned_data["nip"]).split())


def known_facts(case: Case) -> dict[str, object]:
    """What the form of the respondent starts from."""
    names = RespondentForm.base_fields.keys() - {"version"}
    return {"version": case.version} | {name: getattr(case.respondent, name) for name in names}


def _name_and_office(person: User) -> str:
    return f"{person} · {person.office_name}" if person.office_name else str(person)
