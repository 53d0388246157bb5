"""What the office fills in around a hearing: the allegation, delivery, dates, witnesses, minutes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.forms.fields import CalendarField, LongTextField, number_given_elsewhere, offer_hosts
from cases.forms.with_pictures import FormWithPictures
from cases.minutes import (
    LONGEST_WORDS,
    MOST_PARTICIPANTS,
    MOST_QUESTIONS,
    Minutes,
    Participant,
    Question,
    standing_minutes,
)
from cases.models import (
    Case,
    Clarification,
    ClarificationHost,
    ClarificationMethod,
    HeardRole,
    HearingParticipant,
    ServiceWay,
)
from cases.respondent_access import LONGEST_ADDRESSEE, LONGEST_ALLEGATION, LONGEST_PLACE
from cases.summons import LONGEST_NAME, LONGEST_NOTE, LONGEST_REMARK, OtherSummons, Service
from reports.fields import PicturesField

# Empty rows offered below those already written
FURTHER_ROWS = 3


class AllegationForm(forms.Form):
    """What the respondent is told."""

    addressed_to = forms.CharField(label=_("Kepada"), max_length=LONGEST_ADDRESSEE, help_text=_("Nama dan jabatan."))
    text = forms.CharField(
        label=_("Dugaan dalam kata-kata Anda"),
        max_length=LONGEST_ALLEGATION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Tulis perbuatannya saja, sebagai dugaan. Jangan salin cerita pelapor, jangan sebut ada laporan, "
            "siapa yang melihat, atau di grup mana perbuatan itu terlihat bila anggotanya sedikit."
        ),
    )
    act_date = CalendarField(label=_("Tanggal perbuatan"))
    place = forms.CharField(label=_("Tempat perbuatan"), max_length=LONGEST_PLACE)


class ServiceForm(FormWithPictures):
    """How a summons reached the person."""

    pictures_field = "photos"

    way = forms.TypedChoiceField(label=_("Cara penyampaian"), choices=ServiceWay.choices, coerce=ServiceWay)
    served_date = CalendarField(label=_("Tanggal disampaikan"))
    served_by = forms.CharField(label=_("Disampaikan oleh"), max_length=LONGEST_NAME)
    note = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya siapa yang menerima, atau nomor resi. Boleh kosong."),
    )
    photos = PicturesField(
        label=_("Foto tanda terima"),
        required=False,
        help_text=_("Boleh kosong. Paling banyak 5 gambar JPEG, PNG, WebP, atau HEIC; aslinya disegel."),
    )

    def service(self) -> Service:
        """The delivery of a valid form, not judged yet."""
        return Service(**self.cleaned_data)


class MoveForm(forms.Form):
    """Another date for a hearing."""

    new_date = CalendarField(label=_("Tanggal baru"))
    reason = LongTextField(
        label=_("Alasan"),
        help_text=_(
            "Masuk riwayat kasus, yang juga dibaca Kesbangpol bila dapat melihat kasus ini. "
            "Jangan tulis apa pun tentang pelapor."
        ),
    )


class RefuseDateForm(forms.Form):
    """Why another date is not possible."""

    remark = forms.CharField(
        label=_("Jawaban kepada terlapor"), max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 3})
    )


class OtherSummonsForm(forms.Form):
    """A witness or superior who is to be heard."""

    role = forms.TypedChoiceField(
        label=_("Sebagai"),
        choices=[choice for choice in HeardRole.choices if choice[0] != HeardRole.RESPONDENT],
        coerce=HeardRole,
    )
    person_name = forms.CharField(label=_("Nama"), max_length=LONGEST_NAME)
    person_post = forms.CharField(label=_("Jabatan"), required=False, max_length=LONGEST_NAME)
    scheduled_date = CalendarField(label=_("Tanggal klarifikasi"))
    starts = forms.TimeField(
        label=_("Pukul"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    place = forms.CharField(label=_("Tempat atau tautan"), required=False, max_length=LONGEST_PLACE)
    method = forms.TypedChoiceField(label=_("Cara"), choices=ClarificationMethod.choices, coerce=ClarificationMethod)
    host = forms.TypedChoiceField(label=_("Diadakan oleh"), choices=ClarificationHost.choices, coerce=ClarificationHost)
    letter_number = number_given_elsewhere(
        _("Konsep undangan dibuat dan dinomori dari seri kantor Anda. Terlapor tidak disebut di dalamnya.")
    )

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_hosts(self.fields["host"], by)

    def summons(self) -> OtherSummons:
        """The summons of a valid form, not judged yet."""
        return OtherSummons(**self.cleaned_data)


class ParticipantForm(forms.Form):
    """A row of the list of those present."""

    name = forms.CharField(label=_("Nama peserta"), max_length=LONGEST_NAME)
    role = forms.TypedChoiceField(
        label=_("Hadir sebagai"),
        # The first is empty, so that a row nobody touched counts as empty.
        choices=[("", _("Pilih …")), *HearingParticipant.Role.choices],
        coerce=HearingParticipant.Role,
    )


class QuestionForm(forms.Form):
    """A question with its answer."""

    question = forms.CharField(
        label=_("Pertanyaan"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )
    answer = forms.CharField(label=_("Jawaban"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}))


class MinutesForm(forms.Form):
    """What stands around questions and answers. The respondent's attendance is recorded as a step of the case."""

    # Of the minutes the form was opened with
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    held_date = CalendarField(label=_("Tanggal pelaksanaan"), required=False)
    attended = forms.TypedChoiceField(
        label=_("Hadir?"),
        required=False,
        choices=[("", _("Belum dicatat")), ("ya", _("Ya, hadir atau menjawab")), ("tidak", _("Tidak hadir"))],
        coerce=lambda answer: answer == "ya",
        empty_value=None,
    )
    was_read_back = forms.BooleanField(label=_("Berita acara sudah dibacakan kembali dan dibenarkan"), required=False)
    signed_date = CalendarField(
        label=_("Tanggal ditandatangani"),
        required=False,
        help_text=_("Kosongkan selama masih disusun. Sesudah diisi, berita acara tidak dapat diubah lagi."),
    )

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, clarification: Clarification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clarification.role == HeardRole.RESPONDENT or not clarification.is_open:
            del self.fields["held_date"], self.fields["attended"]


@dataclass(frozen=True)
class SavedRow:
    """A row of the minutes as saved; `is_typed` says whether the form holds it too, word by word."""

    row: Participant | Question
    is_typed: bool


class MinutesForms:
    """The minutes as three forms: what stands around, who was there, what was said. Rows left empty do not count.

    `standing` are the minutes as they were saved when the form was made. `saved` are the rows somebody else saved
    meanwhile, to compare with; empty until `reopen`.
    """

    # Any: data of a request, as Django's forms take it
    def __init__(self, clarification: Clarification, data: Any = None, *, more: bool = False) -> None:
        self.standing = standing = standing_minutes(clarification)
        start = {
            "was_read_back": standing.was_read_back,
            "signed_date": standing.signed_date,
            "version": standing.version,
        }
        self.about = MinutesForm(data, clarification=clarification, initial=start)
        people = [asdict(row) for row in standing.participants]
        said = [asdict(row) for row in standing.questions]
        self.people = _rows(ParticipantForm, "people", MOST_PARTICIPANTS, data, people, more)
        self.questions = _rows(QuestionForm, "questions", MOST_QUESTIONS, data, said, more)
        self.saved: dict[str, list[SavedRow]] = {}

    def is_valid(self) -> bool:
        """Whether all three are."""
        return all([self.about.is_valid(), self.people.is_valid(), self.questions.is_valid()])

    @property
    def seen_version(self) -> str:
        """The version of the minutes the form was opened with; of valid forms."""
        return str(self.about.cleaned_data["version"])

    def minutes(self) -> Minutes:
        """The minutes of valid forms, not judged yet."""
        return Minutes(
            participants=[Participant(**row) for row in self.people.cleaned_data if row],
            questions=[Question(**row) for row in self.questions.cleaned_data if row],
            **{name: value for name, value in self.about.cleaned_data.items() if name != "version"},
        )

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say at its field, or under the name of its part, what cannot be used."""
        parts = {"participants": _("Yang hadir"), "questions": _("Tanya jawab")}
        for name, problem in problems.items():
            if name in self.about.fields:
                self.about.add_error(name, problem)
            else:
                self.about.add_error(None, f"{parts[name]}: {problem}" if name in parts else problem)

    def reopen(self, standing: Minutes) -> None:
        """Keep what was typed, show what somebody else saved meanwhile, and count that as seen from now on."""
        typed = self.minutes()
        self.saved = {
            "people": [SavedRow(row, row in typed.participants) for row in standing.participants],
            "questions": [SavedRow(row, row in typed.questions) for row in standing.questions],
        }
        self.about.data = dict(self.about.data.items()) | {"version": standing.version}


def first_allegation(case: Case) -> dict[str, object]:
    """What the form of the allegation starts from: the one that counts, or the facts of the case."""
    newest = case.allegations.order_by("-id").first()
    if newest:
        names = ("addressed_to", "text", "act_date", "place")
        return {name: getattr(newest, name) for name in names}
    link = case.case_reports.select_related("report").order_by("pk").first()
    return {"act_date": link.report.act_date if link else None, "place": str(case.region)}


# Any: as above
def _rows(
    form: type[forms.Form], prefix: str, most: int, data: Any, initial: list[dict[str, Any]], more: bool
) -> "forms.BaseFormSet[forms.Form]":
    rows = forms.formset_factory(form, extra=FURTHER_ROWS, max_num=most, absolute_max=most, validate_max=True)
    if data is None:
        return rows(initial=initial, prefix=prefix)
    data = data.copy()
    # Every row may come back empty, also one that was written before.
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    sent = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    if more and sent.isascii() and sent.isdigit() and len(sent) < 5:
        data[f"{prefix}-TOTAL_FORMS"] = str(min(int(sent) + FURTHER_ROWS, most))
    return rows(data, prefix=prefix)
