"""Every answer the form refuses: the words stay, the reason names field, limit and remedy, nothing is stored."""

import html
import re
from datetime import date

import pytest

from reports.models import Report
from tests.factories import png
from tests.reports.conftest import good_answers, laporan_answers

SUMMARY = re.compile(r'<div class="error-summary".*?</div>', re.DOTALL)


def shown(response):
    """The page as a person reads it, entities resolved."""
    return html.unescape(response.content.decode())


REFUSED = [
    ("lane", good_answers(lane=""), "Pilih salah satu cara melapor"),
    ("lane", good_answers(lane="selesai"), "Cara"),
    ("narrative", good_answers(narrative=""), "paling sedikit 30 huruf"),
    ("narrative", good_answers(narrative="Camat kampanye"), "paling sedikit 30 huruf, sekarang baru 14"),
    ("narrative", good_answers(narrative="a" * 10_001), "Paling banyak 10000 huruf; yang Anda tulis 10001"),
    ("narrative", good_answers(narrative="kata " * 40_000), "Paling banyak 10000 huruf"),
    ("act_date", good_answers(act_date=""), "Isi tanggal kejadian"),
    ("act_date", good_answers(act_date="31/02/2024"), "Tanggal ini tidak ada di kalender"),
    ("act_date", good_answers(act_date="0001-01-01"), "mulai tahun 2004"),
    ("act_date", good_answers(act_date="2003-12-31"), "mulai tahun 2004"),
    ("act_date", good_answers(act_date="2099-01-01"), "Tanggal ini belum terjadi"),
    ("province", good_answers(province=""), "Pilih provinsi tempat kejadian"),
    ("province", good_answers(province="99"), "Pilih provinsi dari daftar"),
    ("province", good_answers(province="33.74"), "Pilih provinsi dari daftar"),
    ("regency", good_answers(regency="99.99"), "Pilih kabupaten atau kota dari daftar"),
    ("regency", good_answers(regency="51.71"), "Kota Denpasar tidak terletak di Jawa Tengah"),
    ("platform", good_answers(platform=""), "Pilih tempat Anda melihatnya"),
    ("link", good_answers(link="https://facebook"), "Tautan ini tidak lengkap"),
    ("link", good_answers(link="http://a b"), "Tautan ini tidak lengkap"),
    ("link", good_answers(link="x" * 501), "Paling banyak 500 huruf"),
    ("respondent_name", good_answers(respondent_name="", respondent_post=""), "Isi nama atau jabatannya"),
    ("respondent_name", good_answers(respondent_name="N" * 151), "Paling banyak 150 huruf"),
    ("respondent_nip", good_answers(respondent_nip="19800101 2005"), "harus 18 angka; yang Anda tulis 12"),
    ("respondent_nip", good_answers(respondent_nip="abcdefghijklmnopqr"), "harus 18 angka"),
    ("respondent_nip", good_answers(respondent_nip="１９８００１０１２００５０１１００１"), "harus 18 angka"),
    ("election_event", good_answers(election_event="999999"), "Pilih pemilihan dari daftar"),
    ("reporter_name", laporan_answers(reporter_name=""), "Laporan resmi memerlukan nama Anda"),
    ("reporter_address", laporan_answers(reporter_address=""), "Laporan resmi memerlukan alamat Anda"),
    ("reporter_contact", laporan_answers(reporter_contact=""), "Isi nomor telepon atau alamat surel"),
    ("reporter_contact", laporan_answers(reporter_contact="rumah"), "Tulis nomor telepon seperti"),
    ("reporter_contact", laporan_answers(reporter_contact="a@b.id\nBcc: x@y.id"), "Tulis nomor telepon seperti"),
    ("known_since", laporan_answers(known_since="2124-01-01"), "Tanggal ini belum terjadi"),
    ("known_since", laporan_answers(known_since="kemarin"), "tidak ada di kalender"),
    ("reporter_nik", laporan_answers(reporter_nik="12345"), "harus 16 angka; yang Anda tulis 5"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "answers", "reason"), REFUSED, ids=[f"{r[0]}-{n}" for n, r in enumerate(REFUSED)])
def test_a_refused_answer_keeps_every_word_and_says_what_to_do(citizen, picture, field, answers, reason):
    response = citizen.send(picture, answers=answers)
    page = shown(response)
    assert response.status_code == 200
    assert reason in page
    assert f'href="#{"div_" if field == "lane" else ""}id_{field}"' in SUMMARY.search(page)[0]
    for name in ("narrative", "respondent_name", "respondent_agency", "candidate", "link", "reporter_name"):
        assert " ".join(answers.get(name, "").split()) in " ".join(page.split())
    for name in ("province", "regency", "platform"):
        value = answers[name]
        if value and name != field:
            assert re.search(rf'value="{re.escape(value)}"[^>]* selected', page)
    assert "1 gambar sudah tersimpan" in page
    assert Report.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            {"narrative": "Camat\x00 mengajak warga memilih nomor 2\u202e di balai"},
            {"narrative": "Camat mengajak warga memilih nomor 2[U+202E] di balai"},
        ),
        ({"respondent_name": " Slamet\u200b  Riyadi "}, {"respondent_name": "Slamet Riyadi"}),
        ({"respondent_nip": "19800101 200501 1 001"}, {"respondent_nip": "198001012005011001"}),
        ({"respondent_name": ""}, {"respondent_name": "", "respondent_post": "Camat"}),
        ({"regency": ""}, {"region_id": "33"}),
        ({"act_date": "10/10/2024", "act_date_is_approximate": "on"}, {"act_date_is_approximate": True}),
        (laporan_answers(known_since="12/10/2024"), {"known_since": date(2024, 10, 12)}),
        (laporan_answers(known_since="2019-01-01"), {"known_since": date(2019, 1, 1)}),  # late, and taken all the same
        (laporan_answers(), {"known_since": None}),
        ({"known_since": "2024-10-12"}, {"known_since": None}),  # asked in the other lane alone
        ({"known_since": "kemarin"}, {"known_since": None}),
        ({"link": "akun @camat_tembalang"}, {"link": "akun @camat_tembalang"}),
        (
            {"status": "closed", "classification_state": "classified", "region": "11"},
            {"region_id": "33.74", "classification_state": "waiting"},
        ),
    ],
)
def test_an_answer_is_kept_as_it_was_meant(citizen, picture, typed, kept):
    response = citizen.send(picture, answers=good_answers(**typed))
    assert "sudah kami terima" in shown(response)
    report = Report.objects.get()
    assert {name: getattr(report, name) for name in kept} == kept


@pytest.mark.django_db
def test_the_chosen_election_is_kept(citizen, picture, event):
    citizen.send(picture, election_event=str(event.pk))
    assert Report.objects.get().election_event == event


@pytest.mark.django_db
@pytest.mark.parametrize(("region", "day_is_fine"), [(("91", "91.71"), True), (("33", "33.74"), False)])
def test_a_day_begins_earlier_in_papua_than_in_java(citizen, picture, time_machine, region, day_is_fine):
    time_machine.move_to("2024-10-10T15:30:00Z", tick=False)
    citizen.send(picture, answers=good_answers(act_date="2024-10-11", province=region[0], regency=region[1]))
    assert Report.objects.exists() == day_is_fine


@pytest.mark.django_db
def test_identity_typed_in_the_other_lane_is_neither_judged_nor_kept(citizen, picture):
    reporter = {"reporter_name": "R" * 400, "reporter_contact": "rumah", "reporter_nik": "1"}
    citizen.send(picture, answers=good_answers(**reporter))
    report = Report.objects.get()
    assert (report.lane, report.identity_box, report.identity_key) == ("informasi_awal", None, None)


@pytest.mark.django_db
def test_a_receipt_code_in_the_story_is_refused(citizen, picture, client):
    code = citizen.send(picture).context["receipt"].code
    again = type(citizen)(type(client)())
    response = again.send(png(), narrative=f"Ini tambahan untuk laporan {code.lower()}, mohon dibaca bersama.")
    assert "Di cerita ini ada kode laporan" in shown(response)
    assert Report.objects.count() == 1
