"""Pages of the portal itself, and the pages that say something went wrong."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

ERRORS = ["400", "403", "403_csrf", "404", "405", "409", "413", "429", "500"]


def title_of(html):
    return re.search(r"<title>\s*(.*?)\s*</title>", html, re.S).group(1)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_request_and_says_what_to_do_next(name):
    html = render_to_string(f"{name}.html")
    assert '<html lang="id">' in html
    assert len(re.findall(r"<h1", html)) == 1
    assert 'class="actions"' in html
    assert title_of(html) == "Lapor Netral"


def test_a_lost_race_says_why_and_leads_back():
    html = render_to_string("409.html", {"reason": "Kasus sudah di tahap kajian.", "back_url": "/kasus/1/"})
    assert "Kasus sudah di tahap kajian." in html
    assert 'href="/kasus/1/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["portal:home", "portal:protection"])
def test_a_stranger_may_read_it(client: Client, name):
    response = client.get(reverse(name), secure=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert title_of(html) == "Lapor Netral"
    assert 'href="#isi"' in html
    assert reverse("portal:quick-exit") in html


@pytest.mark.django_db
def test_our_own_forms_keep_their_origin(client: Client):
    html = client.get(reverse("portal:home"), secure=True).content.decode()
    assert '<meta name="referrer" content="same-origin">' in html


@pytest.mark.django_db
def test_the_quick_exit_says_nothing_about_reporting(client: Client):
    html = client.get(reverse("portal:quick-exit"), secure=True).content.decode()
    assert not re.search(r"lapor|netral|bawaslu|asn", re.sub(r'(?:href|src)="[^"]*"', "", html), re.I)


@pytest.mark.django_db
def test_english_is_one_button_away_and_comes_back_to_the_page(client: Client):
    html = client.get(reverse("portal:protection"), secure=True).content.decode()
    assert 'name="language" value="en"' in html
    assert f'name="next" value="{reverse("portal:protection")}"' in html


@pytest.mark.django_db
def test_a_page_refuses_to_be_posted_to(client: Client):
    assert client.post(reverse("portal:home"), secure=True).status_code == 405


@pytest.mark.django_db
def test_the_sign_in_page_tells_reporters_that_they_need_no_account(client: Client):
    html = client.get(reverse("account_login"), secure=True).content.decode()
    assert "Pelapor tidak memerlukan akun." in html
    assert "Sign Up" not in html
    assert title_of(html) == "Lapor Netral"
