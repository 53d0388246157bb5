"""The public pages of the catalogue."""

import pytest
from django.urls import reverse

from rules.catalogue import load_catalogue

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
def test_every_row_has_a_page(client, code):
    page = client.get(reverse("rules:rule", args=[code]))
    assert page.status_code == 200
    assert load_catalogue().rows[code].plain in page.content.decode().replace("&#x27;", "'")


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
