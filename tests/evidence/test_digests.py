from evidence.digests import sha256_hex


def test_the_digest_is_the_published_one_of_sha256():
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
