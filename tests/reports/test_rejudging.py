"""After an election was corrected, past reports are judged again on request; what was thought before stays."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from reports.models import OutboxEntry, Step
from reports.rejudging import rejudge_moved, summed_up
from reports.work import work_off
from rules.catalogue import load_catalogue
from rules.election_forms import words_of
from rules.models import ElectionEvent
from tests.conftest import make_user
from tests.factories import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LIKES = "Guru PNS di SMP negeri kami menyukai dan berkomentar mendukung di unggahan Instagram paslon bupati nomor 1."
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
CODE = "pilkada-2024"


@pytest.fixture
def report():
    return make_report(narrative=LIKES, act_date=date(2024, 9, 22))


@pytest.fixture
def admin(client, nasrul):
    client.force_login(nasrul)
    return client


def corrected(admin, **changes):
    words = words_of(ElectionEvent.objects.get(code=CODE)) | changes
    data = {name: value for name, value in words.items() if value not in (None, False)}
    return admin.post(reverse("rules:election", args=[CODE]), data)


def test_a_corrected_date_leads_to_the_page_that_counts_what_moves(admin, report):
    make_report(narrative=LIKES, act_date=date(2024, 9, 25))
    answer = corrected(admin, penetapan_date="2024-09-23", source="Keputusan baru")
    assert answer.url == reverse("reports:rejudge")
    page = admin.get(answer.url).content.decode()
    assert "1 laporan: dari sesudah penetapan calon menjadi sebelum penetapan calon" in page
    assert not OutboxEntry.objects.open().exists()


def test_a_corrected_source_moves_nothing_and_asks_nothing(admin, report):
    assert corrected(admin, source="Keputusan baru").url == reverse("rules:elections")
    assert "Tidak ada yang perlu dinilai ulang" in admin.get(reverse("reports:rejudge")).content.decode()


def test_the_new_opinion_is_a_row_of_its_own_on_the_counterpart_row(admin, report, nasrul):
    old = report.classifications.get()
    corrected(admin, penetapan_date="2024-09-23")
    page = admin.post(reverse("reports:rejudge"), follow=True).content.decode()
    assert "1 laporan akan dinilai ulang" in page
    entry = OutboxEntry.objects.open().get(step=Step.CLASSIFY_REPORT, report=report)
    assert work_off(entry_id=entry.pk, clock=lambda: NOW)
    new = report.classifications.exclude(pk=old.pk).get()
    assert (old.stage, new.stage) == ("calon", "bakal_calon")
    before, after = (run.findings.get(rank=1).rule_code for run in (old, new))
    assert load_catalogue().rows[before].counterpart == after
    event = AuditEvent.objects.get(action="reports.rejudged")
    assert (event.actor, event.details) == (nasrul, {"reports": 1})
    assert summed_up() == ()


def test_asking_twice_promises_one_new_opinion(admin, report, nasrul):
    corrected(admin, penetapan_date="2024-09-23")
    assert [rejudge_moved(by=nasrul, at=NOW), rejudge_moved(by=nasrul, at=NOW)] == [1, 0]
    assert AuditEvent.objects.filter(action="reports.rejudged").count() == 1


def test_an_election_that_was_moved_elsewhere_leaves_the_stage_unknown(admin, report):
    corrected(admin, region_codes="Kota Denpasar")
    assert [(move.before, move.after, move.count) for move in summed_up()] == [("calon", "unknown", 1)]


def test_other_roles_are_refused(client, report):
    client.force_login(make_user("lain", Role.AUDITOR, "", "Kantor"))
    assert client.get(reverse("reports:rejudge")).status_code == 403
    assert client.post(reverse("reports:rejudge")).status_code == 403
