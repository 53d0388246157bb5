"""Names as they sound: old and new spelling of one name give one key (Soetrisno, Sutrisno; Djoko, Joko; Yudi, Judi)."""

import re

from reports.names import name_words

# Ejaan van Ophuijsen (1901) and Soewandi (1947) beside the spelling of 1972; then letters people swap in names.
_SOUNDS = {
    "oe": "u", "tj": "c", "dj": "j", "nj": "ni", "sj": "s", "sy": "s", "ch": "k", "kh": "k", "dh": "d", "th": "t",
    "bh": "b", "ph": "f", "gh": "g", "v": "f", "z": "s", "q": "k", "y": "i",
}  # fmt: skip
_AS_WRITTEN = re.compile("|".join(_SOUNDS))
_DOUBLED = re.compile(r"(.)\1+")
_MUHAMMAD = re.compile(r"m(oe|u|o)(h|k?ham+[ae]d|ham+[ae]d|ch?am+[ae]d)?\.?")
# How a sound may have been written, for finding names in the database
_WRITTEN = {
    "u": "(u|oe)+", "c": "(c|tj)+", "j": "(j|dj)+", "i": "[iyj]+", "k": "(kh|ch|k|q)+", "s": "(sj|sy|s|z)+",
    "d": "(dh|d)+", "t": "(th|t)+", "f": "(f|v|ph)+", "b": "(bh|b)+", "g": "(gh|g)+",
}  # fmt: skip
SHORTEST_WORD = 4
# Share of equal trigrams (Dice) from which two keys are one name; two letters wrong in fifteen still are.
ALIKE = 0.7


def sound(word: str) -> str:
    """One word in lower case as it sounds; any way to write Muhammad is one sound."""
    if _MUHAMMAD.fullmatch(word):
        return "muhamad"
    return _DOUBLED.sub(r"\1", _AS_WRITTEN.sub(lambda found: _SOUNDS[found[0]], word))


def name_key(name: str) -> str:
    """A name without titles and order of words, as it sounds; empty for a name of titles only."""
    return " ".join(sorted(sound(word) for word in name_words(name)))


def sounds_alike(left: str, right: str) -> bool:
    """Whether two names are one up to titles, order and spelling."""
    one, other = name_key(left), name_key(right)
    if not one or not other:
        return False
    return one == other or _dice(_trigrams(one), _trigrams(other)) >= ALIKE


def written_pattern(word: str) -> str:
    """A regular expression (POSIX and Python) that finds every way to write a word; empty for a short one."""
    heard = sound(word)
    if len(heard) < SHORTEST_WORD:
        return ""
    return "".join(_WRITTEN.get(letter, f"{re.escape(letter)}+") for letter in heard)


def _trigrams(key: str) -> set[str]:
    return {padded[at : at + 3] for word in key.split() for padded in [f"  {word} "] for at in range(len(padded) - 2)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
