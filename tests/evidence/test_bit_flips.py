"""Seeded bit flips: whatever a damaged file does, it ends as a refusal or as a clean copy.

`EVIDENCE_BIT_FLIPS=90` runs a short version.
"""

import itertools
import os
import sys
from hashlib import sha256

from evidence.headers import check_upload
from evidence.images import assert_clean, rebuild
from evidence.refusals import UnsafeImage
from tests.evidence import hostile

TRIES = int(os.environ.get("EVIDENCE_BIT_FLIPS", "2000"))
VALID = [
    hostile.jpeg(),
    hostile.jpeg_with_metadata(),
    hostile.jpeg(progressive=True),
    hostile.png(),
    hostile.png_with_metadata(),
    hostile.webp(),
    hostile.webp(lossless=True),
    hostile.heic(),
    hostile.mpo(),
    hostile.apng(5),
]


def numbers_from(seed):
    """Yield the same large numbers on every machine."""
    for count in itertools.count():
        yield int.from_bytes(sha256(f"{seed} {count}".encode()).digest()[:8], "big")


def with_flips(data, numbers):
    damaged = bytearray(data)
    for _ in range(next(numbers) % 8 + 1):
        bit = next(numbers) % (len(damaged) * 8)
        damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def test_a_damaged_file_never_crashes_the_header_reader():
    numbers = numbers_from("pemilu 2024")
    for number in range(20_000):
        try:
            check_upload(with_flips(VALID[number % len(VALID)], numbers))
        except UnsafeImage:
            continue


def test_every_damaged_file_is_refused_or_rebuilt_clean(capsys):
    numbers = numbers_from("pilkada 2024")
    rebuilt = 0
    for number in range(TRIES):
        try:
            clean = rebuild(with_flips(VALID[number % len(VALID)], numbers))
        except UnsafeImage:
            continue
        assert_clean(clean.data)
        assert hostile.CANARY not in clean.data
        rebuilt += 1
    with capsys.disabled():
        sys.stdout.write(f"\nbit flips: tried {TRIES}, refused {TRIES - rebuilt}, rebuilt {rebuilt}\n")
