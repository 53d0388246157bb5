"""Elections as officers keep them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from rules.election_editing import ElectionRefused, change_election, create_election, facts_of
from rules.loading import load_election_events
from rules.models import ElectionEvent
from tests.conftest import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


def answers(**changes):
    """A local election in two places nothing is wrong with."""
    return {
        "code": "pilkada-uji-2029",
        "name": "Pilkada Uji 2029",
        "kind": "pilkada",
        "contests": ["kepala_daerah"],
        "region_codes": "33.74, kota denpasar",
        "starts_date": "2029-01-01",
        "penetapan_date": "2029-09-22",
        "voting_date": "2029-11-27",
        "ends_date": "2029-12-31",
        "source": "PKPU uji",
    } | changes


def sent(client, **changes):
    data = {name: value for name, value in answers(**changes).items() if value is not None}
    return client.post(reverse("rules:new-election"), data)


def test_the_list_shows_place_and_penetapan(client, nasrul):
    client.force_login(nasrul)
    page = client.get(reverse("rules:elections")).content.decode()
    assert "Pilkada Serentak 2024" in page
    assert "22 Sep 2024" in page
    assert "Seluruh Indonesia" in page


def test_a_day_without_an_election_is_said(client, nasrul):
    ElectionEvent.objects.update(ends_date=date(2025, 12, 31))
    client.force_login(nasrul)
    page = client.get(reverse("rules:elections")).content.decode()
    assert "Hari ini tidak ada pemilihan yang berjalan" in page
    assert "belum diketahui" in page


def test_an_election_is_added_with_its_regions(client, nasrul):
    client.force_login(nasrul)
    assert sent(client).status_code == 302
    event = ElectionEvent.objects.get(code="pilkada-uji-2029")
    assert event.region_codes == ["33.74", "51.71"]
    assert event.penetapan_date == date(2029, 9, 22)
    record = AuditEvent.objects.get(action="election.created")
    assert (record.actor, record.subject_id) == (nasrul, "pilkada-uji-2029")
    assert record.told["facts"]["penetapan_date"] == "2029-09-22"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("region_codes", "33.74, Kota Antah", "Wilayah tidak dikenal: Kota Antah"),
        ("penetapan_date", "2028-12-31", "Penetapan calon tidak bisa sebelum"),
        ("voting_date", "2029-09-21", "tidak bisa sebelum penetapan calon"),
        ("ends_date", "2029-11-26", "tidak bisa berakhir sebelum"),
        ("contests", ["presiden"], "Kepala daerah"),
        ("contests", None, "Kepala daerah"),
        ("penetapan_date", "", "tidak boleh kosong"),
        ("source", "", "tidak boleh kosong"),
        ("code", "pilkada-2024", "sudah dipakai"),
        ("code", "a b", "valid"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field(client, nasrul, field, value, words):
    client.force_login(nasrul)
    before = ElectionEvent.objects.count()
    answer = sent(client, **{field: value})
    assert answer.status_code == 422
    assert any(words in error for error in answer.context["form"].errors[field])
    assert ElectionEvent.objects.count() == before


def test_a_rerun_names_its_places(client, nasrul):
    client.force_login(nasrul)
    answer = sent(client, is_rerun="on", region_codes="")
    assert "Tulis wilayahnya" in answer.content.decode()


def test_a_changed_date_is_kept_before_and_after(client, nasrul):
    event = ElectionEvent.objects.get(code="pilkada-2024")
    client.force_login(nasrul)
    url = reverse("rules:election", args=[event.code])
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if name != "is_rerun"}
    assert client.post(url, data | {"penetapan_date": "2024-09-23"}).status_code == 302
    event.refresh_from_db()
    assert event.penetapan_date == date(2024, 9, 23)
    record = AuditEvent.objects.get(action="election.changed")
    assert record.told == {"changes": {"penetapan_date": ["2024-09-22", "2024-09-23"]}}


def test_a_form_sent_back_unchanged_writes_nothing(nasrul):
    event = ElectionEvent.objects.get(code="pilkada-2024")
    change_election(code=event.code, facts=facts_of(event), by=nasrul, at=NOW)
    assert not AuditEvent.objects.filter(action="election.changed").exists()
    assert ElectionEvent.objects.get(code=event.code).edited_at is None


def test_a_release_leaves_what_an_officer_corrected(client, nasrul):
    client.force_login(nasrul)
    sent(client)
    event = ElectionEvent.objects.get(code="pilkada-2024")
    event.name = "Diperbaiki"
    change_election(code=event.code, facts=facts_of(event), by=nasrul, at=NOW)
    load_election_events()
    assert ElectionEvent.objects.get(code="pilkada-2024").name == "Diperbaiki"
    assert ElectionEvent.objects.filter(code="pilkada-uji-2029").exists()


def test_the_use_case_refuses_too(nasrul):
    event = ElectionEvent.objects.get(code="pilkada-2024")
    event.voting_date = date(2020, 1, 1)
    with pytest.raises(ElectionRefused) as refused:
        create_election(code=event.code, facts=facts_of(event), by=nasrul, at=NOW)
    assert set(refused.value.problems) == {"voting_date", "code"}


def test_an_unknown_election_is_not_found(client, nasrul):
    client.force_login(nasrul)
    assert client.get(reverse("rules:election", args=["tidak-ada"])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NATIONAL_ADMIN])
def test_other_roles_are_refused(client, role):
    client.force_login(make_user("lain", role, "", "Kantor"))
    for url in (reverse("rules:elections"), reverse("rules:new-election"), reverse("rules:election", args=["x"])):
        assert client.get(url).status_code == 403
        assert client.post(url).status_code in (403, 405)
