"""The lexicon: which words stand for which act, person or circumstance. Read from YAML, checked, compiled once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rules.engine.account import LABELS, VIOLATIONS
from rules.engine.patterns import BadPattern, Classes, Matcher, Pattern, compile_line
from rules.engine.phrases import Phrases
from rules.engine.words import Words

FOLDER = Path(__file__).resolve().parent.parent / "lexicon"
WORD_TABLES = ("plain", "particles", "verbs", "nouns")
_LEAST_OF_AN_ACT = 1


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that can be said of an act, and the labels it speaks for (log-odds before any training).

    `is_act`: an act that a rule forbids, not a circumstance.
    """

    name: str
    why: str
    weights: Mapping[str, float]
    negated: str
    is_act: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Words for persons by kind, the decoys that only look like persons, and the words that give them a role."""

    phrases: Phrases
    relation: frozenset[str]
    companion: frozenset[str]
    agent: frozenset[str]
    self_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the engine knows about words."""

    words: Words
    classes: Classes
    matcher: Matcher
    concepts: Mapping[str, Concept]
    people: People
    screen: frozenset[str]
    version: str


def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Read and compile the lexicon. Raises LexiconError naming the file and the entry."""
    raw = {name: _read(folder / f"{name}.yaml") for name in ("words", "classes", "actors", "acts", "context", "screen")}
    words = Words(
        plain={str(k): str(v) for table in WORD_TABLES for k, v in raw["words"][table].items()},
        keep=raw["words"]["keep"],
        emoji=raw["words"]["emoji"],
    )
    classes = Classes(raw["classes"], words)
    concepts: dict[str, Concept] = {}
    patterns: list[Pattern] = []
    for name in ("acts", "context"):
        for entry in raw[name]:
            concept = _concept(entry, f"{name}.yaml")
            concepts[concept.name] = concept
            patterns += _patterns(entry, f"{name}.yaml", words, classes)
    people = _people(raw["actors"], raw["classes"]["calon"], words)
    words.learn(_vocabulary(patterns, classes, people))
    screen = frozenset(word for line in raw["screen"] for word in str(line).split())
    return Lexicon(words, classes, Matcher(patterns, classes), concepts, people, screen, _digest(folder))


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LexiconError(f"{path.name}:{line}: {error.problem}") from error


def _concept(entry: Mapping[str, Any], file: str) -> Concept:
    weights = {str(label): float(weight) for label, weight in entry["for"].items()}
    unknown = set(weights) - set(LABELS)
    if unknown:
        raise LexiconError(f"{file}: {entry['concept']}: unknown labels {sorted(unknown)}")
    is_act = any(label in VIOLATIONS and weight > _LEAST_OF_AN_ACT for label, weight in weights.items())
    return Concept(str(entry["concept"]), str(entry["why"]), weights, str(entry.get("negated", "")), is_act)


def _patterns(entry: Mapping[str, Any], file: str, words: Words, classes: Classes) -> list[Pattern]:
    try:
        return [
            pattern
            for line in str(entry["patterns"]).splitlines()
            if line.strip()
            for pattern in compile_line(line, str(entry["concept"]), words, classes)
        ]
    except (BadPattern, ValueError) as error:
        raise LexiconError(f"{file}: {entry['concept']}: {error}") from error


def _people(raw: Mapping[str, Any], candidates: list[str], words: Words) -> People:
    """A candidate for bupati is no bupati: phrases for candidates are decoys too."""
    decoys = [*raw["decoys"], *(phrase for phrase in candidates if " " in phrase)]
    phrases: dict[tuple[str, ...], str] = {}
    for kind, entries in [*raw["mentions"].items(), ("decoy", decoys)]:
        for entry in entries:
            phrases.setdefault(tuple(words.split(str(entry))), kind)
    sets = {
        name: frozenset(words.plain(str(w)) for w in raw[name]) for name in ("relation", "companion", "agent", "self")
    }
    return People(Phrases(phrases.items()), sets["relation"], sets["companion"], sets["agent"], sets["self"])


def _vocabulary(patterns: list[Pattern], classes: Classes, people: People) -> set[str]:
    literal = {key for pattern in patterns for step in pattern.steps for key in step.keys if not key.startswith("@")}
    return literal | classes.vocabulary() | people.phrases.words


def _digest(folder: Path) -> str:
    content = b"".join(path.read_bytes() for path in sorted(folder.glob("*.yaml")))
    return hashlib.sha256(content).hexdigest()[:12]
