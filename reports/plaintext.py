"""What people type, without the characters nobody can see. Pure functions."""

import re
import unicodedata

# Control characters except tab and line feed; all of them together with what only steers other characters.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Soft hyphen, zero-width characters, marks and embeddings of direction, invisible operators and tags. Phones add
# them when text is copied from a messenger; in a name they make two different names look the same.
UNSEEN = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202c\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
JOINER = "\u200d"
# These two turn the following letters around, so that a reader sees another word than the one that is there.
OVERRIDES = {"\u202d": "[U+202D]", "\u202e": "[U+202E]"}
COMBINING = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
TOO_MANY_COMBINING = re.compile(f"({COMBINING}{{3}}){COMBINING}+")


def paragraphs(text: str) -> str:
    """Text of several lines: NFC, line breaks as \\n, nothing unseen, overrides of direction made visible."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = UNSEEN.sub("", CONTROL.sub("", unicodedata.normalize("NFC", text)))
    for character, mark in OVERRIDES.items():
        text = text.replace(character, mark)
    return TOO_MANY_COMBINING.sub(r"\1", text).strip()


def line(text: str) -> str:
    """One line, such as a name: like paragraphs(), every run of white space one space, no joiner of emoji."""
    return " ".join(paragraphs(text).replace(JOINER, "").split())
