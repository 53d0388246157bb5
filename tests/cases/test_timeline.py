"""The timeline tells each step in words, to people of the case only through the case they loaded."""

import pytest

from cases.actions import Action
from cases.facts import StatusCorrection
from cases.messages import receive_from_reporter
from cases.models import AsnStatus
from cases.respondents import RespondentFacts, edit_respondent
from cases.status import Status
from cases.timeline import timeline
from tests.case_factories import MONDAY, hand_over, make_case, other_region, step

pytestmark = pytest.mark.django_db


def test_every_step_to_a_sanction_is_told_in_order_and_in_words(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.SELESAI)
    entries = timeline(case, by=sari)
    assert [entry.what for entry in entries] == [
        "Kasus dibuka",
        "Mulai kajian awal",
        "Daftarkan (registrasi)",
        "Konsep surat disusun",
        "Jadwalkan klarifikasi",
        "Konsep surat mengikuti perubahan kasus",
        "Catat hasil klarifikasi",
        "Aturan dinilai",
        "Konsep surat disusun",
        "Susun rekomendasi",
        "Surat ditandatangani",
        "Setujui dan kirim rekomendasi",
        "Catat sanksi",
        "Tutup kasus",
    ]
    assert [entry.who for entry in entries[:2]] == ["", "sari"]
    assert entries[1].lines == [("Status", "Masuk → Kajian awal"), ("Alasan", "Sesuai hasil pemeriksaan.")]
    assert ("Tingkat sanksi", "hukuman disiplin sedang") in entries[12].lines
    assert ("Lembaga tujuan", "BKN") in entries[9].lines


def test_every_detail_of_every_step_can_be_told(sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.PERBAIKAN)
    receive_from_reporter(report=case.case_reports.get().report, text="Ini tautannya.", at=MONDAY)
    step(case, Action.TERIMA_PERBAIKAN, by=sari)
    facts = RespondentFacts(
        employer_code="33.74",
        nip="",
        asn_status=AsnStatus.VERIFIED,
        asn_status_source="SIASN",
        asn_status_date=MONDAY.date(),
    )
    edit_respondent(case=case, facts=facts, by=sari, at=MONDAY)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.MASUK))
    hand_over(case, other_region(), by=sari)
    told = {entry.what: dict(entry.lines) for entry in timeline(case, by=sari)}
    assert told["Minta pelapor melengkapi"]["Batas perbaikan"] == "16 Oktober 2024"
    assert told["Pesan diterima dari pelapor"] == {}
    assert told["Data terlapor diubah"] == {
        "Semula": "pemerintah tempat bekerja: pusat; status ASN: belum diverifikasi; "
        "sumber status ASN: belum diketahui; tanggal verifikasi: belum diketahui",
        "Menjadi": "pemerintah tempat bekerja: 33.74; status ASN: terverifikasi ASN; sumber status ASN: SIASN; "
        "tanggal verifikasi: 14 Oktober 2024",
    }
    assert told["Koreksi status"]["Status"] == "Kajian awal → Masuk"
    assert told["Alihkan ke wilayah lain"]["Ke wilayah"] == other_region().name
