"""Who sent a report: two people, one key, one line in the audit."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from reports.models import Lane
from tests.factories import REPORTER, send_report


@pytest.fixture
def report(reference):
    return send_report(lane=Lane.LAPORAN).report


def open_at_the_console(report, key_files, **changes):
    options = {
        "key": key_files / "identity.private",
        "by": "sari",
        "second": "budi",
        "reason": "Panggilan klarifikasi pelapor",
    } | changes
    out = io.StringIO()
    call_command("open_identity", str(report.id), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_two_people_with_the_key_read_the_identity_and_the_audit_says_so(report, sari, budi, key_files):
    shown = open_at_the_console(report, key_files)
    assert REPORTER.name in shown
    assert REPORTER.address in shown
    event = AuditEvent.objects.about(report.id).get(action="identity.opened")
    assert event.actor == sari
    assert event.details["second"] == budi.pk
    assert event.words.told == {"second_name": "budi", "reason": "Panggilan klarifikasi pelapor"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"second": "sari"}, "Two different people"),
        ({"second": "nobody"}, "does not exist"),
        ({"second": "wayan"}, "wayan may not open"),
        ({"second": "kartika"}, "kartika may not open"),
        ({"by": "dewi"}, "dewi may not open"),
        ({"reason": "  ingin  "}, "reason"),
    ],
)
def test_anybody_else_is_refused_and_nothing_is_shown(
    report, sari, budi, wayan, kartika, dewi, key_files, changes, complaint
):
    with pytest.raises(CommandError, match=complaint) as refusal:
        open_at_the_console(report, key_files, **changes)
    assert REPORTER.name not in str(refusal.value)
    assert not AuditEvent.objects.filter(action="identity.opened").exists()


@pytest.mark.django_db
def test_an_inactive_account_does_not_count(report, sari, budi, key_files):
    budi.is_active = False
    budi.save()
    with pytest.raises(CommandError, match="budi may not open"):
        open_at_the_console(report, key_files)


@pytest.mark.django_db
def test_another_key_does_not_open_it(report, sari, budi, key_files):
    with pytest.raises(CommandError, match="does not open with this key"):
        open_at_the_console(report, key_files, key=key_files / "evidence.private")


@pytest.mark.django_db
def test_a_public_key_is_not_enough(report, sari, budi, key_files):
    with pytest.raises(CommandError, match=r"identity\.public"):
        open_at_the_console(report, key_files, key=key_files / "identity.public")


@pytest.mark.django_db
def test_the_identity_of_another_report_does_not_open_here(report, sari, budi, key_files):
    other = send_report(lane=Lane.LAPORAN).report
    report.identity_key, report.identity_box = other.identity_key, other.identity_box
    report.save()
    with pytest.raises(CommandError, match="does not open with this key"):
        open_at_the_console(report, key_files)


@pytest.mark.django_db
def test_first_information_has_no_identity_to_open(reference, sari, budi, key_files):
    with pytest.raises(CommandError, match="without an identity"):
        open_at_the_console(send_report().report, key_files)
