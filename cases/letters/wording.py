"""Dates, numbers and characters as an Indonesian letter writes them. Pure."""

import re
import unicodedata
from datetime import date, time

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
ORDINALS = ["pertama", "kedua", "ketiga", "keempat", "kelima"]

# Short names of the zones of the country, by the name the region has
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

# What the typesetter's fonts draw. A name or answer in another script is rare; its letters become a box, which says
# that something is missing, where PDF/A would refuse the whole letter.
_DRAWN = re.compile(
    "[\t\n -~\u00a0-\u00ac\u00ae-\u024f\u0370-\u0373\u0384-\u03ff\u0400-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2190-\u22ff\u25a0-\u25ff]"
)
_DROPPED = {"Cc", "Cf", "Cs", "Cn", "Co"}
MISSING = "□"


def long_date(day: date) -> str:
    """`3 November 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_date(day: date) -> str:
    """`Minggu, 3 November 2024`."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def clock(moment: time | None, time_zone: str) -> str:
    """`09.00 WIB`; empty for none."""
    return f"{moment:%H.%M} {ZONES.get(time_zone, '')}".strip() if moment else ""


def roman_month(day: date) -> str:
    """`XI`."""
    return ROMAN[day.month - 1]


def ordinal(place: int) -> str:
    """`kedua` for 2; `ke-6` beyond the words."""
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"ke-{place}"


def drawable(text: str) -> str:
    """The text with only what the fonts draw: no control or format characters, `□` for a letter they lack."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_drawn(character) for character in plain)


def _drawn(character: str) -> str:
    if character not in "\t\n" and unicodedata.category(character) in _DROPPED:
        return ""
    return character if _DRAWN.match(character) else MISSING


def drawable_data(value: object) -> object:
    """Every text in a JSON value made drawable."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: drawable_data(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [drawable_data(inner) for inner in value]
    return value


def paragraphs(text: str) -> list[str]:
    """The paragraphs of what somebody typed."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def lines(text: str) -> list[str]:
    """The lines of what somebody typed, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
