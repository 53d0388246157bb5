"""Only public words of a report reach a training."""

import pytest

from rules.known_words import known_words


@pytest.mark.parametrize(
    "secret",
    ["Kenariwati", "081234567890", "198001012005011001", "kenari.wati@zzorb.id", "Qwxzyvantara"],
)
def test_what_nobody_published_is_left_out(secret):
    text = known_words().only_these(f"Camat {secret} memasang baliho paslon nomor 2.")
    assert not {part for part in secret.replace("@", ".").split(".") if part.lower() in text.lower()} - {"id"}
    assert "Camat" in text
    assert "baliho paslon nomor 2" in text


def test_the_respondents_name_is_left_out_even_where_it_is_a_common_word():
    words = known_words()
    assert "Budi" in words.only_these("Pak Budi memasang baliho.")
    text = words.only_these("Pak Budi, camat, memasang baliho.", names=["Budi Camat"])
    assert "Budi" not in text
    assert "camat" in text


def test_an_unpublished_form_becomes_its_public_root():
    text = known_words().only_these("mensosialisasikannyalah paslon")
    assert text.endswith("paslon")
    assert known_words().only_these(text) == text


def test_every_feature_of_a_cleaned_text_is_public(engine):
    words = known_words()
    text = words.only_these("Pak Kenariwati mengkoordinirkan Qwxzyv buat nyoblos jagoannya Zzorb di TPS 999.")
    assert all(token.keys <= words.keys for token in engine.lexicon.words.tokens(text))


def test_the_share_of_unknown_words():
    assert known_words().unknown_share(["baliho qwxzyv"]) == 0.5
    assert known_words().unknown_share([""]) is None
