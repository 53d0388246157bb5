"""Files that come in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.arriving import HEAD_BYTES, Arrival
from evidence.digests import sha256_hex
from evidence.headers import check_upload
from evidence.limits import MAX_FILE_BYTES, MIB
from evidence.refusals import Refusal, UnsafeImage
from tests.evidence import hostile

OTHERS = [b"%PDF-1.7" + bytes(9000), hostile.png() + bytes(9000), b"<", b""]
FILES = [hostile.jpeg(), hostile.png(), hostile.heic(), *OTHERS]


def judged(check):
    try:
        return check()
    except UnsafeImage as refusal:
        return (refusal.code, refusal.limit, refusal.actual)


def in_parts(data, size):
    arrival = Arrival()
    for start in range(0, len(data), size):
        arrival.add(data[start : start + size])
    return arrival


@given(st.sampled_from(FILES) | st.binary(max_size=9000), st.integers(1, 9000))
def test_however_it_is_cut_hash_and_judgement_are_those_of_the_whole(data, size):
    arrival = in_parts(data, size)
    assert (arrival.sha256, arrival.size) == (sha256_hex(data), len(data))
    assert judged(arrival.header) == judged(lambda: check_upload(data))
    assert arrival.data in (data, b"")
    assert bool(arrival.data) or arrival.is_let_go or not data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.png() + bytes(MAX_FILE_BYTES), Refusal.FILE_TOO_LARGE),
        (b"%PDF-1.7" + bytes(MIB), Refusal.WRONG_TYPE),
        (bytes(HEAD_BYTES), Refusal.NOT_AN_IMAGE),
    ],
)
def test_what_can_be_no_picture_is_let_go_at_once_and_hashed_to_its_end(data, code):
    arrival = in_parts(data, 64 * 1024)
    arrival.add(b"the end")
    assert arrival.data == b""
    assert arrival.sha256 == sha256_hex(data + b"the end")
    with pytest.raises(UnsafeImage) as refusal:
        arrival.header()
    assert refusal.value.code == code
    if code == Refusal.FILE_TOO_LARGE:
        assert refusal.value.actual == len(data) + 7, "the size said is that of the whole file"
