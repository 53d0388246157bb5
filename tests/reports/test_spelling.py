"""Names as they sound."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.spelling import name_key, sound, sounds_alike, written_pattern

OLD_AND_NEW = [
    ("Soeharto", "Suharto"),
    ("Djoko Soesilo", "Joko Susilo"),
    ("Tjokro Aminoto", "Cokro Aminoto"),
    ("Achmad Sjarifoeddin", "Ahmad Syarifudin"),
    ("Moh. Yusuf", "Muhammad Yusuf"),
    ("Mochamad Rizqi", "Muhamad Rizki"),
    ("Yudhi Prasetyo", "Yudi Prasetio"),
    ("Ir. Hj. Fatimah, M.M.", "FATIMAH"),
    ("Sri Wahyuni, S.Pd.", "Wahjuni Sri"),
]
DIFFERENT = [
    ("Bambang Sutrisno", "Budi Santoso"),
    ("Siti Aminah", "Siti Maryam"),
    ("Joko", "Eko"),
    ("", ""),
    ("Drs.", "Ir."),
]


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_old_and_new_spelling_is_one_name(old, new):
    assert sounds_alike(old, new)
    assert sounds_alike(new, old)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_people_are_told_apart(one, other):
    assert not sounds_alike(one, other)


@pytest.mark.parametrize(
    ("word", "written"),
    [("soetrisno", "Sutrisno"), ("sutrisno", "Soetrisno"), ("joko", "Djoko"), ("rizki", "Rizqi"), ("yudhi", "Yudi")],
)
def test_the_pattern_finds_the_other_spelling(word, written):
    assert re.search(written_pattern(word), written, re.IGNORECASE)


def test_a_short_word_finds_nothing_because_it_would_find_everybody():
    assert written_pattern("sri") == ""


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Po", "Zs"]), max_size=40))
def test_any_name_has_a_key_and_sounds_like_itself(name):
    assert sounds_alike(name, name) is bool(name_key(name))
    for word in name.lower().split():
        re.compile(written_pattern(word))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=15))
def test_a_word_is_found_by_its_own_pattern_unless_it_is_muhammad(word):
    if sound(word) != "muhamad" and (pattern := written_pattern(word)):
        assert re.search(pattern, word)
