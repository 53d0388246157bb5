"""Environment variables are read strictly."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from redis import Redis

from portal.env import database_from_url, env_bool, env_choice, env_int, env_list, env_secret, redis_url


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False), ("", False)]
)
def test_a_switch_is_read(monkeypatch, text, value):
    monkeypatch.setenv("SWITCH", text)
    assert env_bool("SWITCH") is value


def test_a_switch_refuses_other_words(monkeypatch):
    monkeypatch.setenv("SWITCH", "maybe")
    with pytest.raises(ImproperlyConfigured, match="SWITCH must be 1 or 0"):
        env_bool("SWITCH")


def test_a_number_refuses_words(monkeypatch):
    monkeypatch.setenv("SECONDS", "soon")
    with pytest.raises(ImproperlyConfigured, match="SECONDS must be a whole number"):
        env_int("SECONDS", 5)


def test_a_choice_is_the_first_one_unless_another_is_named(monkeypatch):
    assert env_choice("ENGINE", ("small", "tiny")) == "small"
    monkeypatch.setenv("ENGINE", "tiny")
    assert env_choice("ENGINE", ("small", "tiny")) == "tiny"


def test_a_choice_refuses_what_is_not_offered(monkeypatch):
    monkeypatch.setenv("ENGINE", "huge")
    with pytest.raises(ImproperlyConfigured, match="ENGINE must be one of small, tiny"):
        env_choice("ENGINE", ("small", "tiny"))


def test_a_list_drops_empty_words(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.id, ,b.id,")
    assert env_list("HOSTS") == ["a.id", "b.id"]


def test_a_secret_comes_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("rahasia\n")
    monkeypatch.setenv("PEPPER_FILE", str(tmp_path / "secret"))
    assert env_secret("PEPPER") == "rahasia"


def test_a_secret_given_twice_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("PEPPER", "a")
    monkeypatch.setenv("PEPPER_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env_secret("PEPPER")


def test_a_missing_secret_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PEPPER_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="PEPPER_FILE cannot be read"):
        env_secret("PEPPER")


def test_a_database_address_is_taken_apart():
    read = database_from_url("postgresql://orang:r%40hasia@db.internal:5433/lapor?sslmode=require")
    parts = [read[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")]
    assert parts == ["orang", "r@hasia", "db.internal", "5433", "lapor", {"sslmode": "require"}]


def test_a_socket_folder_is_understood():
    read = database_from_url("postgresql:///lapor?host=/run/pg&user=portal")
    assert (read["HOST"], read["USER"], read["OPTIONS"]) == ("/run/pg", "portal", {})


def test_another_kind_of_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database_from_url("sqlite:///db.sqlite3")


@pytest.mark.parametrize(
    ("broker", "counted_at"),
    [
        ("redis+socket:///run/lapor/valkey.sock?virtual_host=2", "unix:///run/lapor/valkey.sock?db=2"),
        ("redis+socket:///run/lapor/valkey.sock", "unix:///run/lapor/valkey.sock?db=0"),
        ("redis://127.0.0.1:6379/3", "redis://127.0.0.1:6379/3"),
        ("", ""),
    ],
)
def test_posts_are_counted_where_the_broker_is_however_it_is_spelt(broker, counted_at):
    assert redis_url(broker) == counted_at
    if counted_at:
        Redis.from_url(counted_at).close()
