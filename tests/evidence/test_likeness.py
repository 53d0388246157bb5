"""Alike pictures and texts are told from others, and share a key an index finds them by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from benchmarks.screens import DAMAGE, draw_post, post_text
from evidence import likeness
from evidence.images import rebuild
from tests.factories import png

POSTS = range(6)


@pytest.fixture(scope="module")
def hashes():
    """By seed, the hashes of a drawn post."""
    return {seed: likeness.picture_hash(draw_post(seed)) for seed in POSTS}


def share_a_key(one, other):
    return bool(set(likeness.picture_keys(one)) & set(likeness.picture_keys(other)))


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_copy_is_alike_and_found_by_a_key(damage, hashes):
    for seed, original in hashes.items():
        copy = likeness.picture_hash(DAMAGE[damage](draw_post(seed)))
        assert likeness.is_same_picture(likeness.picture_distance(original, copy)), seed
        assert share_a_key(original, copy)


@pytest.mark.parametrize(("top", "bottom"), [(0.05, 1), (0, 0.95)])
def test_a_bar_cut_off_either_picture_hides_nothing(top, bottom, hashes):
    post = draw_post(0)
    cut = likeness.picture_hash(post.crop((0, round(post.height * top), post.width, round(post.height * bottom))))
    assert likeness.is_same_picture(likeness.picture_distance(cut, hashes[0]))
    assert likeness.picture_distance(cut, hashes[0]) == likeness.picture_distance(hashes[0], cut)


def test_other_posts_in_the_same_app_are_not_alike(hashes):
    for seed in POSTS:
        for other in POSTS[seed + 1 :]:
            assert not likeness.is_same_picture(likeness.picture_distance(hashes[seed], hashes[other]))
            assert not likeness.is_same_text(similarity(post_text(seed), post_text(other)))


def test_an_empty_picture_has_no_keys():
    assert likeness.picture_keys(likeness.picture_hash(Image.new("RGB", (1080, 2340), "white"))) == []
    assert likeness.picture_distance(b"", b"") is None


def test_the_decoder_hashes_what_it_rebuilt():
    assert len(rebuild(png()).picture_hash) == len(likeness.FRAMES) * likeness.HASH_BYTES


def similarity(one, other):
    return likeness.text_similarity(likeness.text_signature(one), likeness.text_signature(other))


def test_glued_words_clocks_counters_and_buttons_do_not_count():
    text = post_text(1)
    read = f"14.20 4G 90%\n{text.replace(' ', '', 3)}\nSuka\nKomentari\n54 komentar"
    assert similarity(text, read) > 0.9


def test_a_text_with_a_sentence_more_is_still_alike():
    assert likeness.is_same_text(similarity(post_text(2), f"{post_text(2)} Mohon ditindaklanjuti."))


def test_too_few_letters_are_not_compared():
    assert likeness.text_signature("Dukung nomor 2!") == b""
    assert similarity("", post_text(1)) is None
    assert likeness.text_keys(b"") == []


def test_a_signature_is_the_same_on_every_machine_and_day():
    assert likeness.text_signature(post_text(1))[:8].hex() == "003b2f73001341eb"


@given(st.text(), st.text())
def test_any_text_can_be_compared_and_is_like_itself(one, other):
    signature = likeness.text_signature(one)
    assert likeness.text_similarity(signature, signature) in {1.0, None}
    assert similarity(one, other) == similarity(other, one)
    assert all(0 <= key < 2**31 for key in likeness.text_keys(signature))


@given(st.binary(min_size=128, max_size=128), st.sets(st.integers(0, 255), max_size=11))
def test_up_to_eleven_changed_bits_leave_a_key_unless_all_is_background(hashes, changed):
    whole = int.from_bytes(hashes[:32])
    copy = (whole ^ sum(1 << bit for bit in changed)).to_bytes(32) + hashes[32:]
    bands = [whole >> number * 21 & (2**21 - 1) for number in range(12)]
    untouched = [n for n in range(12) if not any(n * 21 <= bit < n * 21 + 21 for bit in changed)]
    assert untouched
    if any(3 <= bands[number].bit_count() <= 18 for number in untouched):
        assert share_a_key(hashes[:32], copy[:32])
