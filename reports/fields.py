"""Form fields of what people type and upload, with words that say what to do."""

import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from evidence.limits import MAX_FILES, MAX_TOTAL_BYTES
from evidence.refusals import Refusal, UnsafeImage
from reports import plaintext
from reports.originals import Picture

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"

TOO_LONG = ngettext_lazy(
    "Paling banyak %(limit_value)d huruf; yang Anda tulis %(show_value)d. Ringkas tulisannya.",
    "Paling banyak %(limit_value)d huruf; yang Anda tulis %(show_value)d. Ringkas tulisannya.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "Tulis sedikit lebih banyak: paling sedikit %(limit_value)d huruf, sekarang baru %(show_value)d.",
    "Tulis sedikit lebih banyak: paling sedikit %(limit_value)d huruf, sekarang baru %(show_value)d.",
    "limit_value",
)

REFUSALS: dict[Refusal, Any] = {
    Refusal.EMPTY: _("berkas ini kosong. Pilih lagi gambarnya."),
    Refusal.FILE_TOO_LARGE: _(
        "ukurannya %(actual)s, batasnya %(limit)s. Potong bagian yang tidak perlu, lalu pilih lagi."
    ),
    Refusal.NOT_AN_IMAGE: _("ini bukan gambar. Kirim JPEG, PNG, WebP, atau HEIC; tangkapan layar biasa selalu cocok."),
    Refusal.WRONG_TYPE: _("ini %(actual)s. Kirim JPEG, PNG, WebP, atau HEIC; Anda bisa membuat tangkapan layarnya."),
    Refusal.TOO_MANY_PIXELS: _(
        "gambarnya terlalu besar (%(actual)s piksel, batasnya %(limit)s). Perkecil, lalu pilih lagi."
    ),
    Refusal.SIDE_TOO_LONG: _(
        "gambarnya terlalu panjang (%(actual)s piksel, batasnya %(limit)s). Bagi menjadi beberapa gambar."
    ),
    Refusal.TRUNCATED: _("berkas ini terpotong. Unduh atau ambil lagi gambarnya, lalu pilih lagi."),
    Refusal.UNREADABLE: _("gambar ini rusak. Ambil lagi tangkapan layarnya, lalu pilih lagi."),
    Refusal.TOO_COMPLEX: _("gambar ini terlalu rumit untuk dibuka dengan aman. Ambil tangkapan layar dari gambar itu."),
    Refusal.NOT_CLEAN: _("gambar ini tidak bisa dibuka dengan aman. Ambil tangkapan layar dari gambar itu."),
}


class PlainTextField(forms.CharField):
    """Text without characters nobody can see; `clean_text` says which kind of text it is."""

    def __init__(self, *, clean_text: Callable[[str], str] = plaintext.line, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.clean_text = clean_text
        self.error_messages = {**self.error_messages, "max_length": TOO_LONG, "min_length": TOO_SHORT}

    def to_python(self, value: Any) -> str:
        """The text as it will be kept."""
        text = super().to_python(value) or ""
        # Far beyond the limit it is refused anyway; cleaning a megabyte would only cost time.
        if self.max_length and len(text) > 4 * self.max_length:
            return text
        return self.clean_text(text)


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: pictures kept from an earlier try count too, which only the server knows."""
        return False


class PicturesField(forms.FileField):
    """Several uploaded pictures, each judged by its content; `clean` gives a list of originals.Picture.

    Each refused file is named with its fault. `fine` holds the others, so that a form can keep them.
    """

    widget = ManyFilesInput(attrs={"multiple": True, "accept": ACCEPTED})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fine: list[Picture] = []

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        """Return the pictures. Raises ValidationError naming every file that cannot be taken."""
        self.fine, faults = [], []
        for position, upload in enumerate((upload for upload in data or [] if upload), start=1):
            try:
                self.fine.append(Picture.arrived(upload.arrival))
            except UnsafeImage as refusal:
                faults.append(_fault(position, upload, refusal))
        if faults:
            raise ValidationError(faults)
        if self.required and not self.fine:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.fine


class HeldPicturesField(forms.MultipleChoiceField):
    """Pictures kept from an earlier try; the ticked ones are not to be sent after all."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """A picture that is no longer there needs no tick, so unknown ids are no error."""


def fault_of(refusal: UnsafeImage) -> str:
    """What is wrong with a picture and what to do, as the end of a sentence."""
    facts: dict[str, object] = {"limit": refusal.limit, "actual": refusal.actual}
    if refusal.code == Refusal.FILE_TOO_LARGE:
        facts = {name: filesizeformat(str(size)) for name, size in facts.items()}
    return str(REFUSALS[refusal.code] % facts)


def fault_of_full_form() -> str:
    """Why one more picture does not fit, as the end of a sentence."""
    return _("batasnya %(count)d gambar, bersama-sama %(size)s. Hapus satu; sisanya dapat menyusul dengan kode.") % {
        "count": MAX_FILES,
        "size": filesizeformat(MAX_TOTAL_BYTES),
    }


def _fault(position: int, upload: "File[bytes]", refusal: UnsafeImage) -> ValidationError:
    return ValidationError(
        _("Gambar ke-%(position)d (%(name)s): %(fault)s"),
        code=refusal.code.value,
        params={"position": position, "name": _shown_name(upload), "fault": fault_of(refusal)},
    )


def _shown_name(upload: "File[bytes]") -> str:
    """The file's own name, for its owner's eyes only; it is never stored."""
    name = plaintext.line(unicodedata.normalize("NFC", upload.name or ""))
    return name if len(name) <= 40 else f"{name[:25]}…{name[-12:]}"
