"""The page of Cek aturan: it answers, and keeps nothing."""

import logging

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.rules.headings import headings_jump

pytestmark = pytest.mark.django_db

ADDRESS = "/cek-aturan/"
ACT = "PNS dinas pendidikan memasang spanduk calon bupati di pagar rumahnya"


def text_of(response):
    return response.content.decode()


def test_anyone_opens_it_from_the_navigation_and_the_catalogue(client):
    assert ADDRESS in text_of(client.get(reverse("portal:home")))
    assert text_of(client.get(reverse("rules:catalogue"))).count(ADDRESS) == 2
    assert client.get(ADDRESS).status_code == 200


def test_an_act_gets_its_rows_its_words_and_what_is_allowed(client):
    page = text_of(client.post(ADDRESS, {"act": ACT, "act_date": "2024-10-10", "province": "33"}))
    assert "<mark>memasang spanduk" in page
    for words in (
        "SKB2-II-A-1",
        "SKB2-II-B-1",
        "berlaku pada tanggal itu",
        "Pilkada Serentak 2024",
        "22 September 2024",
    ):
        assert words in page
    for heading in ("Tidak boleh", "Boleh", "Tergantung", "bukan putusan"):
        assert heading in page


def test_no_date_is_said_and_both_rows_are_shown(client):
    page = text_of(client.post(ADDRESS, {"act": ACT}))
    assert "Tahap belum diketahui" in page
    assert "SKB2-II-A-1" in page
    assert "SKB2-II-B-1" in page
    assert "(berlaku pada tanggal itu)" not in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Tulis dulu perbuatannya"),
        ({"act": "   "}, "Tulis dulu perbuatannya"),
        ({"act": "a" * 2001}, "Singkatkan menjadi paling banyak 2.000 huruf"),
        ({"act": ACT, "act_date": "besok"}, "Tulis seperti 2024-10-10"),
        ({"act": ACT, "act_date": "1024-10-10"}, "mulai tahun 2004"),
        ({"act": ACT, "province": "33.74"}, "Provinsi ini tidak dikenal"),
        ({"act": "a\x00b"}, "Ada yang perlu diperbaiki"),
    ],
)
def test_a_mistake_names_the_field_and_the_remedy(client, sent, words):
    page = client.post(ADDRESS, sent)
    assert page.status_code == 200
    assert words in text_of(page)
    assert 'id="jawaban"' not in text_of(page)


def test_what_is_written_is_shown_as_text(client):
    page = text_of(client.post(ADDRESS, {"act": "<script>alert(1)</script> " + ACT}))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_is_stored_logged_or_cached(client, caplog):
    tables = list(apps.get_models())
    before = {model: model.objects.count() for model in tables}
    with caplog.at_level(logging.DEBUG):
        response = client.post(ADDRESS, {"act": ACT, "act_date": "2024-10-10"})
    assert {model: model.objects.count() for model in tables} == before
    assert "sessionid" not in response.cookies
    assert not client.session.keys()
    assert "no-store" in response["Cache-Control"]
    assert "spanduk" not in caplog.text
    assert all("spanduk" not in cookie.value for cookie in response.cookies.values())


def test_an_act_in_the_address_is_not_read(client):
    page = text_of(client.get(ADDRESS, {"act": ACT}))
    assert 'id="jawaban"' not in page
    assert ACT not in page


def test_another_site_cannot_post_it():
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"act": ACT}).status_code == 403


def test_english_answers_in_english(client):
    client.cookies["django_language"] = "en"
    page = text_of(client.post(ADDRESS, {"act": ACT, "act_date": "2024-10-10"}))
    for words in ("Not allowed", "applies on that day", "hint from a machine, not a verdict", "display material"):
        assert words in page


def test_the_answer_has_its_headings_in_order(client):
    page = text_of(
        client.post(ADDRESS, {"act": ACT + ", padahal sudah teken pakta integritas", "act_date": "2024-10-10"})
    )
    assert headings_jump(page) == []


@pytest.mark.parametrize(
    ("act", "is_told"),
    [
        ("PNS melanggar pakta integritas yang ia tanda tangani", True),
        ("Saya teken PAKTA lalu like postingan calon bupati", True),
        (ACT, False),
    ],
)
def test_a_pact_is_explained_where_it_is_named(client, act, is_told):
    page = text_of(client.post(ADDRESS, {"act": act}))
    assert ("petugas mencatatnya sebagai fakta kasus" in page) == is_told
