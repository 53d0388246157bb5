"""The page of figures and its download."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from cases.status import Status
from tests.case_factories import make_case

pytestmark = pytest.mark.django_db

FIGURES = "/angka/"
EXPORT = "/angka/kasus.csv"


def body(response) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.SANKSI)


def test_a_regional_admin_sees_the_figures_of_the_province(client, dewi, case):
    client.force_login(dewi)
    page = client.get(reverse("stats:figures")).content.decode()
    assert "Jawa Tengah" in page
    assert "Kota Semarang" in page
    assert EXPORT in page


def test_a_regional_admin_downloads_the_region(client, dewi, case):
    client.force_login(dewi)
    response = client.get(EXPORT)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="kasus-33.csv"'
    assert case.reference in body(response)


def test_another_region_cannot_be_asked_for(client, dewi, wayan):
    make_case(by=wayan, second=wayan, region_code="51.71")
    client.force_login(dewi)
    assert body(client.get(EXPORT, {"region": "51.71", "region_code": ""})).count("\n") == 1


def test_each_download_is_in_the_audit_trail(client, dewi, case):
    client.force_login(dewi)
    client.get(EXPORT, {"first": "2024-10-01"})
    event = AuditEvent.objects.get(action="figures_exported")
    assert (event.actor, event.subject_id) == (dewi, "33")
    assert event.details == {"first": "2024-10-01", "last": "", "cases": 1}


def test_a_period_that_ends_before_it_begins_is_explained_and_kept(client, dewi, case):
    client.force_login(dewi)
    page = client.get(FIGURES, {"first": "2024-10-02", "last": "2024-10-01"}).content.decode()
    assert "Tukar keduanya" in page
    assert 'value="2024-10-02"' in page


def test_no_case_is_said_and_not_drawn(client, dewi):
    client.force_login(dewi)
    assert "Belum ada kasus" in client.get(FIGURES).content.decode()


@pytest.mark.parametrize("address", [FIGURES, EXPORT])
def test_a_stranger_is_asked_to_log_in(client, reference, address):
    response = client.get(address)
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("address", [FIGURES, EXPORT])
def test_kesbangpol_sees_no_figures(client, kartika, address):
    client.force_login(kartika)
    assert client.get(address).status_code == 403


def test_a_reviewer_sees_figures_but_exports_none(client, sari, case):
    client.force_login(sari)
    assert EXPORT not in client.get(FIGURES).content.decode()
    assert client.get(EXPORT).status_code == 403


@pytest.mark.parametrize("address", [FIGURES, EXPORT])
def test_nothing_is_posted_here(client, dewi, address):
    client.force_login(dewi)
    assert client.post(address).status_code == 405
