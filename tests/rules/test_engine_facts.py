"""Negation, retraction, duty, leave, and who it is that acts."""

import pytest

from rules.engine import Account


def first(engine, text, **facts):
    return engine.judge(Account(text, stage="calon", **facts)).ranked[0].label


@pytest.mark.parametrize(
    "text",
    [
        "PNS itu tidak pernah like postingan paslon, akunnya dibajak orang.",
        "Laporan saya kemarin soal camat bagi sembako saya cabut, ternyata saya salah orang.",
        "Nama saya dicatut jadi anggota partai, saya PNS dan tidak pernah mendaftar.",
        "Kasi trantib ada di lokasi kampanye karena tugas pengamanan, surat tugasnya ada.",
        "Istri calon bupati PNS, sudah cuti di luar tanggungan negara, cuma duduk diam di belakang.",
        "Pegawai dinas datang ke kampanye hanya duduk diam mendengarkan visi misi, tanpa atribut.",
        "Camat menolak diajak masuk tim sukses dan langsung pulang.",
        "Kepala dinas mengumpulkan pegawai untuk mengingatkan agar netral.",
    ],
)
def test_what_is_lawful_or_taken_back_is_no_violation(engine, text):
    assert first(engine, text) == "NONE_NEUTRAL"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Guru PNS like postingan paslon tiap hari, katanya cuma iseng.", "SOCMED_ENGAGE"),
        ("Istri calon bupati PNS ikut kampanye keliling, belum ada cuti di luar tanggungan negara.", "SPOUSE"),
        ("Camat ikut deklarasi paslon dan teriak yel-yel, dia bilang cuma diundang.", "ATTEND_DECLARATION"),
    ],
)
def test_an_excuse_of_the_accused_does_not_clear(engine, text, label):
    assert first(engine, text) == label


@pytest.mark.parametrize(
    "actor",
    [
        "Kepala desa",
        "Kades",
        "Wali nagari",
        "Keuchik",
        "Hukum tua",
        "Pambakal",
        "Kuwu",
        "Perbekel",
        "Ketua RT",
        "Sekdes",
        "Anggota BPD",
        "Guru honorer",
        "Tenaga kontrak",
        "Babinsa",
        "Kapolsek",
        "Anggota DPRD",
        "Petugas KPPS",
        "Pensiunan camat",
    ],
)
def test_people_who_are_not_asn(engine, actor):
    assert first(engine, f"{actor} memasang baliho paslon nomor 2 di depan rumahnya.") == "NONE_NOT_ASN"


@pytest.mark.parametrize(
    "actor",
    [
        "PNS dinas sosial",
        "Guru PPPK",
        "CPNS kecamatan",
        "Camat",
        "Lurah",
        "Sekda",
        "Kepala dinas",
        "Kepala sekolah negeri",
        "Kepala puskesmas",
        "Kepala distrik",
        "Penyuluh pertanian",
        "Pj kepala desa yang ASN",
        "Pegawai pemkab",
    ],
)
def test_people_who_are_asn(engine, actor):
    assert first(engine, f"{actor} memasang baliho paslon nomor 2 di depan rumahnya.") == "PROPS"


def test_a_lurah_is_no_civil_servant_in_yogyakarta(engine):
    text = "Lurah mengajak warga memilih calon bupati nomor 1 di rapat warga."
    assert first(engine, text, province="DI Yogyakarta") == "NONE_NOT_ASN"
    assert first(engine, text, province="Jawa Barat") == "APPEAL"


@pytest.mark.parametrize(
    "text",
    [
        "Jalan di depan kantor kecamatan rusak parah dan lampu mati, tolong diperbaiki.",
        "Pelayanan KTP lambat sekali, antri dari subuh.",
        "Calon hukum tua di pilhut desa kami bagi uang.",
    ],
)
def test_other_matters_are_off_topic(engine, text):
    assert first(engine, text) == "NONE_OFFTOPIC"


def test_the_words_of_a_screenshot_count_too(engine):
    told = Account("Ada pegawai pemkab, lihat gambar terlampir.", stage="calon")
    shown = Account(told.text, "Pegawai pemkab menyukai kiriman paslon 2. Komentar: lanjutkan", stage="calon")
    before = {r.label: r.probability for r in engine.judge(told).ranked}
    after = {r.label: r.probability for r in engine.judge(shown).ranked}
    assert after["SOCMED_ENGAGE"] > before["SOCMED_ENGAGE"]
    spans = [s for r in engine.judge(shown).ranked for s in r.spans if s.source == "screenshot"]
    assert spans
    assert all(shown.screenshot_text[s.start : s.end] == s.words for s in spans)
