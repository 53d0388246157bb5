"""What the reporter fills in: the receipt code, a line to the office, more pictures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.messages import LONGEST_MESSAGE
from reports import plaintext
from reports.adding import TooManyPictures
from reports.drafts import PicturesGone
from reports.fields import HeldPicturesField, PicturesField, PlainTextField
from reports.form_checks import NO_PICTURE
from reports.models import Report
from reports.originals import StorageFailed
from reports.picture_form import FormWithHeldPictures
from reports.receipt import MalformedReceipt


class ReceiptForm(forms.Form):
    """The code in any spacing and case; cleans to the report."""

    code = forms.CharField(
        label=_("Kode laporan"),
        max_length=100,
        strip=True,
        help_text=_(
            "26 huruf dan angka yang Anda terima sesudah mengirim laporan. Spasi dan huruf kecil tidak apa-apa."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
    )

    def clean_code(self) -> Report:
        """The report of the code. A slip of the pen and an unknown code get the same answer."""
        try:
            report = Report.objects.with_receipt(self.cleaned_data["code"]).first()
        except MalformedReceipt:
            report = None
        if report is None:
            raise ValidationError(
                _("Kode ini tidak cocok dengan laporan mana pun. Periksa tiap huruf, lalu coba lagi.")
            )
        return report


class ReporterLineForm(forms.Form):
    """A line to the office."""

    text = PlainTextField(
        label=_("Pesan untuk petugas"),
        max_length=LONGEST_MESSAGE,
        clean_text=plaintext.paragraphs,
        help_text=_("Jangan tulis nama atau nomor telepon Anda, kecuali Anda memang ingin petugas mengetahuinya."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        """A receipt code would let whoever reads the message follow the report."""
        text = str(self.cleaned_data["text"])
        if Report.objects.with_a_receipt_in(text).exists():
            raise ValidationError(_("Pesan ini memuat kode laporan. Hapus kodenya: hanya Anda yang boleh memegangnya."))
        return text


class AddPicturesForm(FormWithHeldPictures):
    """More screenshots. `key` is that of the draft they are held for."""

    shown_pictures = HeldPicturesField(required=False)
    held_pictures = HeldPicturesField(label=_("Centang gambar yang tidak jadi dikirim"), required=False)
    pictures = PicturesField(
        label=_("Gambar tambahan"),
        error_messages={"required": NO_PICTURE},
        help_text=_(
            "1 sampai 10 gambar JPEG, PNG, WebP, atau HEIC sekali kirim. Paling besar 10 MB per gambar, 40 MB semuanya."
        ),
    )

    too_many = _("Semuanya %(count)d gambar; sekali kirim paling banyak %(limit)d. Kurangi; sisanya dapat menyusul.")

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def say(self, refused: TooManyPictures | StorageFailed | PicturesGone) -> None:
        """Put into words why the pictures were not taken."""
        self.add_error("pictures", self.words_of(refused))

    def words_of(self, refused: TooManyPictures | StorageFailed | PicturesGone) -> str:
        """Why nothing was taken, and what to do."""
        if isinstance(refused, StorageFailed):
            return gettext("Gambar belum bisa disimpan. Coba lagi sebentar lagi; laporan Anda tetap aman.")
        if isinstance(refused, PicturesGone):
            return gettext("Gambar yang tadi tersimpan sudah tidak ada. Pilih lagi gambarnya.")
        if not refused.room:
            return gettext("Tempat gambar sudah penuh, jadi ini tidak dapat ditambahkan. Tuliskan isinya.")
        return ngettext(
            "Masih ada tempat untuk %(room)d gambar. Kurangi, lalu kirim lagi.",
            "Masih ada tempat untuk %(room)d gambar. Kurangi, lalu kirim lagi.",
            refused.room,
        ) % {"room": refused.room}
