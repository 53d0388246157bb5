"""The receipt code: 130 bits, forgiving to read, kept nowhere."""

import math
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from reports import receipt

KEYS = st.text("0123456789abcdef", min_size=32, max_size=32)
SECRETS = st.text(min_size=1, max_size=64)


@given(key=KEYS, secret=SECRETS)
def test_a_form_in_a_browser_always_gets_the_same_code_of_26_characters(key, secret):
    code = receipt.derive(idempotency_key=key, browser_secret=secret)
    assert code == receipt.derive(idempotency_key=key, browser_secret=secret)
    assert len(receipt.normalise(code)) == 26
    assert set(receipt.normalise(code)) <= set(receipt.ALPHABET)
    assert [len(group) for group in code.split("-")] == list(receipt.GROUPS)


@given(key=KEYS, secret=SECRETS, other=SECRETS)
def test_another_browser_gets_another_code(key, secret, other):
    codes = {receipt.derive(idempotency_key=key, browser_secret=each) for each in (secret, other)}
    assert len(codes) == len({secret, other})


def test_codes_carry_130_bits_spread_over_the_whole_alphabet():
    codes = [receipt.normalise(receipt.derive(idempotency_key=f"{n:032x}", browser_secret="s")) for n in range(2000)]
    assert receipt.BITS == 130
    for place in range(26):
        shares = [sum(code[place] == letter for code in codes) / 2000 for letter in receipt.ALPHABET]
        entropy = -sum(share * math.log2(share) for share in shares if share)
        assert entropy > 4.9


@given(
    key=KEYS,
    style=st.sampled_from([str.lower, str.upper, str.title]),
    gap=st.sampled_from(["", " ", "-", " - ", "–", "\u200b", "\n"]),
)
def test_a_code_survives_how_people_write_it(key, style, gap):
    code = receipt.derive(idempotency_key=key, browser_secret="s")
    written = style(code.replace("-", gap)).replace("0", "O").replace("1", "l")
    assert receipt.digest(written) == receipt.digest(code)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "A" * 25, "A" * 27, "U" * 26, "!" * 26, "Ä" * 26, "ＡＢ" * 13, "0" * 100_000],
)
def test_what_cannot_be_a_code_is_told_apart(text):
    with pytest.raises(receipt.MalformedReceipt):
        receipt.normalise(text)


@given(st.text())
def test_any_text_is_a_code_or_malformed(text):
    try:
        code = receipt.normalise(text)
    except receipt.MalformedReceipt:
        return
    assert len(code) == 26


def test_the_digest_depends_on_the_pepper(settings):
    code = receipt.derive(idempotency_key="0" * 32, browser_secret="s")
    before = receipt.digest(code)
    settings.RECEIPT_PEPPER = "another-pepper"
    assert receipt.digest(code) != before


def test_without_a_pepper_nothing_is_derived(settings):
    settings.RECEIPT_PEPPER = ""
    with pytest.raises(ImproperlyConfigured, match="RECEIPT_PEPPER"):
        receipt.derive(idempotency_key="0" * 32, browser_secret="s")


@pytest.mark.parametrize("written", ["{code}", "kodeku {code}, simpan ya", "({code})", "{code}."])
@pytest.mark.parametrize(
    "style", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")]
)
def test_a_code_inside_a_text_is_found(written, style):
    code = receipt.derive(idempotency_key="1" * 32, browser_secret="s")
    assert receipt.digest(code) in set(receipt.digests_in(written.format(code=style(code))))


@pytest.mark.parametrize("text", ["a" * 200_000, "a-" * 100_000, "abcde " * 40_000, " -" * 100_000, "0" * 26 * 4000])
def test_looking_for_codes_takes_no_time_on_hostile_texts(text):
    started = time.perf_counter()
    list(receipt.digests_in(text))
    assert time.perf_counter() - started < 0.5
