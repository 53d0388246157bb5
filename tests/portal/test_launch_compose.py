"""The production-like set of docker-compose.yml and its secrets."""

import stat

import pytest
import yaml

from portal.compose_secrets import main as write_compose_secrets
from portal.environment import CHECKOUT

COMPOSE = (CHECKOUT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_private_key_goes_to_the_worker_alone():
    assert [name for name in SERVICES if "evidence_private" in SERVICES[name].get("secrets", [])] == ["worker"]


@pytest.mark.parametrize("name", ["web", "beat", "migrate", "links"])
def test_the_others_do_not_even_hear_of_it(name):
    assert "EVIDENCE_PRIVATE_KEY_FILE" not in SERVICES[name]["environment"]


def test_only_the_workers_without_the_private_key_may_leave_the_network():
    assert [name for name in SERVICES if "outside" in SERVICES[name].get("networks", [])] == ["web", "links"]


def test_links_are_visited_only_where_somebody_asks_for_it():
    assert SERVICES["links"]["profiles"] == ["links"]
    assert "LINK_CAPTURE: ${LINK_CAPTURE:-0}" in COMPOSE


def test_no_secret_has_a_default():
    for name in ("SECRET_KEY", "RECEIPT_PEPPER", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "ALLOWED_HOSTS"):
        assert f"${{{name}:?" in COMPOSE
        assert f"${{{name}:-" not in COMPOSE


def test_the_secrets_are_made_once(tmp_path):
    write_compose_secrets(tmp_path)
    first = (tmp_path / ".env").read_text()
    for line in first.splitlines():
        assert f"${{{line.partition('=')[0]}:" in COMPOSE
    write_compose_secrets(tmp_path)
    assert (tmp_path / ".env").read_text() == first
    assert mode_of(tmp_path / ".env") == 0o600
    assert mode_of(tmp_path / "secrets") == 0o700
