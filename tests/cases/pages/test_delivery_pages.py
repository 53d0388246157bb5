"""The link on its way: made on the case, opened by the body without an account, read in the book."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cases.status import Status
from tests.case_factories import MONDAY, make_case

pytestmark = pytest.mark.django_db
RECEIPT = {"officer_name": "Rani Utami", "officer_office": "Direktorat Pengawasan BKN", "own_letter_number": "B-77"}
NOTICE = {"kind": "ppk", "happened_date": MONDAY.date().isoformat(), "remark": ""}


@pytest.fixture
def sent(sari, budi):
    return make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)


@pytest.fixture
def opened(visit, sent, sari):
    """The address of a link somebody made on the case page."""
    page = visit(sari).post(reverse("cases:letter-link", args=[sent.pk]), {"sent_to": "Direktorat Pengawasan BKN"})
    assert page.status_code == 200
    return re.search(r"http://testserver(/lembaga/[^/]+/)", page.content.decode())[1]


def words(response):
    return response.content.decode()


def test_the_case_page_leads_to_the_link_once_the_letter_was_sent(visit, sent, sari, budi, kartika):
    address = reverse("cases:letter-link", args=[sent.pk])
    assert address in words(visit(sari).get(reverse("cases:case", args=[sent.pk])))
    assert address not in words(visit(kartika).get(reverse("cases:case", args=[sent.pk])))
    drafted = make_case(by=sari, second=budi, status=Status.REKOMENDASI)
    assert "tautan-lembaga" not in words(visit(sari).get(reverse("cases:case", args=[drafted.pk])))


def test_the_page_of_a_new_link_says_for_whom_it_is(visit, sent, sari):
    page = visit(sari).post(reverse("cases:letter-link", args=[sent.pk]), {"sent_to": "Direktorat Pengawasan BKN"})
    assert "kepada Direktorat Pengawasan BKN." in words(page)


def test_the_link_is_shown_once(visit, sent, opened, sari):
    again = words(visit(sari).get(reverse("cases:letter-link", args=[sent.pk])))
    assert "Ada tautan yang berlaku untuk Direktorat Pengawasan BKN" in again
    assert opened not in again


def test_an_officer_of_the_body_confirms_and_reports_back(visit, sent, opened, sari):
    body = Client()
    page = body.get(opened)
    assert "001/REK/BWS.33.74/X/2024" in words(page)
    assert (page["X-Robots-Tag"], page["Cache-Control"]) == ("noindex", "no-store")
    assert body.post(opened, RECEIPT).status_code == 302
    assert body.post(f"{opened}kabar/", NOTICE).status_code == 302
    assert "sudah diteruskan kepada PPK" in words(body.get(opened))
    case = words(visit(sari).get(reverse("cases:case", args=[sent.pk])))
    assert "Rani Utami" in case
    assert "14 Okt 2024" in words(visit(sari).get(reverse("cases:ledger")))


def test_the_page_names_neither_respondent_nor_reporter_nor_report(opened, sent):
    page = words(Client().get(opened))
    report = sent.case_reports.get().report
    for secret in (sent.respondent.name, sent.respondent.post, sent.reference, report.narrative, "Unsur terpenuhi"):
        assert secret not in page


@pytest.mark.parametrize(
    ("path", "typed", "status", "said"),
    [
        ("", {"officer_name": "Rani"}, 422, "Jabatan dan unit"),
        ("kabar/", NOTICE, 409, "lebih dulu"),
        ("kabar/", {**NOTICE, "happened_date": "2024-01-01"}, 422, "antara pengiriman"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(opened, path, typed, status, said):
    answer = Client().post(f"{opened}{path}", typed)
    assert answer.status_code == status
    assert said in words(answer)


def test_a_stopped_link_says_what_to_do(visit, opened, sent, sari):
    visit(sari).post(reverse("cases:revoke-link", args=[sent.pk]))
    answer = Client().get(opened)
    assert answer.status_code == 404
    assert "Minta tautan baru" in words(answer)


def test_the_book_shows_names_to_the_case_team_and_counts_to_a_regional_admin(visit, sent, sari, dewi):
    name = sent.respondent.name
    assert name in words(visit(sari).get(reverse("cases:ledger")))
    page = words(visit(dewi).get(reverse("cases:ledger")))
    assert "Badan Kepegawaian Negara" in page
    assert name not in page
    assert sent.reference not in page


def test_the_form_of_the_letter_shows_the_rule_its_articles_and_similar_cases(visit, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    for path in (
        reverse("cases:case", args=[case.pk]),
        reverse("cases:take-step", args=[case.pk, "susun_rekomendasi"]),
    ):
        page = words(visit(sari).get(path))
        assert "Kasus serupa yang sudah diputus" in page
        assert "Pasal:" in page
