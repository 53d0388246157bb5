"""Turns readings into named features with values, and remembers which words each feature came from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.engine.account import Account, Source
from rules.engine.lexicon import Lexicon
from rules.engine.people import ASN_KINDS, NOT_ASN_KINDS, WHY, Mention, is_in_yogyakarta
from rules.engine.reading import Reading, people_in, read
from rules.engine.screen import without_labels

SCREENSHOT_WEIGHT = 0.6
REPEAT_WEIGHT = 0.35
MOST_REPEATS = 3
WORD_WEIGHT = 0.5
NO_PLATFORM = frozenset({"", "in_person"})
# Holds posts that may be the one who acts as well as those who are told to.
_TOO_BROAD = frozenset({"@bawahan"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a feature was seen: offsets into the report or the screenshot text."""

    source: Source
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of an account with their values, and the places they were seen at."""

    values: Mapping[str, float]
    places: Mapping[str, tuple[Place, ...]]


def evidence_of(account: Account, lexicon: Lexicon) -> Evidence:
    """Read both texts and the post of an account and collect every feature."""
    yogyakarta = is_in_yogyakarta(account.province, account.text)
    collected = _Collector(lexicon)
    report = read(account.text, lexicon, yogyakarta=yogyakarta)
    collected.add_reading(report, "report", 1.0)
    collected.add_people(report)
    collected.add_words(report)
    if account.screenshot_text:
        shown = without_labels(account.screenshot_text, lexicon.screen)
        shot = read(shown, lexicon, yogyakarta=yogyakarta)
        collected.add_reading(shot, "screenshot", SCREENSHOT_WEIGHT)
    if account.office:
        collected.add_office(people_in(account.office, lexicon, yogyakarta=yogyakarta))
    collected.add_platform(account.platform)
    return collected.done()


class _Collector:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._values: dict[str, float] = defaultdict(float)
        self._counts: dict[str, int] = defaultdict(int)
        self._places: dict[str, list[Place]] = defaultdict(list)

    def add_reading(self, reading: Reading, source: Source, weight: float) -> None:
        """Concepts: the first sight counts fully, repeats a little."""
        for hit in reading.hits:
            concept = self._lexicon.concepts[hit.concept]
            negated = hit.negated and (concept.is_act or not concept.negated)
            name = f"not:{hit.concept}" if negated else f"is:{hit.concept}"
            seen = self._counts[name]
            if seen < MOST_REPEATS:
                self._values[name] += weight * (1.0 if seen == 0 else REPEAT_WEIGHT)
            self._counts[name] += 1
            why = f"bukan: {concept.why}" if negated else concept.why
            start, end = reading.tokens[hit.start].start, reading.tokens[hit.end - 1].end
            self._places[name].append(Place(source, start, end, why))
        for word_class in sorted(reading.classes - _TOO_BROAD):
            self._values[f"class:{word_class}"] = max(weight, self._values.get(f"class:{word_class}", 0.0))

    def add_people(self, reading: Reading) -> None:
        """Who is spoken of, in which role, who comes first, and whether only one side is spoken of."""
        mentions = [m for m in reading.mentions if m.role != "relative"]
        for mention in mentions:
            for name in (f"who:{mention.kind}", f"who:{mention.kind}:{mention.role}"):
                self._values[name] = 1.0
                self._place_person(name, mention, reading)
        certain = [m for m in mentions if m.kind != "vague"]
        if certain:
            self._values[f"first:{certain[0].kind}"] = 1.0
            self._place_person(f"first:{certain[0].kind}", certain[0], reading)
        kinds = {m.kind for m in mentions}
        self._values[_sides(kinds)] = 1.0

    def _place_person(self, name: str, mention: Mention, reading: Reading) -> None:
        start, end = reading.tokens[mention.start].start, reading.tokens[mention.end - 1].end
        self._places[name].append(Place("report", start, end, WHY[mention.kind]))

    def add_office(self, mentions: Sequence[Mention]) -> None:
        """The post given in the form."""
        for mention in mentions:
            self._values[f"office:{mention.kind}"] = 1.0
        if not mentions:
            self._values["office:unknown"] = 1.0

    def add_platform(self, platform: str) -> None:
        """The platform given in the form speaks for acts in social media."""
        self._values["platform:none" if platform in NO_PLATFORM else "platform:named"] = 1.0

    def add_words(self, reading: Reading) -> None:
        """The words themselves, for the trained part; a word counts once.

        In an order of their own: sums of weights differ in the last digit by the order of what is added.
        """
        for token in reading.tokens:
            for key in sorted(token.keys):
                self._values[f"word:{key}"] = WORD_WEIGHT

    def done(self) -> Evidence:
        acts = [n for n in self._values if n.startswith("is:") and self._lexicon.concepts[n[3:]].is_act]
        self._values[f"acts:{min(len(acts), 3)}"] = 1.0
        self._values["always"] = 1.0
        return Evidence(dict(self._values), {name: tuple(places) for name, places in self._places.items()})


def _sides(kinds: set[str]) -> str:
    asn, other = bool(kinds & ASN_KINDS), bool(kinds & NOT_ASN_KINDS)
    if asn:
        return "sides:both" if other else "sides:asn"
    return "sides:other" if other else "sides:vague" if kinds else "sides:nobody"
