"""The auditor reads who did and who saw what, takes it along, and keeps the daily head."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.audit import erase_words, record
from accounts.heads import parse_head_file
from accounts.models import AuditEvent
from accounts.roles import Role
from cases.status import Status
from stats.tasks import keep_audit_head
from tests.case_factories import make_case
from tests.conftest import make_user

pytestmark = pytest.mark.django_db

TRAIL = "/audit/"
FILE = "/audit/jejak.csv"


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.REKOMENDASI)


def page(client, by, **asked) -> str:
    client.force_login(by)
    return client.get(TRAIL, asked).content.decode()


def test_the_auditor_reads_who_took_which_step(client, aminah, case):
    found = page(client, aminah, case=case.reference)
    assert "Susun rekomendasi" in found
    assert case.reference in found


def test_who_saw_a_case_is_there(client, aminah, sari, case):
    client.force_login(sari)
    client.get(f"/kasus/{case.pk}/")
    assert "Kasus dilihat" in page(client, aminah, case=case.reference, who="sari")


def test_everybody_who_saw_a_case_is_found_with_one_filter(client, aminah, sari, budi, case):
    for person in (sari, budi):
        client.force_login(person)
        client.get(f"/kasus/{case.pk}/")
    found = page(client, aminah, case=case.reference, action="melihat")
    assert found.count("<time") == 2
    assert "Susun rekomendasi" not in found.split("<table")[1]


def test_pages_follow_one_another_by_id(client, aminah, case, monkeypatch):
    monkeypatch.setattr("stats.audit_trail.EVENTS_PER_PAGE", 3)
    ids = list(AuditEvent.objects.order_by("-id").values_list("pk", flat=True))
    assert len(ids) > 6
    first = page(client, aminah)
    assert f"?sebelum={ids[2]}" in first
    assert "Lebih baru" not in first
    second = client.get(TRAIL, {"sebelum": ids[2]})
    assert [event.pk for event in second.context["page"].events] == ids[3:6]
    back = client.get(TRAIL, {"sesudah": ids[3]})
    assert [event.pk for event in back.context["page"].events] == ids[:3]
    last = client.get(TRAIL, {"sebelum": ids[-2]}).content.decode()
    assert "Lebih lama" not in last


@pytest.mark.parametrize("place", ["", "x", "-1", "9" * 30, "²"])
def test_a_nonsense_place_is_the_first_page(client, aminah, case, place):
    client.force_login(aminah)
    assert client.get(TRAIL, {"sebelum": place}).context["page"].has_newer is False


def test_days_are_those_of_the_portal(client, aminah):
    # Ten past midnight of the 2nd in Jakarta is still the 1st in UTC.
    at = datetime(2030, 1, 1, 17, 10, tzinfo=UTC)
    record(action="noted", by=None, at=at, subject_kind="case", subject_id="a")
    assert page(client, aminah, first="2030-01-02", last="2030-01-02").count("<time") == 1
    assert "Tidak ada catatan yang cocok" in page(client, aminah, first="2030-01-01", last="2030-01-01")
    assert page(client, aminah, last="9999-12-31").count("<time") == 1


def test_the_trail_is_narrowed_by_person_step_and_day(client, aminah, case):
    assert "Tidak ada catatan yang cocok" in page(client, aminah, who="nobody")
    assert "Tidak ada catatan yang cocok" in page(client, aminah, first="2099-01-01")
    only = page(client, aminah, action="daftarkan")
    assert only.count("<time") == AuditEvent.objects.filter(action="daftarkan").count()


def test_a_broken_case_number_is_explained_and_kept(client, aminah, case):
    found = page(client, aminah, case="LN-x")
    assert "Tulis nomor kasus seperti" in found
    assert 'value="LN-x"' in found


def test_an_auditor_of_a_region_reads_of_its_cases_alone(client, case, wayan):
    elsewhere = make_case(by=wayan, second=wayan, region_code="51.71")
    putri = make_user("putri", Role.AUDITOR, "33", "Inspektorat Jawa Tengah")
    found = page(client, putri)
    assert case.reference in found
    assert elsewhere.reference not in found
    assert "Tidak ada catatan yang cocok" in page(client, putri, case=elsewhere.reference)


def test_the_file_holds_what_was_asked_for_and_is_itself_on_record(client, aminah, case):
    client.force_login(aminah)
    response = client.get(FILE, {"case": case.reference, "action": "daftarkan"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "daftarkan" in lines[1]
    event = AuditEvent.objects.get(action="audit_exported")
    assert (event.actor, event.details["events"]) == (aminah, 1)


def test_no_cell_is_a_formula(client, aminah, sari):
    record(action="noted", by=sari, at=timezone.now(), subject_kind="case", subject_id="=1+1", details={"reason": "=2"})
    client.force_login(aminah)
    file = b"".join(client.get(FILE, {"action": "noted"}).streaming_content).decode()
    assert '"\'=1+1"' in file


def test_an_erased_text_is_said_to_be_erased_on_the_page_and_in_the_file(client, aminah, sari, budi):
    typed = record(
        action="noted", by=sari, at=timezone.now(), subject_kind="case", subject_id="a", words={"reason": "Slamet"}
    )
    client.force_login(aminah)
    assert "Slamet" in client.get(TRAIL, {"who": "sari"}).content.decode()
    assert '""reason"": ""Slamet""' in b"".join(client.get(FILE, {"who": "sari"}).streaming_content).decode()
    details = {"proposed_by": sari.pk, "words": 1}
    erasing = record(
        action="kasus_dihapus", by=budi, at=timezone.now(), subject_kind="case", subject_id="a", details=details
    )
    erase_words([typed], erased_in=erasing)
    shown = client.get(TRAIL, {"who": "sari"}).content.decode()
    file = b"".join(client.get(FILE, {"who": "sari"}).streaming_content).decode()
    for told in (shown, file):
        assert "sudah dihapus" in told
        assert "Slamet" not in told


def test_the_file_goes_on_over_many_chunks_and_ends_before_itself(client, aminah, case, monkeypatch):
    monkeypatch.setattr("stats.audit_trail.CHUNK", 3)
    client.force_login(aminah)
    expected = AuditEvent.objects.count()
    lines = b"".join(client.get(FILE).streaming_content).decode().splitlines()
    assert len(lines) == expected + 1
    assert AuditEvent.objects.get(action="audit_exported").details["events"] == expected


def test_the_daily_head_is_signed_and_reads_back(client, aminah, case):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    keep_audit_head()
    day = timezone.localdate()
    client.force_login(aminah)
    assert f"/audit/sidik/{day}.txt" in client.get(TRAIL).content.decode()
    position, digest, _, signature = parse_head_file(client.get(f"/audit/sidik/{day}.txt").content.decode())
    assert (position > 0, len(digest), len(signature)) == (True, 32, 64)


@pytest.mark.parametrize("day", ["2024-02-30", str(timezone.localdate() + timedelta(days=400))])
def test_a_day_without_a_head_is_not_found(client, aminah, day):
    client.force_login(aminah)
    assert client.get(f"/audit/sidik/{day}.txt").status_code == 404
