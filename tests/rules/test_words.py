"""Written words to plain words and roots."""

import pytest


def keys_of(engine, text):
    return set().union(*(token.keys for token in engine.lexicon.words.tokens(text)))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("gak", "tidak"),
        ("nggak", "tidak"),
        ("gaaaak", "tidak"),
        ("indak", "tidak"),
        ("ndak", "tidak"),
        ("kada", "tidak"),
        ("seng", "tidak"),
        ("belom", "belum"),
        ("fb", "facebook"),
        ("ngelike", "like"),
        ("mamasang", "pasang"),
        ("dipasangin", "pasang"),
        ("memasang", "pasang"),
        ("nyebarin", "sebar"),
        ("menyebarkan", "sebar"),
        ("ngumpulke", "kumpulkan"),
        ("mengumpulkan", "kumpul"),
        ("dititah", "disuruh"),
        ("dikon", "disuruh"),
        ("manyuruah", "suruh"),
        ("umpat", "ikut"),
        ("miluan", "ikut"),
        ("melu", "ikut"),
        ("mamiliah", "pilih"),
        ("nyoblos", "coblos"),
        ("duik", "uang"),
        ("pitih", "uang"),
        ("spandukkkk", "spanduk"),
        ("kampaye", "kampanye"),
        ("kampanyekan", "kampanye"),
        ("balihonya", "baliho"),
        ("lurah2", "lurah"),
        ("teman2nya", "teman"),
        ("yel-yel", "yel"),
        ("e-KTP", "ktp"),
        ("👍", "emo_jempol"),
    ],
)
def test_a_written_word_stands_for_a_plain_one(engine, written, plain):
    assert plain in keys_of(engine, written)


@pytest.mark.parametrize(
    ("longer", "root"), [("pasangan", "pasang"), ("pemilihan", "pilih"), ("pilihan", "pilih"), ("pemilih", "pilih")]
)
def test_words_that_mean_something_else_are_not_cut(engine, longer, root):
    assert root not in keys_of(engine, longer)


def test_a_typing_error_is_mended(engine):
    assert "spanduk" in keys_of(engine, "spandduk")


def test_offsets_point_into_the_original_text(engine):
    text = "İni  PNS — pasang BALIHO!"
    for token in engine.lexicon.words.tokens(text):
        assert text[token.start : token.end].strip()
    last = engine.lexicon.words.tokens(text)[-1]
    assert text[last.start : last.end] == "BALIHO"
