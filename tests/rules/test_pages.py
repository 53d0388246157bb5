"""The public pages of the catalogue."""

import pytest
from django.urls import reverse

from rules.catalogue import load_catalogue
from tests.rules.headings import headings_jump

pytestmark = pytest.mark.django_db


def test_anyone_reads_the_catalogue(client):
    page = client.get(reverse("rules:catalogue"))
    assert page.status_code == 200
    text = page.content.decode()
    assert all(code in text for code in load_catalogue().rows)


def test_a_word_narrows_the_list(client):
    text = client.get(reverse("rules:catalogue"), {"q": "fotokopi"}).content.decode()
    assert "SKB2-II-B-11" in text
    assert "SKB2-II-A-1<" not in text


def test_a_word_that_no_rule_holds_says_what_to_do(client):
    text = client.get(reverse("rules:catalogue"), {"q": "<script>xyz"}).content.decode()
    assert "Tidak ada aturan dengan kata itu" in text
    assert "<script>xyz" not in text


@pytest.mark.parametrize("code", load_catalogue().rows)
def test_every_row_has_a_page_with_all_it_holds(client, code):
    page = client.get(reverse("rules:rule", args=[code]))
    assert page.status_code == 200
    text, row = page.content.decode().replace("&#x27;", "'"), load_catalogue().rows[code]
    shown = [row.plain, *row.allowed, *row.not_allowed, *row.depends, *row.aggravating, *row.negating, row.notes]
    shown += [row.elements.actor, row.elements.act, row.elements.object, row.elements.channel, *row.matches]
    shown += [row.sanction.conflict, row.sanction.conflict_note, row.sanction.as_enacted, row.sanction.warning]
    shown += [basis.ref for basis in row.legal_basis] + [f'id="{key}"' for key in row.sources]
    assert [words for words in shown if words not in text] == []
    assert headings_jump(text) == []


@pytest.mark.parametrize(
    "address", ["/aturan/", "/aturan/?q=like", "/aturan/?q=zzzz", "/aturan/?q=pakta", "/cek-aturan/"]
)
def test_the_other_pages_have_their_headings_in_order(client, address):
    assert headings_jump(client.get(address).content.decode()) == []


def test_what_no_source_gives_is_said_to_be_missing(client):
    penal = client.get(reverse("rules:rule", args=["UU7-280-3"])).content.decode()
    assert "Belum ditemukan dalam sumber kami." in penal
    committee = client.get(reverse("rules:rule", args=["SKB2-II-B-9"])).content.decode()
    assert "Pasalnya belum ditemukan dalam sumber kami." in committee
    assert "satu sumber pers" in committee


@pytest.mark.parametrize("wanted", ["", "pakta integritas"])
def test_the_list_says_what_an_integrity_pact_is(client, wanted):
    text = client.get(reverse("rules:catalogue"), {"q": wanted}).content.decode()
    assert "janji tertulis ASN untuk bersikap netral" in text
    assert "Tidak ada aturan dengan kata itu" not in text


def test_paper_carries_address_version_and_date(client):
    text = client.get(reverse("rules:rule", args=["SKB2-II-A-1"])).content.decode()
    foot = text.split('class="paper-foot"')[1].split("</div>")[0]
    assert "testserver/aturan/SKB2-II-A-1/" in foot
    assert load_catalogue().version[:8] in foot
    assert "dicetak" in foot


def test_the_page_of_b3_shows_the_conflict_and_no_level(client):
    text = client.get(reverse("rules:rule", args=["SKB2-II-B-3"])).content.decode()
    assert "Sumber tidak sepakat" in text
    assert "pemotongan tunjangan kinerja" not in text


def test_a_penalty_figure_stands_beside_its_warning(client):
    text = client.get(reverse("rules:rule", args=["UU7-280-3"])).content.decode()
    assert "Rp12.000.000" in text
    assert "UU 1/2026" in text


def test_a_row_names_its_counterpart(client):
    text = client.get(reverse("rules:rule", args=["SKB2-II-A-1"])).content.decode()
    assert reverse("rules:rule", args=["SKB2-II-B-1"]) in text


def test_small_letters_find_the_row_too(client):
    assert client.get("/aturan/skb2-ii-a-1/").status_code == 200


def test_an_unknown_row_is_not_found(client):
    assert client.get("/aturan/tidak-ada/").status_code == 404


@pytest.mark.parametrize("address", ["/aturan/", "/aturan/SKB2-II-A-1/"])
def test_the_pages_cannot_be_posted_to(client, address):
    assert client.post(address).status_code == 405
