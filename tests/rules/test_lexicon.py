"""Every word of the lexicon can be found in a text, and says what its file says."""

import pytest
import yaml

from rules.engine.lexicon import FOLDER, WORD_TABLES
from rules.engine.patterns import BadPattern, Matcher, compile_line

FILES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yaml")}
TABLES = {str(k): str(v) for table in WORD_TABLES for k, v in FILES["words"][table].items()}
# How the names with underscores are written by people.
WRITTEN = {name: written for table in (TABLES, FILES["words"]["emoji"]) for written, name in table.items()}
CONCEPTS = [
    pytest.param(entry["patterns"].splitlines(), id=entry["concept"])
    for file in ("acts", "context")
    for entry in FILES[file]
]


def elements_of(line):
    """The elements of a pattern as lists of alternatives, with the gap in front of each."""
    gap = ""
    for part in line.split():
        if part.startswith(".."):
            gap = part
        else:
            yield gap, part.removeprefix("?").split("|")
            gap = ""


def spoken(alternative):
    """Ways an alternative stands in a text; of a class a few of its entries, as some swallow the word behind."""
    if alternative.startswith("@"):
        return [str(entry) for entry in FILES["classes"][alternative[1:]]][:12]
    return [WRITTEN.get(alternative, alternative) if "_" in alternative else alternative]


def missed_at(engine, line, place):
    """The alternatives at a place of a pattern that are not found in a text made of the pattern's own words."""
    elements = list(elements_of(line))
    missed = []
    for alternative in elements[place][1]:
        only = " ".join(f"{gap} {alternative if i == place else '|'.join(a)}" for i, (gap, a) in enumerate(elements))
        matcher = Matcher(compile_line(only, "x", engine.lexicon.words, engine.lexicon.classes), engine.lexicon.classes)
        others = [spoken(a[0]) for _, a in elements]
        others[place] = spoken(alternative)
        texts = (" ".join(ways[min(turn, len(ways) - 1)] for ways in others) for turn in range(12))
        if not any(matcher.find(engine.lexicon.words.tokens(text))[0] for text in texts):
            missed.append(alternative)
    return missed


@pytest.mark.parametrize("lines", CONCEPTS)
def test_every_alternative_of_a_pattern_can_be_found(engine, lines):
    missed = [
        (line, alternative)
        for line in lines
        for place in range(len(list(elements_of(line))))
        for alternative in missed_at(engine, line, place)
    ]
    assert not missed


def test_every_entry_of_a_word_class_is_found_as_a_whole(engine):
    classes = engine.lexicon.classes
    for name, entries in FILES["classes"].items():
        for entry in entries:
            tokens = engine.lexicon.words.tokens(spoken(str(entry))[0])
            long = classes.spans(tokens)[0].get(f"@{name}")
            assert long == len(tokens) or (len(tokens) == 1 and f"@{name}" in classes.keyed(tokens)[0]), (name, entry)


def test_every_phrase_for_a_person_stands_for_its_own_kind(engine):
    people = engine.lexicon.people.phrases
    for kind, entries in [*FILES["actors"]["mentions"].items(), ("decoy", FILES["actors"]["decoys"])]:
        for entry in entries:
            tokens = engine.lexicon.words.tokens(str(entry))
            assert (len(tokens), kind) in people.at(tokens, 0), (kind, entry)


def test_every_written_word_stands_for_its_plain_word(engine):
    for written, plain in TABLES.items():
        if "_" not in written:
            assert [plain in token.keys for token in engine.lexicon.words.tokens(written)] == [True], written


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("hadir .. b1-kwk|rekom", "hadir penyerahan B.1-KWK di kantor"),
        ("formulir b1", "dia bawa formulir B1"),
        ("terang-terangan minta", "terang-terangan minta dipilih"),
        ("pasang x-banner|baliho", "pasang x-banner besar"),
        ("naik mobil_dinas", "naik randis"),
        ("naik mobil_dinas", "naik mobil dinas"),
        ("p3k kelurahan", "pegawai P3K kelurahan"),
        ("pppk kelurahan", "pegawai P3K kelurahan"),
    ],
)
def test_hyphens_numbers_and_names_are_read_as_people_write_them(engine, line, text):
    lexicon = engine.lexicon
    matcher = Matcher(compile_line(line, "x", lexicon.words, lexicon.classes), lexicon.classes)
    assert matcher.find(lexicon.words.tokens(text))[0]


def test_an_alternative_of_several_words_is_not_satisfied_by_its_first(engine):
    lexicon = engine.lexicon
    matcher = Matcher(compile_line("pasang x-banner|baliho", "x", lexicon.words, lexicon.classes), lexicon.classes)
    assert not matcher.find(lexicon.words.tokens("pasang x"))[0]


def test_three_letters_of_a_name_are_no_stretched_word(engine):
    assert [token.keys for token in engine.lexicon.words.tokens("PPP pppk p")] == [{"ppp"}, {"pppk"}, {"p"}]


def test_a_pattern_without_a_word_is_refused(engine):
    with pytest.raises(BadPattern, match="no word"):
        compile_line("foto + calon", "x", engine.lexicon.words, engine.lexicon.classes)
