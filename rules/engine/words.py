"""Written words to plain words: slang, abbreviations, affixes, elongations, typing errors.

Affixes are stripped lightly and only down to roots the lexicon knows, so that no dictionary of Indonesian is needed;
the idea is that of confix stripping (Nazief and Adriani, 1996; Asian, 2007) without its dictionary.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# A full stop between a word and a number ends no sentence: "B.1-KWK", "14.20".
_SCAN = (
    r"(?P<twice>(?P<half>[^\W\d_]{2,}+)-(?P=half)[^\W\d_]*)|(?P<two>[^\W\d_]{2,}+2(?:an|nya|in|kan)?(?!\w))"
    r"|(?P<word>[^\W\d_]++(?:['’][^\W\d_]+)*)|(?P<number>\d+)|(?P<stop>(?!(?<=\w)\.\d)[.!?;\n…]+)"
    r"|(?P<comma>[,:()\"“”])|(?P<other>[^\w\s])"
)
_ONE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W\d_]{2,}2(?:an|nya|in|kan)?")
# A name that stands for something written in many ways: "grup_wa", "emo_hati".
_NAME = re.compile(r"(?P<name>[^\W\d_]+(?:_[^\W\d_]+)+)")
_SPOKEN = frozenset({"known", "twice", "two", "word", "number", "name"})
_STRETCHED = re.compile(r"(.)\1{2,}")
_ENDINGS = frozenset(
    ["nya", "kan", "lah", "kah", "pun", "keun", "in", "an", "ku", "mu", "ke", "mi", "ji", "ki", "no", "na", "i", "e"]
)
# What stands in front of a root, and the letters it may have swallowed.
_BEGINNINGS: dict[str, tuple[str, ...]] = {
    "memper": ("",),
    "diper": ("",),
    "meny": ("s", "c"),
    "meng": ("", "k"),
    "menge": ("",),
    "mem": ("", "p"),
    "men": ("", "t"),
    "me": ("",),
    "nge": ("",),
    "ng": ("", "k"),
    "ny": ("s", "c"),
    "peny": ("s",),
    "peng": ("", "k"),
    "pem": ("", "p", "b"),
    "pen": ("", "t"),
    "per": ("",),
    "pe": ("",),
    "ber": ("",),
    "ter": ("",),
    "di": ("",),
    "ke": ("",),
    "se": ("",),
    "many": ("s",),
    "mang": ("", "k"),
    "mam": ("", "p"),
    "man": ("", "t"),
    "ma": ("",),
    "ba": ("",),
    "ta": ("",),
    "n": ("t",),
}
_LONGEST_BEGINNING = 6
# Spoken Indonesian swallows the p of "pasang" altogether: "masang"; before e the m belongs to "me-".
_SPOKEN_M = re.compile(r"m(?=[aiou])")
_SHORTEST_ROOT = 3
_SHORTEST_TYPO = 7
_CACHE_LIMIT = 60_000


_NEVER_A_ROOT = frozenset({"tidak", "bukan", "belum"})


class Token(NamedTuple):
    """One word of the text with everything it may stand for. Offsets count characters of the original text."""

    keys: frozenset[str]
    start: int
    end: int
    sentence: int
    clause: int


def lowered(text: str) -> str:
    """Lower case that keeps every offset (some letters would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Words:
    """Knows the plain form and the roots of every written word."""

    def __init__(self, *, plain: Mapping[str, str], keep: Iterable[str], emoji: Mapping[str, str]) -> None:
        self._plain = dict(plain)
        self._keep = frozenset(keep)
        self._emoji = {sign[0]: name for sign, name in emoji.items()}
        self._scan = _scanner(word for word in self._plain if not _ONE_WORD.fullmatch(word))
        self._roots: frozenset[str] = frozenset()
        self._near: dict[str, str] = {}
        self._known: dict[str, frozenset[str]] = {}

    @property
    def roots(self) -> frozenset[str]:
        """Every word the lexicon itself knows."""
        return self._roots

    def learn(self, roots: Iterable[str]) -> None:
        """Set the roots affixes are stripped down to, and the words typing errors are mended to."""
        self._roots = frozenset(roots)
        self._near = {
            word[:i] + word[i + 1 :]: word
            for word in sorted(self._roots)
            if len(word) >= _SHORTEST_TYPO
            for i in range(1, len(word))
        }
        self._known.clear()

    def plain(self, word: str) -> str:
        """The plain form of one written word, without looking at affixes."""
        if word in self._plain:
            return self._plain[word]
        short = _STRETCHED.sub(r"\1", word.replace("'", "").replace("’", ""))
        return self._plain.get(short, short)

    def keys(self, word: str) -> frozenset[str]:
        """Everything a word may stand for: its plain form, its roots, or the word it is a typing error of."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            known = self._known[word] = self._all_keys(word)
        return known

    def _all_keys(self, word: str) -> frozenset[str]:
        plain = self.plain(word)
        found = {plain}
        if plain in self._keep or not plain.isalpha():
            return frozenset(found)
        found |= self._roots_of(plain)
        if len(found) == 1 and plain not in self._roots and len(plain) >= _SHORTEST_TYPO - 1:
            found |= self._mended(plain)
        return frozenset(found)

    def _roots_of(self, word: str) -> set[str]:
        bare = _without_endings(_without_endings({word}))
        found = (bare | _without_beginnings(bare)) - {word}
        plain = self._plain
        roots = {root for w in found if len(w) >= _SHORTEST_ROOT and (root := plain.get(w, w)) in self._roots}
        # A word that negates takes no affixes: "mengadakan" is no form of Banjar "kada" (not).
        return roots - _NEVER_A_ROOT

    def _mended(self, word: str) -> set[str]:
        """The root one letter away, if both begin alike."""
        shorter = [word[:i] + word[i + 1 :] for i in range(1, len(word))]
        for near in (*(s for s in shorter if s in self._roots), *map(self._near.get, [word, *shorter])):
            if near and near[0] == word[0] and abs(len(near) - len(word)) <= 1:
                return {near}
        return set()

    def tokens(self, text: str) -> list[Token]:
        """Split a text; sentences end at full stops and line breaks, clauses at commas, colons and quotes too."""
        found: list[Token] = []
        sentence = clause = 0
        for match in self._scan.finditer(lowered(text)):
            kind, part = match.lastgroup, match.group()
            if kind in _SPOKEN:
                word = part if kind == "word" else self._said_once(kind, part)
                found.append(Token(self.keys(word), *match.span(), sentence, clause))
            elif kind == "stop":
                sentence += 1
                clause += 1
            elif kind == "comma":
                clause += 1
            elif part in self._emoji:
                found.append(Token(frozenset((self._emoji[part],)), *match.span(), sentence, clause))
        return found

    def split(self, phrase: str) -> list[str]:
        """The plain words of a phrase of the lexicon, cut as texts are; a name with an underscore is one word."""
        return [
            self.plain(self._said_once(match.lastgroup, match.group()))
            for piece in phrase.lower().split()
            for match in ([_NAME.fullmatch(piece)] if _NAME.fullmatch(piece) else self._scan.finditer(piece))
            if match and match.lastgroup in _SPOKEN
        ]

    def _said_once(self, kind: str | None, part: str) -> str:
        """ "Teman-teman" and "teman2" are one word said twice; some words with a 2 stand in the tables themselves."""
        if kind == "twice":
            return part[part.index("-") + 1 :]
        return part.replace("2", "", 1) if kind == "two" and part not in self._plain else part


def _scanner(whole: Iterable[str]) -> re.Pattern[str]:
    """Cuts texts into words, numbers and signs; written words of the tables that hold other signs stay whole."""
    known = "|".join(re.escape(word) for word in sorted(whole, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?P<known>{known})(?!\w)|{_SCAN}" if known else _SCAN)


def _without_endings(stems: set[str]) -> set[str]:
    shorter = {
        stem[:-size]
        for stem in stems
        for size in (1, 2, 3, 4)
        if stem[-size:] in _ENDINGS and len(stem) - size >= _SHORTEST_ROOT
    }
    return stems | shorter


def _without_beginnings(stems: set[str]) -> set[str]:
    found = {"p" + stem[1:] for stem in stems if _SPOKEN_M.match(stem)}
    for stem in stems:
        for size in range(1, _LONGEST_BEGINNING + 1):
            for head in _BEGINNINGS.get(stem[:size], ()):
                found.add(head + stem[size:])
    return found
