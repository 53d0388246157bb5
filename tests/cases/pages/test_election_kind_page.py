"""The door to the kind of election, and what the case page says of it."""

from datetime import date

import pytest

from cases.status import Status
from cases.workflow import Action
from tests.case_factories import make_case, step

UNKNOWN = "Jenis pemilihan belum dipilih."


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def unknown(sari, budi, monday):
    return make_case(by=sari, second=budi, status=Status.DIREGISTRASI, act_date=date(2024, 2, 1))


def test_while_the_kind_is_unknown_the_page_says_so_and_cites_no_law(visit, sari, unknown, address):
    page = text_of(visit(sari).get(address("case", unknown)))
    assert UNKNOWN in page
    assert "3 hari kalender · penanganan sesudah registrasi" in page
    assert "UU 1/2015" not in page
    assert "Pilih jenis pemilihan" in page


def test_the_kind_is_chosen_seen_and_told(visit, sari, unknown, address):
    client = visit(sari)
    form = {"version": unknown.version, "kind": "pemilu", "reason": "Calon anggota DPRD."}
    door = address("choose-election", unknown)
    assert client.get(door).status_code == 200
    assert client.post(door, form | {"kind": "pilkades"}).status_code == 422
    assert client.post(door, form | {"reason": ""}).status_code == 422
    assert client.post(door, form).status_code == 302
    page = text_of(client.get(address("case", unknown)))
    assert UNKNOWN not in page
    assert "7 hari kerja · penanganan sesudah registrasi" in page
    assert "UU 7/2017 art. 454(7)-(8)" in page
    assert "Ubah jenis pemilihan" in page
    for told in ("Jenis pemilihan dipilih", "Calon anggota DPRD.", "belum dipilih", "Batas baru"):
        assert told in page.split('id="riwayat"')[1]
    assert client.post(door, form).status_code == 409, "the page was opened before"


def test_a_finished_case_offers_no_choice(visit, sari, budi, monday, address):
    case = step(make_case(by=sari, second=budi, status=Status.TIDAK_DIREGISTRASI), Action.TUTUP, by=sari)
    client = visit(sari)
    assert address("choose-election", case) not in text_of(client.get(address("case", case)))
    assert client.get(address("choose-election", case)).status_code == 409
