"""What the reporter fills in: the receipt code, a line to the office, more pictures."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.forms.with_pictures import FormWithPictures
from cases.messages import LONGEST_MESSAGE
from evidence.limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from reports import plaintext
from reports.adding import TooManyPictures
from reports.fields import PicturesField, PlainTextField
from reports.models import Report
from reports.originals import StorageFailed
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


class AddPicturesForm(FormWithPictures):
    """More screenshots."""

    pictures = PicturesField(
        label=_("Gambar tambahan"),
        help_text=_("JPEG, PNG, WebP, atau HEIC, paling besar 10 MB tiap gambar."),
    )

    max_files = MAX_FILES
    max_bytes = MAX_FILE_BYTES
    max_total_bytes = MAX_TOTAL_BYTES

    def clean_pictures(self) -> list[object]:
        """Not more at once than a report takes at once."""
        pictures = self.cleaned_data["pictures"]
        if len(pictures) > MAX_FILES or sum(len(picture.data) for picture in pictures) > MAX_TOTAL_BYTES:
            raise ValidationError(_("Terlalu banyak sekaligus. Kirim paling banyak 10 gambar, bersama-sama 40 MB."))
        return list(pictures)

    def say(self, refused: TooManyPictures | StorageFailed) -> None:
        """Put into words why the pictures were not taken."""
        if isinstance(refused, StorageFailed):
            self.add_error(
                "pictures", _("Gambar belum bisa disimpan. Coba lagi sebentar lagi; laporan Anda tetap aman.")
            )
            return
        words = ngettext(
            "Masih ada tempat untuk %(room)d gambar.", "Masih ada tempat untuk %(room)d gambar.", refused.room
        )
        self.add_error("pictures", words % {"room": refused.room})
