"""A small pattern language over tokens, compiled once, fast enough for thousands of texts a second.

`word` matches a plain word or any affix form of a root, `a|b` either, `@name` a word class, `..` up to four words in
between (`..n` up to n), `?word` a word that may be missing. A match never crosses the end of a sentence.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.engine.words import Token, Words

DEFAULT_GAP = 4
_CACHE_LIMIT = 60_000
_PIECES = re.compile(r"[^\W_]+(?:_[^\W_]+)*")


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


class Classes:
    """Word classes with entries of one or several words; tells where each class begins and ends in a text."""

    def __init__(self, entries: Mapping[str, Iterable[str]], words: Words) -> None:
        self.single: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._keyed: dict[frozenset[str], frozenset[str]] = {}
        self.names = frozenset(entries)
        for name, phrases in entries.items():
            for phrase in phrases:
                parts = tuple(pieces(str(phrase), words))
                if len(parts) == 1:
                    self.single[parts[0]].add(f"@{name}")
                elif parts:
                    self._phrases[parts[0]].append((parts, f"@{name}"))

    def vocabulary(self) -> set[str]:
        """Every word an entry is made of."""
        return set(self.single) | {part for phrases in self._phrases.values() for parts, _ in phrases for part in parts}

    def keyed(self, tokens: Sequence[Token]) -> list[frozenset[str]]:
        """The keys of every token together with the classes of its own word."""
        known = self._keyed
        return [known.get(token.keys) or self._learn(token.keys) for token in tokens]

    def _learn(self, keys: frozenset[str]) -> frozenset[str]:
        if len(self._keyed) > _CACHE_LIMIT:
            self._keyed.clear()
        found = keys.union(*(self.single[key] for key in keys if key in self.single))
        self._keyed[keys] = found
        return found

    def spans(self, tokens: Sequence[Token]) -> list[dict[str, int]]:
        """For every token the classes that begin there with several words, and where the longest ends."""
        spans: list[dict[str, int]] = []
        for place, token in enumerate(tokens):
            ends: dict[str, int] = {}
            for key in token.keys:
                for parts, name in self._phrases.get(key, ()):
                    end = place + len(parts)
                    if end > ends.get(name, 0) and phrase_at(tokens, place, parts):
                        ends[name] = end
            spans.append(ends)
        return spans


def phrase_at(tokens: Sequence[Token], place: int, parts: Sequence[str]) -> bool:
    """Whether the words of a phrase stand at a place, within one sentence."""
    end = place + len(parts)
    if end > len(tokens) or tokens[end - 1].sentence != tokens[place].sentence:
        return False
    for part in parts:
        if part not in tokens[place].keys:
            return False
        place += 1
    return True


def pieces(phrase: str, words: Words) -> list[str]:
    """The plain words of a phrase as written in the lexicon ("umbul-umbul" is one word said twice)."""
    found: list[str] = []
    for piece in _PIECES.findall(phrase.lower()):
        plain = words.plain(piece)
        if not (found and found[-1] == plain and "-" in phrase):
            found.append(plain)
    return found


def compile_line(line: str, concept: str, words: Words, classes: Classes) -> list[Pattern]:
    """Compile one line of the lexicon; an optional word gives two patterns. Raises BadPattern."""
    variants: list[list[list[Step]]] = []
    gap = 0
    for part in line.split():
        if part.startswith(".."):
            gap = int(part[2:] or DEFAULT_GAP)
            continue
        steps = _steps(part.removeprefix("?"), gap, line, words, classes)
        variants.append([steps, []] if part.startswith("?") else [steps])
        gap = 0
    if not variants:
        raise BadPattern(f"empty pattern in {concept}")
    return [
        Pattern(concept, tuple(step for steps in choice for step in steps)) for choice in itertools.product(*variants)
    ]


def _steps(part: str, gap: int, line: str, words: Words, classes: Classes) -> list[Step]:
    alternatives = part.split("|")
    keys: set[str] = set()
    for alternative in alternatives:
        if alternative.startswith("@"):
            if alternative[1:] not in classes.names:
                raise BadPattern(f"unknown word class {alternative} in the pattern: {line}")
            keys.add(alternative)
            continue
        split = pieces(alternative, words)
        if len(alternatives) == 1 and len(split) > 1:
            return [Step(frozenset((word,)), gap if i == 0 else 0) for i, word in enumerate(split)]
        keys.update(split[:1])
    return [Step(frozenset(keys), gap)]


class Matcher:
    """Finds every pattern of a lexicon in a list of tokens."""

    def __init__(self, patterns: Iterable[Pattern], classes: Classes) -> None:
        self._classes = classes
        self._by_first: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in set(patterns):
            for key in pattern.steps[0].keys:
                self._by_first[key].append(pattern)

    def find(self, tokens: Sequence[Token]) -> tuple[list[Found], frozenset[str]]:
        """The longest match of every concept at every place in the order of the text, and the word classes seen."""
        keyed = self._classes.keyed(tokens)
        spans = self._classes.spans(tokens)
        present: set[str] = set().union(*keyed, *spans)
        best: dict[tuple[str, int], int] = {}
        for place in range(len(tokens)):
            for key in itertools.chain(keyed[place], spans[place]):
                for pattern in self._by_first.get(key, ()):
                    if not pattern.steps[-1].keys.isdisjoint(present):
                        self._try(pattern, place, tokens, keyed, spans, best)
        found = [
            Found(concept, start, end) for (concept, start), end in sorted(best.items(), key=lambda item: item[0][1])
        ]
        return found, frozenset(key for key in present if key.startswith("@"))

    @staticmethod
    def _try(
        pattern: Pattern,
        place: int,
        tokens: Sequence[Token],
        keyed: Sequence[frozenset[str]],
        spans: Sequence[Mapping[str, int]],
        best: dict[tuple[str, int], int],
    ) -> None:
        sentence = tokens[place].sentence
        at = place
        for step in pattern.steps:
            limit = min(at + step.gap + 1, len(tokens))
            for candidate in range(at, limit):
                if tokens[candidate].sentence != sentence:
                    return
                end = _end_of(step.keys, candidate, keyed, spans)
                if end:
                    at = end
                    break
            else:
                return
        if at > best.get((pattern.concept, place), 0):
            best[(pattern.concept, place)] = at


def _end_of(
    keys: frozenset[str], place: int, keyed: Sequence[frozenset[str]], spans: Sequence[Mapping[str, int]]
) -> int:
    """Where an element ends that begins at a place; 0 if it does not begin there. The longest class entry wins."""
    long = max((end for name, end in spans[place].items() if name in keys), default=0) if spans[place] else 0
    return long or (0 if keys.isdisjoint(keyed[place]) else place + 1)
