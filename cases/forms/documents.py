"""Forms that record papers of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.documents import LONGEST_REMARK, LONGEST_WITNESS, MOST_PAGES, Pact
from cases.forms.fields import CalendarField
from cases.forms.with_pictures import FormWithPictures
from reports.fields import PicturesField


class PactForm(FormWithPictures):
    """An integrity pact the respondent signed."""

    pictures_field = "pages"

    signed_date = CalendarField(label=_("Tanggal ditandatangani"))
    witness = forms.CharField(
        label=_("Di hadapan siapa"),
        max_length=LONGEST_WITNESS,
        help_text=_("Nama dan jabatan, misalnya Sekretaris BKPSDM Kota Semarang."),
    )
    remark = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya isi janji atau tempat naskah asli disimpan. Boleh kosong."),
    )
    pages = PicturesField(
        label=_("Foto atau pindaian"),
        error_messages={"required": _("Lampirkan foto atau pindaian pakta.")},
    )

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Put together here: at import it would stay in the language of the process.
        self.fields["pages"].help_text = gettext(
            "1 sampai %(most)d gambar JPEG, PNG, WebP, atau HEIC, satu tiap halaman. Aslinya disegel; "
            "yang ditampilkan salinan bersih. Pilih lagi gambarnya bila formulir ini kembali."
        ) % {"most": MOST_PAGES}

    def pact(self) -> Pact:
        """The pact of a valid form, not judged yet."""
        return Pact(**self.cleaned_data)
