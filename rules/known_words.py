"""Words that are public: those of the texts a release ships and of its lexicon.

A report teaches the machine only through these words. What nobody has published (a name, a nickname, a place) cannot
end up in weights that way, and nobody can plant a new word of theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rules.current import release_engine
from rules.engine.lexicon import Lexicon
from rules.engine.words import Token
from rules.learning import REPORTS_FILES, labelled_records

_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Plain forms of the public words, and the lexicon that finds them."""

    keys: frozenset[str]
    lexicon: Lexicon

    def only_these(self, text: str, *, names: Iterable[str] = ()) -> str:
        """The text without other words; a form nobody published becomes its public root, where it has one.

        Words of the names are left out too, unless they are the words of a post.
        """
        hidden, kept, done = self._hidden(names), [], 0
        for token in self.lexicon.words.tokens(text):
            written = text[token.start : token.end]
            kept += [text[done : token.start], "" if written.lower() in hidden else self._public(written, token)]
            done = token.end
        return "".join([*kept, text[done:]])

    def unknown_share(self, texts: Iterable[str]) -> float | None:
        """Share of the words of texts that are not public; None where there are no words."""
        known = [not self.keys.isdisjoint(token.keys) for text in texts for token in self.lexicon.words.tokens(text)]
        return known.count(False) / len(known) if known else None

    def _public(self, written: str, token: Token) -> str:
        if token.keys <= self.keys:
            return written
        return min(token.keys & self.keys, default="")

    def _hidden(self, names: Iterable[str]) -> set[str]:
        posts = self.lexicon.people.phrases.words
        words = {word.strip(".,").lower() for name in names for word in name.split()}
        return {word for word in words if len(word) >= _SHORTEST_NAME and word not in posts}


@lru_cache(maxsize=1)
def known_words() -> KnownWords:
    """The public words of the running release; a second or two the first time."""
    engine = release_engine()
    accounts = [record.account for record in labelled_records(*REPORTS_FILES)]
    texts = [text for account in accounts for text in (account.text, account.screenshot_text, account.office)]
    texts += [example for row in engine.catalogue.rows.values() for example in row.matches]
    words = engine.lexicon.words
    keys = {key for text in texts for token in words.tokens(text) for key in token.keys}
    return KnownWords(words.roots | keys, engine.lexicon)
