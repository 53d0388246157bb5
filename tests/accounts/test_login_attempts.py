"""Guessing passwords is slowed down, by account and by address, without keeping an address."""

from base64 import b64decode

import pytest
from django.core.cache import cache
from django.db import connection

pytestmark = pytest.mark.django_db

LOGIN = "/akun/login/"
ADDRESS = "203.0.113.77"
BY_ACCOUNT, BY_ADDRESS = 5, 10


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


def guess(client, username, address=ADDRESS, **headers):
    return client.post(LOGIN, {"login": username, "password": "tebakan"}, REMOTE_ADDR=address, **headers)


def log_in(client, username, address):
    answer = client.post(LOGIN, {"login": username, "password": "sandi-uji-panjang"}, REMOTE_ADDR=address)
    return answer.status_code == 302


def test_after_five_guesses_an_account_waits(client, sari):
    for _ in range(BY_ACCOUNT):
        assert "Terlalu banyak" not in guess(client, "sari").content.decode()
    assert not log_in(client, "sari", ADDRESS)


def test_after_ten_guesses_an_address_waits_and_others_log_in(client, sari):
    for number in range(BY_ADDRESS):
        guess(client, f"nama{number}")
    assert not log_in(client, "sari", ADDRESS)
    assert log_in(client, "sari", "198.51.100.5")


def test_behind_a_proxy_the_address_it_names_counts(client, sari, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(BY_ADDRESS):
        guess(client, f"nama{number}", "10.0.0.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, {ADDRESS}")
    data = {"login": "sari", "password": "sandi-uji-panjang"}
    assert client.post(LOGIN, data, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=ADDRESS).status_code == 200
    assert client.post(LOGIN, data, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9").status_code == 302


def test_without_a_proxy_nobody_gets_another_bucket_by_naming_another_address(client, sari):
    for number in range(BY_ADDRESS):
        guess(client, f"nama{number}", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert not log_in(client, "sari", ADDRESS)


def test_all_addresses_of_one_subscriber_are_one(client, sari):
    for number in range(BY_ADDRESS):
        guess(client, f"nama{number}", f"2001:db8:1:2::{number:x}")
    assert not log_in(client, "sari", "2001:db8:1:2:ffff::1")
    assert log_in(client, "sari", "2001:db8:1:3::1")


def test_no_address_and_no_name_is_kept(client, sari):
    guess(client, "sari")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache_entry")
        kept = [(key, b64decode(value)) for key, value in cursor.fetchall()]
    assert any("login_failed" in key for key, value in kept)
    assert ADDRESS not in str(kept)
    assert "sari" not in str(kept)
