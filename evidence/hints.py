"""What the lines of a screenshot suggest about the post: platform, account, date, counts, ballot numbers.

Suggestions for a person to confirm, never facts: a screenshot shows what its maker wanted it to show. Counts are taken
only where a word stands beside them ("54 komentar"): engines read icons as digits, so that a number beside an icon may
have gained one. Relative times ("3 jam") and the clock of the phone say nothing about the day of a post.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from evidence.lines import ReadLine


class HintKind(StrEnum):
    """What a hint is about. The values are stored, so they never change."""

    PLATFORM = "platform"
    HANDLE = "handle"
    DATE = "date"
    TIME = "time"
    COUNT = "count"
    BALLOT_NUMBER = "ballot_number"


@dataclass(frozen=True, slots=True)
class Hint:
    """One suggestion. `line` is the place of the line it comes from; `confidence` is from 0 to 1.

    `value` by kind: `instagram`; `@akun`; `2024-11-12`; `19:30`; `65200 tayangan`; `2`.
    """

    kind: HintKind
    value: str
    line: int
    confidence: float


# Words of the interfaces, Indonesian and English. The whole line must be one of them, but for the ones in PHRASES.
LABELS = {
    "facebook": {"facebook", "komentari", "suka balas", "suka komentari bagikan"},
    "instagram": {"instagram", "postingan", "reels", "kirim pesan ke", "tambahkan komentar"},
    "tiktok": {"tiktok", "untuk anda", "kotak masuk", "mengikuti", "for you"},
    "whatsapp": {"whatsapp", "ketik pesan", "pesan", "hari ini", "type a message", "online"},
    "x": {"posting", "kirim balasan anda", "post your reply", "twitter"},
}
PHRASES = {
    "facebook": ("kali dibagikan", "jam suka balas", "menit suka balas", "hari suka balas"),
    "instagram": ("lihat terjemahan", "disukai oleh", "liked by"),
    "tiktok": ("suara asli", "original sound", "#fyp"),
    "whatsapp": ("diteruskan berkali-kali", "forwarded many times", "pesan ini dihapus", ", anda"),
    "x": ("posting ulang", "markah", "postingan ulang", "tayangan"),
}
HANDLE = re.compile(r"(?<![\w@.])@([A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28}[A-Za-z0-9_]))")
BARE_HANDLE = re.compile(r"[a-z0-9_](?:[a-z0-9_.]{1,28}[a-z0-9_])")
MONTHS = (
    # Both languages, and the abbreviations of Agustus that people use
    ("jan",),
    ("feb",),
    ("mar",),
    ("apr",),
    ("mei", "may"),
    ("jun",),
    ("jul",),
    ("agu", "agt", "ags", "aug"),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("des", "dec"),
)
DATE_IN_WORDS = re.compile(r"\b(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(20\d\d)\b")
DATE_IN_FIGURES = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](20\d\d)\b")
TIME = re.compile(r"(?<![\d.,:])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.,:%])")
COUNT = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)\s*(rb|ribu|jt|juta)?\s*"
    r"(komentar|suka|tayangan|kali dibagikan|posting(?:an)? ulang|markah|balasan|pengikut|kali ditonton)\b",
    re.IGNORECASE,
)
TIMES = {"rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000}
BALLOT_NUMBERS = (
    # How sure each way of naming a number is: "nomor 2" may be a house, "paslon 2" is nothing else.
    (re.compile(r"\b(?:nomor|nomer|no\.?)\s*urut\s*(\d{1,2})\b", re.IGNORECASE), 1.0),
    (re.compile(r"\b(?:paslon|pasangan calon)\s*(?:(?:nomor|no\.?)\s*(?:urut)?\s*)?(\d{1,2})\b", re.IGNORECASE), 1.0),
    (
        re.compile(r"\b(?:coblos|pilih|dukung|menangkan|tetap)\s*(?:nomor|nomer|no\.?)\s*(\d{1,2})\b", re.IGNORECASE),
        1.0,
    ),
    (re.compile(r"#(?:coblos|pilih|dukung|menangkan|nomor|no|paslon|salam)[a-z_]*(\d{1,2})\b", re.IGNORECASE), 0.9),
    (re.compile(r"\b(?:nomor|nomer|no\.)\s*(\d{1,2})\b(?![./-]\d)", re.IGNORECASE), 0.6),
)
MOST_ON_A_BALLOT = 20
ALONE = 0.5


def hints_of(lines: Sequence[ReadLine]) -> tuple[Hint, ...]:
    """Return what the lines, in reading order, suggest; each value once, where it is surest. Pure."""
    found: dict[tuple[HintKind, str], Hint] = {}
    for hint in _all_hints(lines):
        weighed = replace(hint, confidence=round(hint.confidence * lines[hint.line].confidence, 3))
        known = found.get((hint.kind, hint.value))
        if known is None or known.confidence < weighed.confidence:
            found[hint.kind, hint.value] = weighed
    return tuple(sorted(found.values(), key=lambda hint: (list(HintKind).index(hint.kind), hint.line, hint.value)))


def _all_hints(lines: Sequence[ReadLine]) -> Iterator[Hint]:
    platform = _platform(lines)
    if platform:
        yield platform
    for place, line in enumerate(lines):
        yield from _handles(line.text, place)
        yield from _moments(line.text, place)
        yield from _counts(line.text, place)
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        yield from _ballot_numbers(line.text, following, place)
    if platform and platform.value == "instagram":
        yield from _account_above_its_caption(lines)


def _platform(lines: Sequence[ReadLine]) -> Hint | None:
    """Return the platform most of whose own words appear; None on a tie. Two different words make it sure."""
    cues = {name: dict(_cues(name, lines)) for name in LABELS}
    best, second = sorted(cues, key=lambda name: len(cues[name]), reverse=True)[:2]
    if len(cues[best]) == len(cues[second]):
        return None
    certainty = 0.95 if len(cues[best]) - len(cues[second]) > 1 else 0.7
    return Hint(HintKind.PLATFORM, best, min(cues[best].values()), certainty)


def _cues(platform: str, lines: Sequence[ReadLine]) -> Iterator[tuple[str, int]]:
    for place, line in enumerate(lines):
        text = line.text.casefold().strip(" .·")
        if text in LABELS[platform]:
            yield text, place
        for phrase in PHRASES[platform]:
            if phrase in text:
                yield phrase, place


def _handles(text: str, place: int) -> Iterator[Hint]:
    for match in HANDLE.finditer(text):
        yield Hint(HintKind.HANDLE, f"@{match[1]}", place, 1.0)


def _account_above_its_caption(lines: Sequence[ReadLine]) -> Iterator[Hint]:
    """Instagram shows accounts without an at sign: alone above the picture, and again before the caption."""
    firsts = [line.text.split()[0] for line in lines if " " in line.text]
    for place, line in enumerate(lines):
        if BARE_HANDLE.fullmatch(line.text) and line.text in firsts and not line.text.isdigit():
            yield Hint(HintKind.HANDLE, f"@{line.text}", place, 0.9)
            return


def _moments(text: str, place: int) -> Iterator[Hint]:
    """Yield a date with its year, and a time only beside it."""
    day, match = _day(text)
    if day is None or match is None:
        return
    rest = text[: match.start()] + " " + text[match.end() :]
    time = TIME.search(rest)
    # A date alone may be the day of a rally on a poster.
    yield Hint(HintKind.DATE, day.isoformat(), place, 1.0 if time else ALONE)
    if time:
        yield Hint(HintKind.TIME, f"{int(time[1]):02}:{time[2]}", place, 1.0)


def _day(text: str) -> tuple[date, re.Match[str]] | tuple[None, None]:
    for match in _matches((DATE_IN_WORDS, DATE_IN_FIGURES), text):
        try:
            return date(int(match[3]), _month(match[2]), int(match[1])), match
        except ValueError:
            continue
    return None, None


def _month(text: str) -> int:
    """Return 1 to 12, 0 for no month. Posters shout the month of a rally or a vote; no interface does."""
    if text.isdecimal():
        return int(text)
    names = [number for number, names in enumerate(MONTHS, start=1) if text[:3].casefold() in names]
    return names[0] if names and not text.isupper() else 0


def _matches(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)


def _counts(text: str, place: int) -> Iterator[Hint]:
    for match in COUNT.finditer(text):
        figure = float(match[1].replace(".", "").replace(",", ".")) * TIMES.get((match[2] or "").casefold(), 1)
        yield Hint(HintKind.COUNT, f"{round(figure)} {match[3].casefold()}", place, 1.0)


def _ballot_numbers(text: str, following: str, place: int) -> Iterator[Hint]:
    """Yield the numbers named in a line; the number itself may stand at the start of the next."""
    for pattern, certainty in BALLOT_NUMBERS:
        for match in pattern.finditer(f"{text} {following}"):
            if match.start() < len(text) and 1 <= int(match[1]) <= MOST_ON_A_BALLOT:
                yield Hint(HintKind.BALLOT_NUMBER, str(int(match[1])), place, certainty)
