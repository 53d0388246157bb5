"""Looking for rows by the words people use: slang, abbreviations and affixes are read as the classifier reads them."""

import re
from collections.abc import Iterable, Sequence

from rules.catalogue import Catalogue, Row
from rules.engine import VIOLATIONS, Account, Engine
from rules.engine.words import Token, Words, lowered

# Said about every act, so they tell no row from another.
_EVERYWHERE = re.compile(
    "saya|aku|kami|anda|dia|apa|apakah|bolehkah|boleh|tidak|yang|untuk|dengan|sama|dan|atau|di|ke|dari|itu|ini|jika|kalau|"
    "asn|pns|pppk|pegawai|negeri|can|may|i|a|an|the|of|to|with|and|or|on|my|is|allowed"
)


def matching_rows(wanted: str, engine: Engine) -> list[Row]:
    """The rows that hold every wanted word or are named by the classifier, with their counterparts before and after.

    Where there is none, rows with an example that holds every word, else rows with most of them. Every row where
    nothing was wanted; a code finds its row.
    """
    rows, words = engine.catalogue.rows, engine.lexicon.words
    if not wanted.strip():
        return list(rows.values())
    if wanted.strip().upper() in rows:
        return [rows[wanted.strip().upper()]]
    sought = _sought(wanted, words)
    if not sought:
        return []
    hits = {code: _hits(sought, _texts(row, engine.catalogue), words) for code, row in rows.items()}
    found = {code for code, count in hits.items() if count == len(sought)}
    if len(sought) > 1:
        found |= _named_by_the_engine(wanted, engine)
    found = found or {c for c, row in rows.items() if _hits(sought, row.matches, words) == len(sought)}
    most = max(hits.values())
    found = found or {code for code, count in hits.items() if count == most and count * 2 >= len(sought)}
    return [row for code, row in rows.items() if code in found or row.counterpart in found]


def _sought(wanted: str, words: Words) -> list[Token]:
    tokens = [token for token in words.tokens(wanted) if any(key.strip("-–—.,") for key in token.keys)]
    low = lowered(wanted)
    return [token for token in tokens if not _EVERYWHERE.fullmatch(low, token.start, token.end)] or tokens


def _hits(sought: Sequence[Token], texts: Iterable[str], words: Words) -> int:
    keys = {key for token in words.tokens("\n".join(texts)) for key in token.keys}
    return sum(not keys.isdisjoint(token.keys) for token in sought)


def _texts(row: Row, catalogue: Catalogue) -> list[str]:
    """What a row is found by, in both languages; its examples would find too much."""
    spoken = [row.plain, *row.not_allowed]
    english = [catalogue.english.get(text, "") for text in spoken]
    return [row.code, row.title_id, row.title_en, *row.phrases, *spoken, *english]


def _named_by_the_engine(wanted: str, engine: Engine) -> set[str]:
    first = engine.judge(Account(wanted)).ranked[0]
    if first.label not in VIOLATIONS or not first.spans:
        return set()
    return {code for codes in engine.catalogue.answers[first.label].values() for code in codes}
