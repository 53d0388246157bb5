"""A visit to the address of a report is a row beside it, whatever comes of it; off unless somebody switches it on."""

from datetime import timedelta
from functools import partial

import pytest
from celery import current_app
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from evidence import vault
from evidence.digests import sha256_hex
from evidence.sealing import generate_keypair, key_id, read_private_key, unseal
from reports import link_capture, outbox, work
from reports.erasing import NotErased, erase_originals
from reports.erasing_reports import erase_report
from reports.key_rotation import KeyKind, rotate
from reports.link_fetching import fetch
from reports.link_policy import CaptureRefusal, Policy
from reports.models import Report, Step
from reports.models_capture import WHY_NOT, LinkCapture
from reports.models_keys import DataKey
from tests.factories import AT, finish_work, send_report
from tests.reports.web_server import PAGE, running_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def switched_on(settings):
    settings.LINK_CAPTURE = True


@pytest.fixture
def site():
    with running_site() as server:
        yield server


@pytest.fixture
def visiting(site, monkeypatch):
    """Visits of this process go to the site, whatever name they are for."""
    port = site.server_address[1]
    policy = Policy(frozenset({"127.0.0.1"}), frozenset({port}))
    near = partial(fetch, policy=policy, resolve=lambda host, port: ["127.0.0.1"])
    monkeypatch.setattr(link_capture, "fetch", lambda url, *, policy: near(url))
    return f"http://contoh.id:{port}"


def owed(report):
    return report.outbox.filter(step=Step.CAPTURE_LINK)


def visited(link):
    report = send_report(link=link).report
    work.work_off(entry_id=owed(report).get().pk, clock=lambda: AT)
    return report


def test_nothing_is_visited_unless_switched_on(reference, settings):
    assert settings.LINK_CAPTURE is False
    assert not owed(send_report(link="https://contoh.id/a").report).exists()


def test_a_report_without_an_address_owes_no_visit(reference, switched_on):
    assert not owed(send_report(link="unggahan di status WA").report).exists()


def test_what_stood_there_is_sealed_and_its_hash_kept(reference, switched_on, visiting, settings):
    report = visited(f"{visiting}/once")
    row = report.link_capture
    assert (row.status, row.content_type, row.sha256, row.refusal) == (200, "text/html", sha256_hex(PAGE), "")
    assert (row.requested_url, row.final_url) == (f"{visiting}/once", f"{visiting}/")
    ciphertext = vault.load(settings.SEALED_ROOT, row.sealed_name)
    assert PAGE not in ciphertext
    key = read_private_key(settings.EVIDENCE_PRIVATE_KEY_FILE)
    assert unseal(bytes(DataKey.objects.get(pk=row.pk).sealed_key), ciphertext, key, row.context) == PAGE
    event = AuditEvent.objects.about(report.id).get(action="link.visited")
    assert event.details == {"sha256": row.sha256}


def test_doing_it_twice_visits_once(reference, switched_on, visiting, site):
    report = visited(f"{visiting}/")
    assert not work.work_off(entry_id=owed(report).get().pk, clock=lambda: AT)
    outbox.enqueue(step=Step.CAPTURE_LINK, report=report, at=AT)
    work.work_off(entry_id=owed(report).last().pk, clock=lambda: AT)
    assert len(site.seen) == 1


def test_a_visit_that_was_switched_off_meanwhile_is_not_made(reference, switched_on, visiting, site, settings):
    report = send_report(link=f"{visiting}/").report
    settings.LINK_CAPTURE = False
    assert work.work_off(entry_id=owed(report).get().pk, clock=lambda: AT)
    assert site.seen == []
    assert not LinkCapture.objects.exists()


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("http://127.0.0.1/", "closed_network"),
        ("http://[::1]/", "closed_network"),
        ("http://2130706433/", "closed_network"),
        ("http://contoh.id:6379/", "closed_port"),
    ],
)
def test_a_refused_address_is_said_to_be_one_and_the_report_goes_on(reference, switched_on, link, why):
    report = visited(link)
    finish_work(report, at=AT)
    assert (report.link_capture.refusal, report.classification_state) == (why, "classified")
    assert not AuditEvent.objects.about(report.id).filter(details__icontains="http").exists()


def test_a_visit_given_up_asks_for_nobody(reference, switched_on, settings, visiting):
    report = send_report(link=f"{visiting}/").report
    (settings.SEALED_ROOT / "links").write_bytes(b"no folder")
    for _ in range(3):
        with pytest.raises(FileExistsError):
            work.work_off(entry_id=owed(report).get().pk, clock=lambda: AT)
    assert report.link_capture.refusal == "gave_up"
    finish_work(report, at=AT)
    assert report.classification_state == "classified"


def test_an_open_visit_does_not_hold_up_the_classification(reference, switched_on):
    report = send_report(link="https://contoh.id/a").report
    picture = report.outbox.get(step=Step.PREPARE_EVIDENCE)
    outbox.finish(entry=outbox.claim(entry_id=picture.pk, at=AT), at=AT)
    assert report.outbox.filter(step=Step.CLASSIFY_REPORT).count() == 1


def test_visits_go_to_a_queue_of_their_own(reference, switched_on, broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_report(link="https://contoh.id/a")
    with current_app.connection_for_read() as connection:
        waiting = [connection.default_channel.client.llen(name) for name in ("celery", "links")]
    assert waiting == [1, 1]


def test_erasing_takes_the_key_and_the_file(
    reference, switched_on, visiting, settings, django_capture_on_commit_callbacks
):
    report = visited(f"{visiting}/")
    finish_work(report, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        erase_originals(report=report, by=None, at=AT, reason="Masa simpan laporan sudah lewat.")
    row = LinkCapture.objects.get(report=report)
    assert row.sha256 == sha256_hex(PAGE)
    assert not DataKey.objects.exists()
    assert not (settings.SEALED_ROOT / row.sealed_name).exists()


def test_an_erased_report_leaves_no_address_behind(reference, switched_on, visiting):
    report = visited(f"{visiting}/once")
    finish_work(report, at=AT)
    erase_report(report=report, by=None, at=AT, reason="Masa simpan laporan sudah lewat.")
    row = LinkCapture.objects.get(report=report)
    assert (row.requested_url, row.final_url) == ("", "")
    assert not DataKey.objects.exists()


def test_a_new_key_takes_over_captures_too(reference, switched_on, visiting, settings):
    row = visited(f"{visiting}/").link_capture
    old, new = read_private_key(settings.EVIDENCE_PRIVATE_KEY_FILE), generate_keypair()
    done = rotate(kind=KeyKind.EVIDENCE, old=old, new=new.public, at=AT, tell=lambda progress: None)
    assert (done.done, done.total) == (2, 2)
    assert bytes(DataKey.objects.get(pk=row.pk).sealed_key)[1:9].hex() == key_id(new.public)


def test_every_refusal_has_words():
    assert set(WHY_NOT) == set(CaptureRefusal)


def test_the_database_takes_no_half_capture(reference):
    report = send_report().report
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCapture.objects.create(report=report, requested_url="https://contoh.id/", fetched_at=AT)
    assert Report.objects.contains(report)
    assert link_capture.visit_link(report=report) is None


@pytest.fixture
def unvisited(reference, switched_on):
    """A report whose link nobody visited yet; the rest is done."""
    report = send_report(link="https://contoh.id/a").report
    while entry := report.outbox.open().exclude(step=Step.CAPTURE_LINK).first():
        outbox.finish(entry=outbox.claim(entry_id=entry.pk, at=AT), at=AT)
    return report


def test_visits_are_announced_again_only_where_they_are_switched_on(unvisited, settings):
    later = AT + timedelta(minutes=6)
    assert outbox.sweep(at=later) == [owed(unvisited).get()]
    settings.LINK_CAPTURE = False
    assert outbox.sweep(at=later) == []


def test_a_visit_nobody_makes_does_not_keep_a_report_from_being_erased(unvisited):
    assert erase_originals(report=unvisited, by=None, at=AT, reason="Masa simpan sudah lewat.") == 1
    assert owed(unvisited).get().gave_up_at == AT
    assert not LinkCapture.objects.exists()


def test_a_visit_under_way_is_waited_for(unvisited):
    outbox.claim(entry_id=owed(unvisited).get().pk, at=AT)
    with pytest.raises(NotErased):
        erase_originals(report=unvisited, by=None, at=AT, reason="Masa simpan sudah lewat.")
