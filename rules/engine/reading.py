"""Reads one text: which concepts are in it, which of them are negated, and who is spoken of."""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.engine.lexicon import Concept, Lexicon
from rules.engine.patterns import Found
from rules.engine.people import Mention, mentions_in
from rules.engine.words import Token

_NEGATORS = frozenset({"tidak", "bukan", "belum", "tanpa"})
_ONLY = frozenset({"hanya", "cuma", "sekadar", "saja", "main", "kaleng", "lagi"})
_REACH = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found in the text; `negated` if the text says it was not so."""

    concept: str
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text."""

    tokens: Sequence[Token]
    hits: tuple[Hit, ...]
    mentions: tuple[Mention, ...]
    classes: frozenset[str]


def read(text: str, lexicon: Lexicon, *, yogyakarta: bool = False) -> Reading:
    """Read a text. Pure: the same text always gives the same reading."""
    tokens = lexicon.words.tokens(text)
    found, classes = lexicon.matcher.find(tokens)
    hits = tuple(_judged(hit, tokens, lexicon.concepts[hit.concept]) for hit in found)
    acts = [hit for hit in found if lexicon.concepts[hit.concept].is_act]
    mentions = mentions_in(tokens, lexicon.people, acts, yogyakarta=yogyakarta)
    return Reading(tokens, hits, tuple(mentions), classes)


def people_in(text: str, lexicon: Lexicon, *, yogyakarta: bool = False) -> list[Mention]:
    """Only the people spoken of, without regard to acts: enough for the name of a post."""
    return mentions_in(lexicon.words.tokens(text), lexicon.people, (), yogyakarta=yogyakarta)


def _judged(hit: Found, tokens: Sequence[Token], concept: Concept) -> Hit:
    negated = _is_negated(hit.start, tokens)
    if negated and concept.negated:
        return Hit(concept.negated, max(hit.start - 1, 0), hit.end, negated=False)
    return Hit(hit.concept, hit.start, hit.end, negated)


def _is_negated(start: int, tokens: Sequence[Token]) -> bool:
    """A negator at most three words ahead in the same clause; "bukan hanya" and its like do not negate."""
    clause = tokens[start].clause
    for place in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if tokens[place].clause != clause:
            return False
        if not _NEGATORS.isdisjoint(tokens[place].keys):
            return _ONLY.isdisjoint(tokens[place + 1].keys)
    return False
