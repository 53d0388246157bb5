"""Reviewers are told what was found alike, in words that say it proves nothing."""

from datetime import timedelta

import pytest

from reports import likeness
from reports.likeness import compare_evidence, compare_report
from tests.case_factories import MONDAY, make_case, make_evidence


@pytest.fixture
def campaign(sari, budi):
    """Six cases of one day: one person, one text, one picture."""

    def arrive(number, **fields):
        opened = make_case(
            by=sari, second=budi, at=MONDAY - timedelta(minutes=number), narrative=f"{STORY} {number}.", **fields
        )
        report = opened.case_reports.get().report
        compare_evidence(evidence=make_evidence(report, sha256="e" * 64), at=MONDAY)
        compare_report(report=report, at=MONDAY)
        return opened

    return [arrive(number) for number in range(6)]


STORY = "Lurah membagikan poster calon wali kota nomor dua di grup warga dan meminta semua ketua RT meneruskannya"


def plain(answer):
    return " ".join(answer.content.decode().split())


def test_the_case_page_warns_of_a_surge_and_says_what_it_is_not(campaign, sari, visit, address):
    text = plain(visit(sari).get(address("case", campaign[0])))
    assert "Lonjakan laporan: 6 dalam 24 jam" in text
    for count in ("6 tentang terlapor yang sama", "6 dengan teks hampir sama", "6 dengan gambar serupa"):
        assert count in text
    assert "jumlah laporan bukan bukti" in text


def test_the_case_page_shows_where_else_a_picture_was(campaign, sari, visit, address):
    text = plain(visit(sari).get(address("case", campaign[0])))
    assert "berkas yang sama ada di 6 laporan, dari paling banyak 6 pengirim berbeda." in text
    assert "Jumlahnya bukan bukti" in text


def test_what_cannot_be_counted_to_the_end_is_called_at_least(campaign, sari, visit, address, monkeypatch):
    monkeypatch.setattr(likeness, "MOST_ALIKE", 5)
    text = plain(visit(sari).get(address("case", campaign[0])))
    assert "Lonjakan laporan: sedikitnya 6 dalam 24 jam" in text
    assert "berkas yang sama ada di sedikitnya 6 laporan. Pengirimnya tidak dihitung" in text
    assert "paling banyak" not in text
    text = plain(visit(sari).get("/kotak-masuk/"))
    assert text.count("lonjakan: sedikitnya 6 laporan dalam 24 jam") == 6
    assert text.count("gambar serupa di sedikitnya 6 laporan") == 6


def test_cases_that_may_be_the_same_have_a_page_with_the_reasons(campaign, sari, visit, address):
    text = plain(visit(sari).get(address("similar", campaign[0])))
    assert "gambar bukti sama, teks laporan hampir sama" in text
    assert "Gabungkan" in text


def test_where_nothing_is_alike_the_page_says_so(case, sari, visit, address):
    assert "Tidak ada kasus serupa" in plain(visit(sari).get(address("similar", case)))


def test_the_inbox_marks_the_cases_and_keeps_all_of_them(campaign, sari, visit):
    answer = visit(sari).get("/kotak-masuk/")
    text = plain(answer)
    assert len(answer.context["rows"]) == 6
    assert text.count("lonjakan: 6 laporan dalam 24 jam") == 6
    assert text.count("gambar serupa di 6 laporan") == 6


def test_a_quiet_case_carries_no_warning(case, sari, visit, address):
    for page in (visit(sari).get(address("case", case)), visit(sari).get("/kotak-masuk/")):
        assert "lonjakan" not in page.content.decode().lower()
        assert "gambar serupa" not in page.content.decode()
