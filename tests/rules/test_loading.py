"""Catalogue and election events in the database."""

from datetime import UTC, datetime

import pytest

from rules.catalogue import load_catalogue
from rules.elections import read_elections
from rules.loading import load_catalogue_version, load_election_events
from rules.models import CatalogueVersion, ElectionEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_loading_twice_makes_one_version():
    first = load_catalogue_version(at=NOW)
    assert load_catalogue_version(at=NOW) == first
    assert CatalogueVersion.objects.count() == 1


def test_a_version_keeps_the_whole_catalogue():
    version = load_catalogue_version(at=NOW)
    version.refresh_from_db()
    assert version.digest == load_catalogue().version
    assert version.content["rows"][0]["code"] == "SKB2-II-A-1"
    assert version.content["meta"]["sources"]
    assert "__line__" not in str(version.content)


def test_loading_elections_twice_changes_nothing():
    assert load_election_events() == load_election_events() == len(read_elections())
    assert ElectionEvent.objects.count() == len(read_elections())


def test_a_changed_date_is_refreshed():
    load_election_events()
    ElectionEvent.objects.filter(code="pilkada-2024").update(name="salah")
    load_election_events()
    assert ElectionEvent.objects.get(code="pilkada-2024").name == "Pilkada Serentak 2024"
