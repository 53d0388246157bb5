"""What of django-allauth exists here: logging in and out, and changing the password."""

import pytest
from django.urls import NoReverseMatch, reverse

pytestmark = pytest.mark.django_db

GONE = [
    "signup/",
    "email/",
    "confirm-email/",
    "password/reset/",
    "password/set/",
    "reauthenticate/",
    "login/code/confirm/",
]
PASSWORD = "sandi-uji-panjang"


@pytest.mark.parametrize("page", GONE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_makes_accounts_or_mails_a_way_in(page, method, client, sari):
    client.force_login(sari)
    assert getattr(client, method)(f"/akun/{page}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_set_password"])
def test_their_names_lead_nowhere(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_who_forgot_the_password_is_told_whom_to_ask(client, db):
    page = client.get("/akun/login/").content.decode()
    assert "Lupa kata sandi? Minta pengelola portal" in page
    assert "reset" not in page


def test_a_disabled_account_is_told_so_after_the_right_password_only(client, sari):
    sari.is_active = False
    sari.save()
    wrong = client.post("/akun/login/", {"login": "sari", "password": "bukan-sandi-ini"}, follow=True)
    right = client.post("/akun/login/", {"login": "sari", "password": PASSWORD}, follow=True)
    assert "tidak aktif" not in wrong.content.decode()
    assert "Akun ini tidak aktif" in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_new_password_ends_the_other_sessions(client, sari, django_user_model):
    other = type(client)()
    for browser in (client, other):
        browser.force_login(sari)
    new = "kalimat sandi yang baru sekali"
    answer = client.post(
        "/akun/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True
    )
    assert answer.status_code == 200
    assert client.get("/kotak-masuk/").status_code == 200
    assert other.get("/kotak-masuk/").status_code == 302
    assert django_user_model.objects.get(pk=sari.pk).check_password(new)
