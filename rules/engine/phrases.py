"""Finds known phrases in a list of tokens: the classes and the people of the lexicon are such phrases."""

from collections.abc import Iterable, Sequence

from rules.engine.words import Token

Parts = tuple[str, ...]


class Phrases:
    """Phrases by their first two words, so that a text is compared with few of them."""

    def __init__(self, entries: Iterable[tuple[Parts, str]]) -> None:
        """`entries` are the plain words of a phrase and what it stands for."""
        split = [(parts, name) for parts, name in entries if parts]
        self.words = frozenset(part for parts, _ in split for part in parts)
        # Of one word: its names; of several: by the second word.
        self._starts: dict[str, tuple[list[str], dict[str, list[tuple[Parts, str]]]]] = {}
        for parts, name in split:
            names, longer = self._starts.setdefault(parts[0], ([], {}))
            if len(parts) == 1:
                names.append(name)
            else:
                longer.setdefault(parts[1], []).append((parts, name))

    def at(self, tokens: Sequence[Token], place: int) -> list[tuple[int, str]]:
        """Every phrase that begins at a place, as its end (excluded) and its name. None crosses a sentence."""
        found: list[tuple[int, str]] = []
        for key in tokens[place].keys:
            if key in self._starts:
                names, longer = self._starts[key]
                found += [(place + 1, name) for name in names]
                seconds = longer.keys() & tokens[place + 1].keys if longer and place + 1 < len(tokens) else ()
                for second in seconds:
                    found += [
                        (place + len(parts), name) for parts, name in longer[second] if _goes_on(tokens, place, parts)
                    ]
        return found


def _goes_on(tokens: Sequence[Token], place: int, parts: Parts) -> bool:
    end = place + len(parts)
    if end > len(tokens) or tokens[end - 1].sentence != tokens[place].sentence:
        return False
    return all(part in tokens[place + i].keys for i, part in enumerate(parts[2:], start=2))
