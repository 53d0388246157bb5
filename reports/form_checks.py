"""Checks of single answers. Each returns the clean answer or raises ValidationError saying what to do."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.limits import MAX_FILES, MAX_TOTAL_BYTES
from evidence.refusals import Refusal
from reports.links import HTTP, UnsafeLink, address_of
from reports.models import HeldImage
from reports.originals import Picture

# The first direct local elections were in 2005; nothing older than their preparation can be handled.
EARLIEST_ACT = date(2004, 1, 1)
NO_PICTURE = _("Tambahkan paling sedikit satu tangkapan layar atau foto.")
TOO_MANY = _("Semuanya %(count)d gambar; batasnya %(limit)d. Kurangi; sisanya dapat ditambahkan dengan kode laporan.")
BODY_TOO_LARGE = "body_too_large"
NIP_DIGITS = 18
NIK_DIGITS = 16

DIGITS = re.compile(r"[0-9]+", re.ASCII)
PHONE = re.compile(r"\+?[0-9]{8,15}", re.ASCII)
PUNCTUATION_OF_NUMBERS = re.compile(r"[\s.()\-]+")


def checked_act_date(day: date, *, now: datetime, time_zone: str) -> date:
    """A day between 2004 and today, as the calendar stands where it happened."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    if day > today:
        raise ValidationError(
            _("Tanggal ini belum terjadi. Pilih hari ini (%(today)s) atau sebelumnya."),
            code="future",
            params={"today": f"{today:%d/%m/%Y}"},
        )
    if day < EARLIEST_ACT:
        raise ValidationError(
            _("Tanggal ini terlalu lama. Periksa tahunnya; yang dapat ditangani mulai tahun %(year)d."),
            code="too_old",
            params={"year": EARLIEST_ACT.year},
        )
    return day


def checked_link(text: str) -> str:
    """Any text; an http(s) link must be a whole one, and no other kind is taken. Nothing is fetched."""
    try:
        address_of(text)
    except UnsafeLink as error:
        raise ValidationError(
            _("Ini bukan alamat halaman. Salin alamat yang dimulai dengan https:// dari bilah alamat, atau kosongkan."),
            code="unsafe_link",
        ) from error
    if HTTP.match(text):
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError as error:
            raise ValidationError(
                _("Tautan ini tidak lengkap. Salin satu tautan utuh dari bilah alamat; tautan lain tulis di cerita."),
                code="link",
            ) from error
    return text


def checked_number(text: str, *, digits: int) -> str:
    """A number of exactly so many digits, without the spaces and dots people put in; empty stays empty."""
    number = PUNCTUATION_OF_NUMBERS.sub("", text)
    if number and (len(number) != digits or not DIGITS.fullmatch(number)):
        raise ValidationError(
            _("Nomor ini harus %(digits)d angka; yang Anda tulis %(length)d. Periksa lagi, atau kosongkan."),
            code="digits",
            params={"digits": digits, "length": len(number)},
        )
    return number


def checked_contact(text: str) -> str:
    """A telephone number or an e-mail address; empty stays empty."""
    if not text or PHONE.fullmatch(PUNCTUATION_OF_NUMBERS.sub("", text)):
        return text
    try:
        EmailValidator()(text)
    except ValidationError as error:
        raise ValidationError(
            _("Tulis nomor telepon seperti 0812 3456 7890, atau alamat surel seperti nama@contoh.id."), code="contact"
        ) from error
    return text


def is_too_large(body_bytes: int) -> bool:
    """Whether a request of this size has its files left unread."""
    return body_bytes > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def too_large_a_body(body_bytes: int) -> ValidationError:
    """What to say when the pictures were too much to be read at all."""
    return ValidationError(
        _("Kiriman ini %(size)s; batasnya %(limit)s. Gambarnya belum tersimpan: pilih lagi lebih sedikit gambar."),
        code=BODY_TOO_LARGE,
        params={"size": filesizeformat(body_bytes), "limit": filesizeformat(MAX_TOTAL_BYTES)},
    )


def brings_too_much(form: forms.Form, field: str = "pictures") -> bool:
    """Whether the whole request, or one of its pictures, is larger than is taken: 413 in HTTP."""
    return any(form.has_error(field, code) for code in (BODY_TOO_LARGE, Refusal.FILE_TOO_LARGE))


def check_amount(held: Sequence[HeldImage], new: Sequence[Picture], *, too_many: str | Promise = TOO_MANY) -> None:
    """One to ten pictures and no more than 40 MB, those already kept counted with the new ones."""
    count = len(held) + len(new)
    size = sum(image.byte_size for image in held) + sum(len(picture.data) for picture in new)
    if not count:
        raise ValidationError(NO_PICTURE, code="required")
    if count > MAX_FILES:
        raise ValidationError(str(too_many), code="too_many", params={"count": count, "limit": MAX_FILES})
    if size > MAX_TOTAL_BYTES:
        raise ValidationError(
            _("Semua gambar bersama-sama %(size)s; batasnya %(limit)s. Kurangi jumlahnya atau perkecil gambarnya."),
            code="too_heavy",
            params={"size": filesizeformat(size), "limit": filesizeformat(MAX_TOTAL_BYTES)},
        )
