"""Buttons and counters around a post are not what somebody did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.engine import Account
from rules.engine.lexicon import load_lexicon
from rules.engine.screen import without_labels

LABELS = load_lexicon().screen


@pytest.mark.parametrize(
    "line",
    [
        "Suka",
        "Suka Komentari Bagikan",
        "54 komentar · 76 kali dibagikan",
        "👍❤️ 9.684",
        "12,4 rb suka · 1.903 komentar",
        "2 jam Suka Balas",
        "3 mgg · 12 suka",
        "Mengikuti | Untuk Anda",
        "14.20",
    ],
)
def test_a_line_of_labels_is_blanked(line):
    assert without_labels(f"{line}\nPak Camat\n", LABELS) == " " * len(line) + "\nPak Camat\n"


@pytest.mark.parametrize(
    "line",
    [
        "Disukai oleh guru_ips dan 1.204 lainnya",
        "Sekda membagikan kiriman Relawan",
        "Tetap bersama bapak 🙌 12 suka",
        "🔥🔥",
        "Coblos nomor 2",
    ],
)
def test_a_line_that_tells_of_somebody_stays(line):
    assert without_labels(line, LABELS) == line


@given(st.text())
def test_offsets_stay_what_they_were(text):
    assert len(without_labels(text, LABELS)) == len(text)


def test_the_buttons_of_facebook_turn_no_banner_into_a_like(engine):
    report = "Guru PNS memasang spanduk caleg di depan rumahnya."
    buttons = "👍❤ 1.204\n54 komentar · 76 kali dibagikan\nSuka\nKomentari\nBagikan\n2 jam Suka Balas"
    bare, framed = (engine.judge(Account(text=report, screenshot_text=shot)) for shot in ("", buttons))
    assert [(ranked.label, ranked.probability) for ranked in framed.ranked] == [
        (ranked.label, ranked.probability) for ranked in bare.ranked
    ]
