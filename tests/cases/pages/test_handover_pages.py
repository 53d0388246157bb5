"""Handing a case over, on pages: proposed on the case, read in both inboxes, answered on one page."""

import pytest
from django.urls import reverse

from cases.models import Case, Handover
from tests.case_factories import receiver_in

WORDS = {"region": "91.71", "reason": "Kejadiannya di Jayapura, menurut unggahan."}


@pytest.fixture
def jayapura(reference):
    return receiver_in("91.71")


@pytest.fixture
def offered(case, sari, visit, address):
    answer = visit(sari).post(address("propose-handover", case), WORDS | {"version": case.version})
    assert answer.status_code == 302
    return Handover.objects.get()


@pytest.fixture
def page(offered):
    return reverse("cases:handover", args=[offered.pk])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_case_offers_the_way_and_then_shows_the_proposal_with_both_clocks(case, sari, visit, address, page):
    text = text_of(visit(sari).get(address("case", case)))
    assert page in text
    assert "16 Oktober 2024, 23.59 WIB" in text
    assert "16 Oktober 2024, 23.59 WIT" in text
    assert address("propose-handover", case) not in text


def test_both_inboxes_show_it_and_no_other(sari, budi, jayapura, wayan, kartika, nasrul, visit, page):
    for person in (sari, budi, jayapura):
        assert page in text_of(visit(person).get(reverse("cases:inbox")))
    for person in (wayan, kartika, nasrul):
        assert page not in text_of(visit(person).get(reverse("cases:inbox")))


def test_kesbangpol_sees_the_case_as_if_nothing_were_proposed(case, kartika, visit, address, page):
    text = text_of(visit(kartika).get(address("case", case)))
    assert case.reference in text
    for word in (page, WORDS["reason"], "Jayapura", "Alih", "WIT"):
        assert word not in text
    assert visit(kartika).get(page).status_code == 404
    assert visit(kartika).post(page, {"choice": "tarik"}).status_code == 404


def test_the_receiver_reads_reason_and_clocks_but_nothing_of_the_case(case, jayapura, visit, address, page):
    text = text_of(visit(jayapura).get(page))
    assert WORDS["reason"] in text
    assert "2 jam lebih awal" in text
    assert "Terima kasus ini" in text
    assert "Tarik kembali" not in text
    report = case.case_reports.get().report
    for word in (case.respondent.name, report.respondent_name, report.narrative, case.respondent.agency):
        assert word not in text
    assert visit(jayapura).get(address("case", case)).status_code == 404


def test_accepting_brings_the_receiver_to_the_case_and_takes_it_from_the_giver(
    case, sari, jayapura, visit, address, page
):
    answer = visit(jayapura).post(page, {"choice": "terima"}, follow=True)
    assert answer.redirect_chain == [(address("case", case), 302)]
    assert "sekarang ditangani kantor Anda" in text_of(answer)
    assert visit(sari).get(address("case", case)).status_code == 404
    assert visit(jayapura).post(page, {"choice": "terima"}, follow=True).status_code == 200
    assert Case.objects.get(pk=case.pk).region_id == "91.71"


def test_declining_without_a_reason_is_sent_back_and_with_one_is_read_by_the_giver(sari, jayapura, visit, page):
    assert visit(jayapura).post(page, {"choice": "tolak", "reason": " "}).status_code == 422
    visit(jayapura).post(page, {"choice": "tolak", "reason": "Pelakunya pegawai Semarang."})
    for person in (sari, jayapura):
        text = text_of(visit(person).get(page))
        assert "Pelakunya pegawai Semarang." in text
        assert "Kedua jam" not in text


def test_the_giver_withdraws_and_cannot_accept(case, sari, visit, page, address):
    refused = visit(sari).post(page, {"choice": "terima"}, follow=True)
    assert "menunggu jawaban" in text_of(refused)
    answer = visit(sari).post(page, {"choice": "tarik"}, follow=True)
    assert answer.redirect_chain == [(address("case", case), 302)]
    assert Handover.objects.get().answer == "withdrawn"


@pytest.mark.parametrize("choice", ["", "hapus", "terima\x00"])
def test_another_answer_is_none(choice, jayapura, visit, page):
    assert visit(jayapura).post(page, {"choice": choice}).status_code == 422
    assert Handover.objects.get().answer == ""


@pytest.mark.parametrize(
    ("changes", "said"), [({"region": "99.99"}, "99.99"), ({"reason": ""}, "kosong"), ({"region": "33.74"}, "sudah")]
)
def test_a_slip_keeps_the_words(changes, said, case, sari, visit, address):
    answer = visit(sari).post(address("propose-handover", case), WORDS | {"version": case.version} | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Handover.objects.exists()


def test_a_second_proposal_is_refused_with_words(case, sari, visit, address, offered):
    answer = visit(sari).post(address("propose-handover", case), WORDS | {"version": case.version})
    assert answer.status_code == 409
    assert "Tarik dulu usulan itu" in answer.content.decode()
