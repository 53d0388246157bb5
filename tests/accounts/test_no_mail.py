"""Whoever logs in, fails to, or changes a password gets no e-mail about it, also with an address on record."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.conftest import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "sandi-uji-panjang"
NEW = "kalimat sandi yang baru"


@pytest.fixture
def person(reference):
    user = make_user("surel", "reviewer_bawaslu", "33.74", "Bawaslu Kota Semarang")
    user.email = "surel@contoh.id"
    user.save()
    return user


def test_nothing_somebody_does_with_an_account_is_mailed(client, person):
    login = reverse("account_login")
    for name in (person.username, person.email, "bukan-siapa-siapa", "lain@contoh.id"):
        for _try in range(7):
            client.post(login, {"login": name, "password": "keliru"})
    client.force_login(person)
    changed = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert changed.status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    client.post(reverse("account_logout"))
    person.is_active = False
    person.save()
    client.post(login, {"login": person.username, "password": NEW})
    assert mail.outbox == []
