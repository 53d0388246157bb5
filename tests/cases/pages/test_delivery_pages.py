"""The link on its way: made on the case, opened by the body without an account, read in the book."""

import io
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.delivery import issue_link
from cases.models import Delivery
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


@pytest.fixture
def body(opened):
    """The browser of an officer of the body who opened the link."""
    client = Client()
    assert client.get(opened).status_code == 302
    return client


@pytest.fixture
def letter(opened):
    """Where the link leads."""
    return reverse("cases:delivered", args=[Delivery.objects.get().pk])


@pytest.fixture
def console():
    """What the web process writes to its log from now on."""
    handler, written = logging.getLogger("django").handlers[0], io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


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


def test_an_officer_of_the_body_confirms_and_reports_back(visit, sent, body, letter, sari):
    page = body.get(letter)
    assert "001/REK/BWS.33.74/X/2024" in words(page)
    assert (page["X-Robots-Tag"], page["Cache-Control"]) == ("noindex", "no-store")
    assert body.post(letter, RECEIPT).status_code == 302
    assert body.post(f"{letter}kabar/", NOTICE).status_code == 302
    assert "sudah diteruskan kepada PPK" in words(body.get(letter))
    case = words(visit(sari).get(reverse("cases:case", args=[sent.pk])))
    assert "Rani Utami" in case
    assert "14 Okt 2024" in words(visit(sari).get(reverse("cases:ledger")))


@pytest.mark.parametrize(
    ("path", "typed"),
    [("", RECEIPT | {"officer_name": "<b>Rani</b>"}), ("kabar/", NOTICE | {"remark": "<b>Rani</b>"})],
)
def test_what_was_typed_after_the_page_closed_comes_back_to_be_copied(body, letter, path, typed, monday):
    with time_machine.travel(monday + timedelta(hours=3), tick=False):
        answer = body.post(f"{letter}{path}", typed)
        assert answer.status_code == 404
        assert "&lt;b&gt;Rani&lt;/b&gt;" in words(answer)
        assert "<b>Rani" not in words(answer)
        assert ("sudah diteruskan kepada PPK" in words(answer)) is (path == "kabar/")
        assert "belum terkirim" not in words(body.get(letter))
    assert Delivery.objects.get().confirmed_at is None


def test_the_page_names_neither_respondent_nor_reporter_nor_report(body, letter, sent):
    page = words(body.get(letter))
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
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(body, letter, path, typed, status, said):
    answer = body.post(f"{letter}{path}", typed)
    assert answer.status_code == status
    assert said in words(answer)


def test_a_stopped_link_says_what_to_do_also_to_who_opened_it_before(visit, opened, body, letter, sent, sari):
    visit(sari).post(reverse("cases:revoke-link", args=[sent.pk]))
    for answer in (body.get(opened), body.get(letter), body.post(letter, RECEIPT)):
        assert answer.status_code == 404
        assert "minta tautan baru" in words(answer)


def test_the_link_opens_as_often_as_needed_and_stands_in_no_page_it_leads_to(opened, body, letter):
    token = opened.split("/")[2]
    again = Client().get(opened)
    assert (again.status_code, again["Location"]) == (302, letter)
    assert token not in words(body.get(letter))


def test_without_the_link_the_letter_stays_closed_and_a_browser_forgets_it(letter, body, monday):
    assert Client().get(letter).status_code == 404
    with time_machine.travel(monday + timedelta(hours=3), tick=False):
        assert body.get(letter).status_code == 404


def test_two_letters_open_in_one_browser_are_not_mixed_up(visit, sari, budi, opened, body, letter):
    other = make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
    made = issue_link(case=other, sent_to="BKN", by=sari, at=MONDAY)
    body.get(reverse("cases:open-delivery", args=[made.token]))
    assert body.post(letter, RECEIPT).status_code == 302
    assert [row.confirmed_at is None for row in Delivery.objects.order_by("pk")] == [False, True]


def test_no_log_shows_the_link_whatever_goes_wrong_with_it(opened, body, letter, console):
    token = opened.split("/")[2]
    cut = opened.replace(token, token[:-1])
    careful = Client(enforce_csrf_checks=True)
    answers = [body.post(letter, {}), body.get(cut), body.put(opened), careful.post(opened)]
    assert [answer.status_code for answer in answers] == [422, 404, 405, 403]
    logging.getLogger("django.request").error("Internal Server Error: %s", opened)
    assert console.getvalue().count("/lembaga/…/") == 4
    assert token[:-1] not in console.getvalue()


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
