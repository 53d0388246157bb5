"""What people fill in about pictures: what to hide, why an original is needed, which file to compare."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import LongTextField
from cases.masking import MaskableLine
from cases.original_opening import LONGEST_REASON, SHORTEST_REASON
from evidence.painting import MOST_BOXES, Rectangle

# left, top, right, bottom, parted by anything that is no digit; a minus right after a digit parts, it is no sign
FOUR_NUMBERS = re.compile(r"\D*?(-?\d{1,5})\D+?(-?\d{1,5})\D+?(-?\d{1,5})\D+?(-?\d{1,5})\D*", re.ASCII)


class MaskForm(forms.Form):
    """Lines to hide as a whole, and boxes by their corners. `seen` is the SHA-256 of the copy that counted then."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    lines = forms.MultipleChoiceField(label=_("Baris yang disembunyikan"), required=False)
    boxes = forms.CharField(
        label=_("Kotak hitam"),
        required=False,
        max_length=MOST_BOXES * 30,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "form-control code"}),
        help_text=_("Satu kotak tiap baris: kiri, atas, kanan, bawah, dalam piksel. Contoh: 40, 120, 600, 180."),
    )

    # Any: data of a request, as Django's forms take it
    def __init__(self, data: Any = None, *, lines: list[MaskableLine], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.maskable = lines
        self.fields["lines"].choices = [(str(line.number), line.text) for line in lines]  # type: ignore[attr-defined]  # a choice field

    def clean_boxes(self) -> list[Rectangle]:
        """The boxes as numbers."""
        return [_rectangle(line) for line in str(self.cleaned_data["boxes"]).splitlines() if line.strip()]

    def joined(self, boxes: list[Rectangle]) -> dict[str, object]:
        """What a fresh form begins with: everything chosen on this valid one, and these boxes."""
        own = self.cleaned_data["boxes"]
        # Boxes kept as JSON come back as lists.
        theirs = [(left, top, right, bottom) for left, top, right, bottom in boxes]
        both = [*own, *(box for box in theirs if box not in own)]
        return {"boxes": boxes_as_text(both), "lines": self.cleaned_data["lines"]}

    def rectangles(self) -> list[Rectangle]:
        """Everything to hide, of a valid form."""
        chosen = set(self.cleaned_data["lines"])
        return [*self.cleaned_data["boxes"], *(line.box for line in self.maskable if str(line.number) in chosen)]


class ReleaseForm(forms.Form):
    """Showing a copy to the accused: which one was looked at, and that somebody really looked."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_checked = forms.BooleanField(
        label=_(
            "Saya sudah memeriksa seluruh salinan ini. Tidak ada yang menunjuk pelapor: nama, foto profil, nomor, "
            "nama grup kecil, atau bilah atas ponsel."
        ),
        error_messages={"required": _("Periksa salinannya, lalu centang kotak ini.")},
    )


class OriginalForm(forms.Form):
    """Why the exact bytes are needed."""

    reason = LongTextField(
        label=_("Alasan"),
        help_text=_(
            "Mengapa yang ada di portal tidak cukup, dan untuk apa berkasnya. Orang kedua dan auditor membaca ini."
        ),
    )

    # The limits are the use case's; named here, the browser already says them.
    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].widget.attrs |= {"minlength": SHORTEST_REASON, "maxlength": LONGEST_REASON}


class FileToVerifyForm(forms.Form):
    """A file to compare; cleans to its SHA-256. Nothing of it is kept."""

    file = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,
        error_messages={"required": _("Pilih satu berkas, paling besar 45 MB.")},
    )

    def clean_file(self) -> str:
        """The SHA-256 of the file, taken while its parts came in."""
        return str(self.cleaned_data["file"].arrival.sha256)


def boxes_as_text(boxes: list[Rectangle]) -> str:
    """Boxes as the form takes them."""
    return "\n".join(", ".join(str(side) for side in box) for box in boxes)


def _rectangle(line: str) -> Rectangle:
    found = FOUR_NUMBERS.fullmatch(line)
    if not found:
        raise ValidationError(
            _("Baris «%(line)s» bukan kotak. Tulis empat angka: kiri, atas, kanan, bawah."), params={"line": line[:40]}
        )
    one_x, one_y, other_x, other_y = (int(number) for number in found.groups())
    # Any two opposite corners say which box is meant.
    return min(one_x, other_x), min(one_y, other_y), max(one_x, other_x), max(one_y, other_y)
