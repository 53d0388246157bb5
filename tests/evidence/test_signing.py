"""Keys that sign, and the verifier in plain Python against RFC 8032 and libsodium."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from evidence.sealing import KeyFileBroken
from evidence.signing import generate_signing_key, public_hex, read_signing_key, sign, signing_key_text
from evidence.verify_bundle import ORDER, decode, encode, is_signed

# RFC 8032, section 7.1: secret key, public key, message, signature
RFC_8032 = {
    "TEST 1": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    "TEST 2": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "TEST 3": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    "TEST SHA(abc)": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        "454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
}
SMALL_ORDER = ["00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f"]


def nacl_says(public, message, signature):
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


@pytest.mark.parametrize("vector", RFC_8032.values(), ids=RFC_8032)
def test_the_vectors_of_rfc_8032(vector):
    secret, public, message, signature = map(bytes.fromhex, vector)
    assert bytes(SigningKey(secret).verify_key) == public
    assert sign(message, SigningKey(secret)) == signature
    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"x", signature)


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_what_libsodium_signs_is_signed(seed, message):
    key = SigningKey(seed)
    assert is_signed(bytes(key.verify_key), message, sign(message, key))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 8 * 96 - 1))
def test_one_turned_bit_is_refused_as_libsodium_refuses_it(seed, message, bit):
    key = SigningKey(seed)
    both = bytearray(bytes(key.verify_key) + sign(message, key))
    both[bit // 8] ^= 1 << bit % 8
    public, signature = bytes(both[:32]), bytes(both[32:])
    assert is_signed(public, message, signature) is nacl_says(public, message, signature) is False


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_noise_is_refused(public, signature):
    assert not is_signed(public, b"", signature)


@pytest.mark.parametrize("public", SMALL_ORDER)
def test_a_key_of_small_order_signs_nothing(public):
    forged = bytes.fromhex("01" + "00" * 31) + bytes(32)
    assert not is_signed(bytes.fromhex(public), b"anything", forged)


def test_the_other_writing_of_a_signature_is_refused():
    key = generate_signing_key()
    signature = sign(b"x", key)
    same = (int.from_bytes(signature[32:], "little") + ORDER).to_bytes(32, "little")
    assert not is_signed(bytes(key.verify_key), b"x", signature[:32] + same)


def test_points_come_back_from_their_bytes():
    public = bytes(generate_signing_key().verify_key)
    assert encode(decode(public)) == public


@pytest.mark.parametrize("sizes", [(31, 64), (33, 64), (32, 63), (32, 65), (0, 0)])
def test_wrong_sizes_are_refused(sizes):
    assert not is_signed(bytes(sizes[0]), b"", bytes(sizes[1]))


def test_a_key_file_comes_back(tmp_path):
    key = generate_signing_key()
    (tmp_path / "key").write_text(signing_key_text(key) + "\n")
    assert public_hex(read_signing_key(tmp_path / "key")) == public_hex(key)


@pytest.mark.parametrize("text", ["", "a.b", "lapor-netral-signing.00.AAAA", "lapor-netral-private.{id}.{seed}", "ü"])
def test_a_broken_key_file_is_named(text, tmp_path):
    (tmp_path / "key").write_text(text, encoding="utf-8")
    with pytest.raises(KeyFileBroken, match="key"):
        read_signing_key(tmp_path / "key")


def test_a_key_under_the_id_of_another_is_noticed(tmp_path):
    label, _, seed = signing_key_text(generate_signing_key()).split(".")
    (tmp_path / "key").write_text(f"{label}.{'0' * 16}.{seed}")
    with pytest.raises(KeyFileBroken, match="does not belong"):
        read_signing_key(tmp_path / "key")
