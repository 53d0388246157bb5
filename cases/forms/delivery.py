"""Forms of the link for the body: who gets it, the receipt, and what became of the letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.delivery import LONGEST_LETTER_NUMBER, LONGEST_NAME, LONGEST_REMARK, Notice, Receipt
from cases.forms.fields import CalendarField
from cases.models import NoticeKind


class LinkForm(forms.Form):
    """To whom the link goes."""

    sent_to = forms.CharField(
        label=_("Tautan ini untuk"),
        max_length=LONGEST_NAME,
        help_text=_("Nama unit, misalnya Direktorat Pengawasan BKN. Bukan nama orang."),
    )


class ReceiptForm(forms.Form):
    """Who received the letter."""

    officer_name = forms.CharField(label=_("Nama Anda"), max_length=LONGEST_NAME)
    officer_office = forms.CharField(label=_("Jabatan dan unit"), max_length=LONGEST_NAME)
    own_letter_number = forms.CharField(
        label=_("Nomor agenda atau surat Anda"),
        max_length=LONGEST_LETTER_NUMBER,
        required=False,
        help_text=_("Boleh dikosongkan."),
    )

    def receipt(self) -> Receipt:
        """What a valid form says."""
        return Receipt(**self.cleaned_data)


class NoticeForm(forms.Form):
    """What became of the letter."""

    kind = forms.TypedChoiceField(label=_("Kabar"), choices=NoticeKind, coerce=NoticeKind)
    happened_date = CalendarField(label=_("Tanggal"))
    remark = forms.CharField(
        label=_("Keterangan"),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Boleh dikosongkan. Jangan menulis nama pelapor atau saksi."),
    )

    def notice(self) -> Notice:
        """What a valid form says."""
        return Notice(**self.cleaned_data)
