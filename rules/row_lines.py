"""Lists of the catalogue as people type them: one entry a line, its parts between upright strokes. Pure."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from rules.catalogue.parser import LABELS, NONE_LABELS

STROKE = "|"


class LineRefused(ValueError):
    """A line that cannot be read; `str()` names it by its number in the field and says what to write."""


def lines_of(text: str) -> list[str]:
    """The lines with something on them, without white space around."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def basis_lines(bases: Sequence[dict[str, Any]]) -> str:
    """Articles as text: the article, how sure, and where it was read."""
    rows = ([str(b.get("ref", "")), str(b.get("confidence", "")), ", ".join(b.get("sources") or ())] for b in bases)
    return "\n".join(f" {STROKE} ".join(parts).rstrip() for parts in rows)


def read_basis(text: str) -> list[dict[str, Any]]:
    """The articles of a text. Raises LineRefused."""
    found = []
    for number, line in _numbered(text):
        parts = [part.strip() for part in line.split(STROKE)]
        if len(parts) not in (2, 3) or not parts[0] or not parts[1]:
            raise LineRefused(
                _("Baris %(number)d: tulis pasal | keyakinan | sumber, misalnya PP 94/2021 ps. 8 (4) | sourced | s03.")
                % {"number": number}
            )
        found.append({"ref": parts[0], "confidence": parts[1], "sources": words_of("".join(parts[2:]))})
    return found


def near_miss_lines(misses: Sequence[dict[str, Any]]) -> str:
    """Near misses as text: the right label, then the account."""
    return "\n".join(f"{miss.get('label', '')} {STROKE} {miss.get('text', '')}" for miss in misses)


def read_near_misses(text: str) -> list[dict[str, Any]]:
    """The near misses of a text. Raises LineRefused."""
    found = []
    for number, line in _numbered(text):
        label, stroke, words = (part.strip() for part in line.partition(STROKE))
        if not stroke or not words or label not in LABELS | NONE_LABELS:
            raise LineRefused(
                _("Baris %(number)d: tulis label | contoh, misalnya NONE_NEUTRAL | Petugas ada surat tugas.")
                % {"number": number}
            )
        found.append({"text": words, "label": label})
    return found


def pair_lines(pairs: dict[str, Any]) -> str:
    """Named values as text, one a line."""
    return "\n".join(f"{name} {STROKE} {value}" for name, value in pairs.items())


def read_pairs(text: str) -> dict[str, Any]:
    """The named values of a text. Raises LineRefused."""
    found: dict[str, Any] = {}
    for number, line in _numbered(text):
        name, stroke, value = (part.strip() for part in line.partition(STROKE))
        if not stroke or not name or name in found:
            raise LineRefused(
                _("Baris %(number)d: tulis nama | isi, tiap nama sekali saja, misalnya sanction | sourced.")
                % {"number": number}
            )
        found[name] = value
    return found


def words_of(text: str) -> list[str]:
    """Words between commas, each once."""
    return list(dict.fromkeys(word.strip() for word in text.replace("\n", ",").split(",") if word.strip()))


def _numbered(text: str) -> list[tuple[int, str]]:
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
