"""Originals go for good, and what proves that they were there stays."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from evidence import vault
from reports import drafts
from reports.erasing import NotErased, erase_originals, remove_erased_files
from reports.models import Evidence, PreparationState
from reports.models_keys import DataKey
from reports.originals import OriginalErased, open_original
from tests.factories import AT, finish_work, send_report

REASON = "Masa simpan laporan tanpa bukti sudah lewat."

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(reference):
    """A report with two pictures the machine is done with."""
    report = send_report(pictures=2).report
    finish_work(report, text="Pilih nomor 2", at=AT)
    return report


def files(settings):
    return sorted(path.name for root in (settings.SEALED_ROOT, settings.CLEAN_ROOT) for path in root.glob("[0-9a-f]*"))


def erase(report, django_capture_on_commit_callbacks, **changes):
    with django_capture_on_commit_callbacks(execute=True):
        return erase_originals(**{"report": report, "by": None, "at": AT, "reason": REASON} | changes)


def test_key_files_and_text_go_and_the_facts_stay(report, settings, django_capture_on_commit_callbacks):
    before = {picture.id: (picture.sha256, picture.byte_size, picture.width) for picture in report.evidence.all()}
    assert len(files(settings)) == 4
    assert erase(report, django_capture_on_commit_callbacks) == 2
    assert files(settings) == []
    for picture in report.evidence.all():
        assert (picture.text, picture.lines) == ("", [])
        assert (picture.state, picture.erased_at) == (PreparationState.ERASED, AT)
        assert (picture.sha256, picture.byte_size, picture.width) == before[picture.id]
    assert not DataKey.objects.exists()


def test_a_backup_of_the_sealed_file_does_not_bring_it_back(report, settings, django_capture_on_commit_callbacks):
    picture = report.evidence.first()
    backup = vault.load(settings.SEALED_ROOT, picture.sealed_name)
    erase(report, django_capture_on_commit_callbacks)
    vault.store(settings.SEALED_ROOT, picture.sealed_name, backup)
    picture.refresh_from_db()
    with pytest.raises(OriginalErased):
        open_original(picture)


def test_each_picture_is_audited_with_reason_and_hash(report, sari, django_capture_on_commit_callbacks):
    erase(report, django_capture_on_commit_callbacks, by=sari)
    events = AuditEvent.objects.filter(action="evidence.erased")
    assert {event.details["sha256"] for event in events} == set(report.evidence.values_list("sha256", flat=True))
    assert {(event.actor, event.told["reason"]) for event in events} == {(sari, REASON)}


def test_erasing_twice_erases_once(report, django_capture_on_commit_callbacks):
    assert [erase(report, django_capture_on_commit_callbacks) for _ in range(2)] == [2, 0]
    assert AuditEvent.objects.filter(action="evidence.erased").count() == 2


def test_nothing_is_erased_under_the_hands_of_the_machine(reference):
    report = send_report().report
    with pytest.raises(NotErased, match="still works"):
        erase_originals(report=report, by=None, at=AT, reason=REASON)
    assert Evidence.objects.not_erased().filter(report=report).exists()


def test_nothing_is_erased_without_a_reason(report):
    with pytest.raises(NotErased, match="at least 10"):
        erase_originals(report=report, by=None, at=AT, reason="  hapus   ")


def test_files_a_crash_left_behind_go_later(report, settings):
    erase_originals(report=report, by=None, at=AT, reason=REASON)
    assert len(files(settings)) == 4
    remove_erased_files(at=AT)
    assert files(settings) == []


def test_a_file_restored_from_a_backup_is_an_orphan(report, settings, django_capture_on_commit_callbacks):
    picture = report.evidence.first()
    erase(report, django_capture_on_commit_callbacks)
    vault.store(settings.SEALED_ROOT, picture.sealed_name, b"restored")
    assert drafts.drop_expired(at=AT.replace(year=2100)) == 1


@pytest.mark.parametrize(
    "columns", [{"erased_at": AT}, {"erased_at": AT, "state": PreparationState.ERASED, "text": ""}]
)
def test_the_database_knows_no_half_erased_picture(report, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(report=report).update(**columns)
