import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.sealing import (
    KeyFileBroken,
    SealBroken,
    generate_keypair,
    key_id,
    key_id_of,
    read_private_key,
    read_public_key,
    rewrap,
    seal,
    unseal,
)

CONTEXT = "evidence|6f1c|v1"
OURS, THEIRS = generate_keypair(), generate_keypair()
IDENTITY = b'{"nama": "Sari Wulandari", "nik": "3374051203900001"}'


@given(st.binary(max_size=2_000), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_comes_back(data, context):
    sealed = seal(data, OURS.public, context)
    assert unseal(sealed.sealed_key, sealed.ciphertext, OURS.private, context) == data


def test_neither_part_shows_the_data_or_repeats_itself():
    first, second = seal(IDENTITY, OURS.public, CONTEXT), seal(IDENTITY, OURS.public, CONTEXT)
    assert first.sealed_key != second.sealed_key
    assert first.ciphertext[1:] != second.ciphertext[1:]
    for part in (first.sealed_key, first.ciphertext, repr(first).encode(), repr(OURS).encode()):
        assert b"Sari" not in part
        assert b"3374" not in part


def test_names_of_different_length_seal_to_the_same_length():
    lengths = {len(seal(b"x" * size, OURS.public, CONTEXT).ciphertext) for size in (0, 1, 50, 255)}
    assert len(lengths) == 1


def test_the_wrong_key_fails_loudly_and_names_both_keys():
    sealed = seal(IDENTITY, OURS.public, CONTEXT)
    with pytest.raises(SealBroken, match=f"{key_id(OURS.public)}.*{key_id(THEIRS.public)}"):
        unseal(sealed.sealed_key, sealed.ciphertext, THEIRS.private, CONTEXT)


@pytest.mark.parametrize("context", ["evidence|6f1d|v1", "evidence|6f1c|v2", "identity|6f1c|v1", ""])
def test_a_ciphertext_moved_to_another_row_does_not_open(context):
    sealed = seal(IDENTITY, OURS.public, CONTEXT)
    with pytest.raises(SealBroken):
        unseal(sealed.sealed_key, sealed.ciphertext, OURS.private, context)


def test_a_key_does_not_open_the_ciphertext_of_another():
    first, second = seal(IDENTITY, OURS.public, CONTEXT), seal(IDENTITY, OURS.public, CONTEXT)
    with pytest.raises(SealBroken):
        unseal(first.sealed_key, second.ciphertext, OURS.private, CONTEXT)


@settings(deadline=None)
@given(st.data())
def test_any_changed_bit_is_noticed(data):
    sealed = seal(IDENTITY, OURS.public, CONTEXT)
    parts = [bytearray(sealed.sealed_key), bytearray(sealed.ciphertext)]
    part = data.draw(st.sampled_from(parts))
    part[data.draw(st.integers(0, len(part) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unseal(bytes(parts[0]), bytes(parts[1]), OURS.private, CONTEXT)


@given(st.binary(max_size=150), st.binary(max_size=150))
def test_garbage_is_refused_in_one_way_only(sealed_key, ciphertext):
    with pytest.raises(SealBroken):
        unseal(sealed_key, ciphertext, OURS.private, CONTEXT)


def test_a_cut_ciphertext_does_not_open():
    sealed = seal(IDENTITY, OURS.public, CONTEXT)
    for end in (0, 1, 24, 25, 40, len(sealed.ciphertext) - 1):
        with pytest.raises(SealBroken):
            unseal(sealed.sealed_key, sealed.ciphertext[:end], OURS.private, CONTEXT)


def test_rewrapping_changes_the_key_pair_and_not_the_ciphertext():
    sealed = seal(IDENTITY, OURS.public, CONTEXT)
    rewrapped = rewrap(sealed.sealed_key, OURS.private, THEIRS.public)
    assert key_id_of(sealed.sealed_key) == key_id(OURS.public)
    assert key_id_of(rewrapped) == key_id(THEIRS.public)
    assert unseal(rewrapped, sealed.ciphertext, THEIRS.private, CONTEXT) == IDENTITY
    with pytest.raises(SealBroken):
        unseal(rewrapped, sealed.ciphertext, OURS.private, CONTEXT)


def test_key_files_are_read_back(tmp_path):
    public, private = tmp_path / "public", tmp_path / "private"
    public.write_text(f"{OURS.public_text}\n")
    private.write_text(f"{OURS.private_text}\n")
    assert read_public_key(public) == OURS.public
    assert read_private_key(private) == OURS.private


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not a key file"),
        ("lapor-netral-public.abc", "not a key file"),
        ("lapor-netral-public.abc.***", "not a key file"),
        ("lapor-netral-public.abc.é", "not a key file"),
        (OURS.private_text, "holds a lapor-netral-private"),
        (OURS.public_text[:-4], "has 30 bytes"),
        (OURS.public_text.replace(key_id(OURS.public), key_id(THEIRS.public)), "does not belong"),
    ],
    # Names of their own: the keys differ from process to process, and xdist compares names.
    ids=["empty", "short", "not-base64", "not-ascii", "the-other-half", "cut-off", "of-another-pair"],
)
def test_a_broken_key_file_is_named_with_what_is_wrong(text, complaint, tmp_path):
    path = tmp_path / "evidence.public"
    path.write_text(text)
    with pytest.raises(KeyFileBroken, match=complaint) as broken:
        read_public_key(path)
    assert str(path) in str(broken.value)
    assert "private." not in str(broken.value)
