"""What the respondent fills in: the code, an answer, another date, pictures, people to be heard."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.answering import LONGEST_ANSWER, LONGEST_CONTACT, LONGEST_NAME, LONGEST_REASON
from cases.forms.fields import CalendarField
from cases.forms.follow_up import AddPicturesForm
from cases.models import NamedPerson, RespondentAccess
from cases.respondent_access import access_with_code
from reports import plaintext
from reports.adding import TooManyPictures
from reports.drafts import PicturesGone
from reports.fields import PicturesField, PlainTextField
from reports.form_checks import NO_PICTURE
from reports.originals import StorageFailed


class RespondentCodeForm(forms.Form):
    """The code of the invitation in any spacing and case; cleans to the access."""

    code = forms.CharField(
        label=_("Kode dari surat undangan"),
        max_length=100,
        strip=True,
        help_text=_("26 huruf dan angka. Spasi dan huruf kecil tidak apa-apa."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
    )

    def clean_code(self) -> RespondentAccess:
        """What the code opens. A slip, an unknown, a revoked and a closed code get the same answer."""
        access = access_with_code(self.cleaned_data["code"], at=timezone.now())
        if access is None:
            raise forms.ValidationError(
                _("Kode ini tidak berlaku. Periksa tiap huruf; bila tetap gagal, hubungi kantor yang mengundang Anda.")
            )
        return access


class AnswerForm(forms.Form):
    """The respondent's own account."""

    text = PlainTextField(
        label=_("Penjelasan Anda"),
        max_length=LONGEST_ANSWER,
        clean_text=plaintext.paragraphs,
        help_text=_("Tulis apa yang terjadi menurut Anda. Sesudah dikirim tidak dapat diubah, tetapi dapat ditambah."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class DateRequestForm(forms.Form):
    """Another date for the hearing."""

    wanted_date = CalendarField(label=_("Tanggal yang Anda usulkan"))
    reason = PlainTextField(
        label=_("Alasan permintaan"),
        max_length=LONGEST_REASON,
        clean_text=plaintext.paragraphs,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RespondentPicturesForm(AddPicturesForm):
    """The respondent's evidence."""

    pictures = PicturesField(
        label=_("Gambar bukti"),
        error_messages={"required": NO_PICTURE},
        help_text=_(
            "1 sampai 10 gambar JPEG, PNG, WebP, atau HEIC sekali kirim. "
            "Paling besar 10 MB per gambar, 40 MB semuanya. Aslinya disegel."
        ),
    )

    def words_of(self, refused: TooManyPictures | StorageFailed | PicturesGone) -> str:
        """The same; nothing here speaks of a report."""
        if isinstance(refused, StorageFailed):
            return gettext("Gambar belum bisa disimpan. Coba lagi sebentar lagi.")
        return super().words_of(refused)


class NamedPersonForm(forms.Form):
    """Somebody who should be heard."""

    role = forms.TypedChoiceField(
        label=_("Sebagai"), choices=NamedPerson.Role.choices, coerce=NamedPerson.Role, widget=forms.RadioSelect
    )
    name = PlainTextField(label=_("Nama orangnya"), max_length=LONGEST_NAME)
    contact = PlainTextField(
        label=_("Cara menghubungi"), max_length=LONGEST_CONTACT, required=False, help_text=_("Boleh kosong.")
    )
    knows = PlainTextField(
        label=_("Apa yang diketahuinya"),
        max_length=LONGEST_REASON,
        clean_text=plaintext.paragraphs,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
