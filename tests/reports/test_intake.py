"""A report comes in: all of it or nothing, once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import AuditEvent
from evidence.digests import sha256_hex
from reports import drafts, intake, originals
from reports.models import Evidence, HeldImage, Lane, OutboxEntry, Report, Step
from reports.models_keys import DataKey
from reports.originals import Picture, StorageFailed
from tests.factories import AT, REPORTER, new_draft, png, report_facts, send_report


def sealed_files(settings):
    return sorted(path.stem for path in Path(settings.SEALED_ROOT).glob("*.sealed"))


def everything():
    return [model.objects.count() for model in (Report, Evidence, OutboxEntry, AuditEvent, HeldImage)]


@pytest.mark.django_db
def test_a_report_its_pictures_their_work_and_the_audit_event_come_together(reference, settings):
    files = [png(), png()]
    sent = send_report(pictures=files)
    evidence = list(sent.report.evidence.in_order())
    assert [row.sha256 for row in evidence] == [sha256_hex(data) for data in files]
    assert [row.position for row in evidence] == [1, 2]
    assert sealed_files(settings) == sorted(str(row.id) for row in evidence)
    assert list(OutboxEntry.objects.values_list("step", flat=True)) == [Step.PREPARE_EVIDENCE] * 2
    event = AuditEvent.objects.about(sent.report.id).get()
    assert (event.action, event.actor, event.details) == (
        "report.received",
        None,
        {"lane": "informasi_awal", "pictures": 2},
    )


@pytest.mark.django_db
def test_the_original_opens_again_to_the_exact_bytes(reference):
    data = png()
    evidence = send_report(pictures=[data]).report.evidence.get()
    assert originals.open_original(evidence) == data


@pytest.mark.django_db
def test_an_original_moved_to_another_row_does_not_open(reference, settings):
    one, other = (send_report().report.evidence.get() for _ in range(2))
    (settings.SEALED_ROOT / one.sealed_name).replace(settings.SEALED_ROOT / other.sealed_name)
    DataKey.objects.filter(pk=other.pk).update(sealed_key=DataKey.objects.get(pk=one.pk).sealed_key)
    with pytest.raises(originals.OriginalDamaged):
        originals.open_original(other)


@pytest.mark.django_db
def test_sending_the_same_form_again_gives_the_same_code_and_nothing_else(reference, settings):
    draft = new_draft()
    pictures = [Picture.of(png())]
    first = intake.submit(facts=report_facts(), pictures=pictures, draft=draft, at=AT)
    before = everything(), sealed_files(settings)
    again = intake.submit(facts=report_facts(), pictures=pictures, draft=draft, at=AT + timedelta(minutes=1))
    assert (again.code, again.is_repeat, first.is_repeat) == (first.code, True, False)
    assert (everything(), sealed_files(settings)) == before


@pytest.mark.django_db
def test_another_browser_with_the_same_form_sees_no_code(reference):
    draft = new_draft()
    intake.submit(facts=report_facts(), pictures=[Picture.of(png())], draft=draft, at=AT)
    stranger = drafts.Draft(key=draft.key, browser_secret="another")
    answer = intake.submit(facts=report_facts(), pictures=[Picture.of(png())], draft=stranger, at=AT)
    assert (answer.code, answer.is_repeat, Report.objects.count()) == (None, True, 1)


@pytest.mark.django_db(transaction=True)
def test_sixteen_parallel_submissions_make_one_report_and_show_one_code(reference, settings):
    draft = new_draft()
    pictures = [Picture.of(png())]
    start = threading.Barrier(16)

    def submit(_):
        start.wait()
        try:
            return intake.submit(facts=report_facts(), pictures=pictures, draft=draft, at=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        receipts = list(pool.map(submit, range(16)))
    assert {receipt.code for receipt in receipts} == {draft.receipt_code}
    assert sorted(receipt.is_repeat for receipt in receipts) == [False] + [True] * 15
    assert Report.objects.count() == 1
    assert sealed_files(settings) == [str(Evidence.objects.get().id)]


@pytest.mark.django_db
def test_the_database_never_holds_the_code_or_the_key(reference):
    draft = new_draft()
    code = intake.submit(facts=report_facts(), pictures=[Picture.of(png())], draft=draft, at=AT).code
    report = Report.objects.get()
    stored = " ".join(str(value) for value in vars(report).values())
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert draft.key not in stored
    assert Report.objects.with_receipt(code.lower().replace("-", " ")).get() == report


@pytest.mark.django_db
def test_a_failed_vault_leaves_nothing(reference, settings):
    settings.SEALED_ROOT.write_text("a file where the folder should be")
    with pytest.raises(StorageFailed):
        send_report()
    assert everything() == [0] * 5


@pytest.mark.django_db
def test_without_the_identity_key_a_laporan_is_not_taken(reference, settings):
    settings.IDENTITY_PUBLIC_KEY_FILE = None
    with pytest.raises(StorageFailed):
        send_report(lane=Lane.LAPORAN)
    assert everything() == [0] * 5


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_takes_its_files_with_it(reference, settings):
    with pytest.raises(Exception, match="regions_region"):
        send_report(region_code="99.99")
    assert everything() == [0] * 5
    assert sealed_files(settings) == []
    assert not DataKey.objects.exists()


@pytest.mark.django_db
def test_when_the_database_goes_away_the_files_wait_for_the_sweep_of_orphans(reference, settings):
    def lose_the_database():
        with originals.seal_originals([Picture.of(png())]):
            raise OperationalError("server closed the connection unexpectedly")

    with pytest.raises(OperationalError):
        lose_the_database()
    assert len(sealed_files(settings)) == 1
    now = timezone.now()
    drafts.drop_expired(at=now)
    assert len(sealed_files(settings)) == 1
    drafts.drop_expired(at=now + timedelta(hours=2))
    assert sealed_files(settings) == []
    assert not DataKey.objects.exists()


@pytest.mark.django_db
def test_identity_is_sealed_in_the_laporan_lane(reference):
    report = send_report(lane=Lane.LAPORAN).report
    for secret in (REPORTER.name, REPORTER.address, REPORTER.contact):
        assert secret.encode() not in bytes(report.identity_box) + bytes(report.identity_key)
    assert REPORTER.name not in repr(REPORTER)


@pytest.mark.django_db
def test_held_pictures_become_evidence_with_their_files(reference, settings):
    draft = new_draft()
    kept = [png(), png()]
    held = drafts.hold(draft=draft, pictures=[Picture.of(data) for data in kept], at=AT)
    new = png()
    intake.submit(
        facts=report_facts(), pictures=[Picture.of(new)], draft=draft, at=AT, held=[image.id for image in held]
    )
    evidence = Evidence.objects.in_order()
    assert [originals.open_original(row) for row in evidence] == [*kept, new]
    assert HeldImage.objects.count() == 0


@pytest.mark.django_db
def test_custody_tells_when_each_picture_came_not_when_the_form_did(reference):
    draft, later = new_draft(), AT + timedelta(hours=20)
    held = drafts.hold(draft=draft, pictures=[Picture.of(png())], at=AT)
    submit = {"facts": report_facts(), "pictures": [Picture.of(png())], "held": [held[0].id], "draft": draft}
    intake.submit(**submit, at=later)
    for row, moment in zip(Evidence.objects.in_order(), (AT, later), strict=True):
        told = AuditEvent.objects.about(row.id).oldest_first().values_list("action", "at")
        assert list(told) == [("evidence.received", moment), ("evidence.sealed", moment)]


@pytest.mark.django_db
def test_held_pictures_that_are_gone_are_missed_not_forgotten(reference, settings):
    draft = new_draft()
    held = drafts.hold(draft=draft, pictures=[Picture.of(png())], at=AT)
    drafts.drop_expired(at=AT + timedelta(days=2))
    with pytest.raises(drafts.PicturesGone):
        intake.submit(facts=report_facts(), pictures=[], draft=draft, at=AT, held=[held[0].id])
    assert Report.objects.count() == 0
