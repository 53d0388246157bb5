"""A small pattern language over tokens, compiled once, fast enough for thousands of texts a second.

`word` matches a plain word or any affix form of a root, `a|b` either, `@name` a word class, `..` up to four words in
between (`..n` up to n), `?word` a word that may be missing. A match never crosses the end of a sentence.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rules.engine.phrases import Phrases
from rules.engine.words import Token, Words

DEFAULT_GAP = 4
_CACHE_LIMIT = 60_000


class BadPattern(ValueError):
    """A pattern that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a pattern: the keys that satisfy it and how many words may stand before it."""

    keys: frozenset[str]
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern that speaks for one concept."""

    concept: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A concept found at tokens `start` to `end` (end excluded)."""

    concept: str
    start: int
    end: int


ByLast = dict[str, list[Pattern]]


class Classes:
    """Word classes with entries of one or several words; tells where each class begins and ends in a text."""

    def __init__(self, entries: Mapping[str, Iterable[str]], words: Words) -> None:
        split = [
            (tuple(words.split(str(phrase))), f"@{name}") for name, phrases in entries.items() for phrase in phrases
        ]
        self.names = frozenset(entries)
        self._single: dict[str, set[str]] = defaultdict(set)
        for parts, name in split:
            if len(parts) == 1:
                self._single[parts[0]].add(name)
        self._phrases = Phrases((parts, name) for parts, name in split if len(parts) > 1)
        self._keyed: dict[frozenset[str], frozenset[str]] = {}

    def vocabulary(self) -> frozenset[str]:
        """Every word an entry is made of."""
        return self._phrases.words.union(self._single)

    def keyed(self, tokens: Sequence[Token]) -> list[frozenset[str]]:
        """The keys of every token together with the classes of its own word."""
        known = self._keyed
        return [known.get(token.keys) or self._learn(token.keys) for token in tokens]

    def _learn(self, keys: frozenset[str]) -> frozenset[str]:
        if len(self._keyed) > _CACHE_LIMIT:
            self._keyed.clear()
        found = keys.union(*(self._single[key] for key in keys if key in self._single))
        self._keyed[keys] = found
        return found

    def spans(self, tokens: Sequence[Token]) -> list[dict[str, int]]:
        """For every token the classes that begin there with several words, and where the longest ends."""
        spans: list[dict[str, int]] = []
        for place in range(len(tokens)):
            ends: dict[str, int] = {}
            for end, name in self._phrases.at(tokens, place):
                ends[name] = max(end, ends.get(name, 0))
            spans.append(ends)
        return spans


def compile_line(line: str, concept: str, words: Words, classes: Classes) -> list[Pattern]:
    """Compile one line of the lexicon; an optional word and an alternative of several words give more patterns.

    Raises BadPattern.
    """
    variants: list[list[list[Step]]] = []
    gap = 0
    for part in line.split():
        if part.startswith(".."):
            gap = int(part[2:] or DEFAULT_GAP)
            continue
        ways = _ways(part.removeprefix("?"), gap, line, words, classes)
        variants.append([*ways, []] if part.startswith("?") else ways)
        gap = 0
    if not variants:
        raise BadPattern(f"empty pattern in {concept}")
    return [
        Pattern(concept, tuple(step for steps in choice for step in steps)) for choice in itertools.product(*variants)
    ]


def _ways(part: str, gap: int, line: str, words: Words, classes: Classes) -> list[list[Step]]:
    """The ways to satisfy one element: any of its single words, or one of its alternatives word by word."""
    keys: set[str] = set()
    long: list[list[Step]] = []
    for alternative in part.split("|"):
        if alternative.startswith("@"):
            if alternative[1:] not in classes.names:
                raise BadPattern(f"unknown word class {alternative} in the pattern: {line}")
            keys.add(alternative)
            continue
        split = words.split(alternative)
        if not split:
            raise BadPattern(f"no word in {alternative!r} of the pattern: {line}")
        if len(split) == 1:
            keys.update(split)
            # A name like "mobil_dinas" stands for "mobdin" and "randis", and for its own words too.
            split = words.split(alternative.replace("_", " "))
        if len(split) > 1:
            long.append([Step(frozenset((word,)), gap if i == 0 else 0) for i, word in enumerate(split)])
    return [[Step(frozenset(keys), gap)], *long] if keys else long


class Matcher:
    """Finds every pattern of a lexicon in a list of tokens."""

    def __init__(self, patterns: Iterable[Pattern], classes: Classes) -> None:
        self._classes = classes
        # By what may stand first and what must stand last: most patterns are left aside without a look at the words
        # in between.
        self._by_ends: dict[str, ByLast] = {}
        for pattern in set(patterns):
            for first, last in itertools.product(pattern.steps[0].keys, pattern.steps[-1].keys):
                self._by_ends.setdefault(first, {}).setdefault(last, []).append(pattern)
        self._beginning: dict[frozenset[str], ByLast] = {}

    def find(self, tokens: Sequence[Token]) -> tuple[list[Found], frozenset[str]]:
        """The longest match of every concept at every place in the order of the text, and the word classes seen."""
        text = _Text(self._classes.keyed(tokens), self._classes.spans(tokens))
        best: dict[tuple[int, str], int] = {}
        seen: set[str] = set()
        for _, group in itertools.groupby(range(len(tokens)), key=lambda place: tokens[place].sentence):
            places = list(group)
            present = set().union(*(text.keyed[place] for place in places), *(text.spans[place] for place in places))
            seen |= present
            for place in places:
                for pattern in self._candidates(place, text, present):
                    end = _end_of_match(pattern, place, places[-1] + 1, text)
                    if end > best.get((place, pattern.concept), 0):
                        best[(place, pattern.concept)] = end
        found = [Found(concept, start, end) for (start, concept), end in sorted(best.items())]
        return found, frozenset(key for key in seen if key.startswith("@"))

    def _candidates(self, place: int, text: "_Text", present: set[str]) -> Iterator[Pattern]:
        """The patterns that may begin at a place and whose last element stands somewhere in the sentence."""
        keys, spans = text.keyed[place], text.spans[place]
        by_last = self._beginning.get(keys)
        if by_last is None:
            by_last = self._learn(keys)
        for last in by_last.keys() & present:
            yield from by_last[last]
        for name in spans:
            by_last = self._by_ends.get(name, {})
            for last in by_last.keys() & present:
                yield from by_last[last]

    def _learn(self, keys: frozenset[str]) -> ByLast:
        """The patterns that may begin at a word with these keys, kept for the next time the word is met."""
        if len(self._beginning) > _CACHE_LIMIT:
            self._beginning.clear()
        merged: ByLast = {}
        for first in keys:
            for last, patterns in self._by_ends.get(first, {}).items():
                merged.setdefault(last, []).extend(patterns)
        self._beginning[keys] = merged
        return merged


class _Text(NamedTuple):
    """What stands at every token: its keys with their classes, and the classes of several words with their ends."""

    keyed: Sequence[frozenset[str]]
    spans: Sequence[Mapping[str, int]]


def _end_of_match(pattern: Pattern, place: int, sentence_end: int, text: _Text) -> int:
    """Where a pattern ends that begins at a place; 0 if it does not. Each step takes the first place it can."""
    at = place
    for step in pattern.steps:
        for candidate in range(at, min(at + step.gap + 1, sentence_end)):
            end = _end_of(step.keys, candidate, text)
            if end:
                at = end
                break
        else:
            return 0
    return at


def _end_of(keys: frozenset[str], place: int, text: _Text) -> int:
    """Where an element ends that begins at a place; 0 if it does not begin there. The longest class entry wins."""
    spans = text.spans[place]
    long = max((end for name, end in spans.items() if name in keys), default=0) if spans else 0
    return long or (0 if keys.isdisjoint(text.keyed[place]) else place + 1)
