import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.hints import HintKind, hints_of
from evidence.lines import ReadLine


def read(*texts, confidence=1.0):
    return [ReadLine(text, (0, 0, 100, 20), confidence) for text in texts]


def values(kind, *texts):
    return [hint.value for hint in hints_of(read(*texts)) if hint.kind is kind]


@pytest.mark.parametrize(
    ("texts", "platform"),
    [
        (("facebook", "54 komentar · 76 kali dibagikan"), ["facebook"]),
        (("Postingan", "3 hari yang lalu · Lihat terjemahan"), ["instagram"]),
        (("Untuk Anda", "suara asli - Yusuf"), ["tiktok"]),
        (("Agus, Ilham, Anda", "Ketik pesan"), ["whatsapp"]),
        (("Posting", "24 Posting Ulang 338 Suka 3 Markah"), ["x"]),
        (("Lihat di facebook dan instagram saya",), []),
        (("facebook", "Ketik pesan"), []),
        ((), []),
    ],
)
def test_the_platform_is_guessed_by_its_own_words(texts, platform):
    assert values(HintKind.PLATFORM, *texts) == platform


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Ratna Dewanti @ratnadw · 3j", ["@ratnadw"]),
        ("@murni.lestari.", ["@murni.lestari"]),
        ("surat ke sekda@kota.go.id", []),
        ("@ a", []),
    ],
)
def test_accounts_stand_after_an_at_sign(text, handles):
    assert values(HintKind.HANDLE, text) == handles


def test_on_instagram_the_account_stands_alone_and_before_its_caption():
    lines = ("Postingan", "murni.lestari", "Ikuti", "murni.lestari Siap menangkan", "Lihat terjemahan")
    assert values(HintKind.HANDLE, *lines) == ["@murni.lestari"]
    assert values(HintKind.HANDLE, "murni.lestari", "murni.lestari Siap menangkan") == []


@pytest.mark.parametrize(
    ("text", "days", "times"),
    [
        ("12 Nov 2024 19.30", ["2024-11-12"], ["19:30"]),
        ("12.11 · 12 Okt 2029 · 65,2 rb Tayangan", ["2029-10-12"], ["12:11"]),
        ("1 Agustus 2024", ["2024-08-01"], []),
        ("03/11/2024 07:05", ["2024-11-03"], ["07:05"]),
        ("27 NOVEMBER 2029", [], []),
        ("31 Feb 2024", [], []),
        ("12 Bulan 2024", [], []),
        ("3 jam", [], []),
        ("Kemarin pukul 19.42", [], []),
        ("14.20", [], []),
        ("17-10", [], []),
    ],
)
def test_a_day_needs_its_year_and_a_time_its_day(text, days, times):
    assert values(HintKind.DATE, text) == days
    assert values(HintKind.TIME, text) == times


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("54 komentar · 76 kali dibagikan", ["54 komentar", "76 kali dibagikan"]),
        ("65,2 rb Tayangan", ["65200 tayangan"]),
        ("26rb Suka", ["26000 suka"]),
        ("Lihat semua 1.271 komentar", ["1271 komentar"]),
        ("2 jam Suka Balas", []),
        ("♡ 2 36", []),
        ("2365", []),
        ("Suka", []),
    ],
)
def test_counts_are_believed_only_in_words(text, counts):
    assert sorted(values(HintKind.COUNT, text)) == sorted(counts)


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("coblos nomor urut 2",), ["2"]),
        (("dukung paslon 01",), ["1"]),
        (("PILIH NO.3",), ["3"]),
        (("#Coblos2 #Lanjutkan",), ["2"]),
        (("jangan lupa coblos nomor urut", "5 tanggal 27 November"), ["5"]),
        (("nomor 0812345",), []),
        (("nomor 2029",), []),
        (("paslon 99",), []),
        (("SK nomor 12/2024",), []),
        (("27 November",), []),
    ],
)
def test_ballot_numbers_are_found_where_people_name_them(texts, numbers):
    assert values(HintKind.BALLOT_NUMBER, *texts) == numbers


def test_a_vague_number_is_less_sure_than_a_plain_one_and_both_no_surer_than_the_reading():
    vague = hints_of(read("rumah nomor 2", confidence=0.9))[0]
    plain = hints_of(read("paslon 2", confidence=0.9))[0]
    assert vague.confidence < plain.confidence == 0.9


def test_a_value_named_twice_is_one_hint_where_it_is_surest():
    (hint,) = hints_of(read("nomor 2", "paslon 2"))
    assert (hint.value, hint.line, hint.confidence) == ("2", 1, 1.0)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_text_gives_hints_that_point_at_a_line(texts):
    for hint in hints_of(read(*texts)):
        assert 0 <= hint.line < len(texts)
        assert 0.0 <= hint.confidence <= 1.0
