"""Which lines lead to a private person."""

import pytest

from evidence.giveaways import Giveaway, giveaway


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hubungi 081234567890", Giveaway.PHONE),
        ("WA: +62 812-3456-7890 (Bu Rina)", Giveaway.PHONE),
        ("0812.3456.789", Giveaway.PHONE),
        ("O812 3456 7890", Giveaway.PHONE),
        ("rina.s@contoh.id", Giveaway.EMAIL),
        ("oleh @bambang_lurah", Giveaway.HANDLE),
        ("@ wulan99", Giveaway.HANDLE),
        ("NIK 3374 0101 0190 0001", Giveaway.NIK),
        ("NIP 198001012005011001", None),
        ("Mari dukung nomor 2", None),
        ("08.15 WIB, 27-11-2024", None),
        ("1.234 suka 56 komentar", None),
        ("Rp 08", None),
        ("a@b", None),
        ("", None),
    ],
)
def test_it_is_noticed_or_left_alone(text, kind):
    assert giveaway(text) is kind
