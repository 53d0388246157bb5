"""Pictures become viewable and readable, in a real limited child process."""

import io
import struct
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from accounts.models import AuditEvent
from evidence import vault
from evidence.digests import sha256_hex
from evidence.limits import READER_LIMITS
from evidence.text import ATTEMPTS
from reports import originals, outbox, preparation, work
from reports.models import OutboxEntry
from tests.factories import AT, png, send_report


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_without_pixels():
    """Every header in order, so that only the decoder can find out."""
    header = struct.pack(">IIBBBBB", 24, 32, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"no pixels") + chunk(b"IEND", b"")


def evidence_of(*pictures):
    return send_report(pictures=list(pictures)).report.evidence.get()


@pytest.mark.django_db
def test_a_screenshot_gets_a_clean_copy_and_its_words(reference, settings, images):
    evidence = evidence_of((images / "whatsapp.png").read_bytes())
    preparation.prepare_evidence(evidence=evidence, at=AT)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.reading_state) == ("ready", "read")
    assert sha256_hex(vault.load(settings.CLEAN_ROOT, evidence.clean_name)) == evidence.clean_sha256
    assert evidence.text
    assert {"text", "box", "confidence"} == set(evidence.lines[0])
    told = AuditEvent.objects.about(evidence.id).filter(action="evidence.prepared").oldest_first()
    actions = told.values_list("details__state", "details__reading")
    assert list(actions) == [("ready", None), (None, "read")]


@pytest.mark.django_db
def test_preparing_twice_changes_nothing(reference, settings):
    evidence = evidence_of(png())
    for _ in range(2):
        preparation.make_clean_copy(evidence=evidence, at=AT)
    assert AuditEvent.objects.about(evidence.id).filter(action="evidence.prepared").count() == 1


@pytest.mark.django_db
def test_a_picture_the_decoder_refuses_needs_a_person_and_is_never_shown(reference, settings):
    evidence = evidence_of(png_without_pixels())
    preparation.prepare_evidence(evidence=evidence, at=AT)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.reading_state, evidence.clean_sha256) == ("needs_person", "failed", "")
    assert evidence.refusal
    assert not settings.CLEAN_ROOT.exists()


def five_times(path):
    """A picture below itself, so that reading it takes seconds on any machine."""
    picture = Image.open(path).convert("RGB")
    tall = Image.new("RGB", (picture.width, picture.height * 5))
    for number in range(5):
        tall.paste(picture, (0, number * picture.height))
    file = io.BytesIO()
    tall.save(file, "PNG")
    return file.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"cpu_seconds": 0}, {"memory_bytes": 64 * 1024 * 1024}])
def test_a_reader_that_is_killed_fails_the_reading_and_loses_no_report(change, reference, images, monkeypatch):
    killed = ("faster-paddle/tiny+small", replace(READER_LIMITS, **change))
    monkeypatch.setitem(ATTEMPTS, "faster-paddle", (killed, killed))
    evidence = evidence_of(five_times(images / "whatsapp.png"))
    preparation.prepare_evidence(evidence=evidence, at=AT)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.reading_state, evidence.text) == ("ready", "failed", "")
    assert "gagal" in evidence.get_reading_state_display()


@pytest.mark.django_db
def test_a_picture_that_could_not_be_read_is_still_viewable(reference):
    evidence = evidence_of(png())
    preparation.make_clean_copy(evidence=evidence, at=AT)
    preparation.store_reading(evidence=evidence, reading=preparation.Reading(None), at=AT)
    assert (evidence.state, evidence.reading_state) == ("ready", "failed")


@pytest.mark.django_db
def test_a_damaged_original_is_noticed_tried_three_times_and_given_up(reference, settings):
    report = send_report().report
    evidence = report.evidence.get()
    (settings.SEALED_ROOT / evidence.sealed_name).write_bytes(b"something else")
    entry = report.outbox.get()
    for _ in range(3):
        with pytest.raises(originals.OriginalDamaged):
            work.work_off(entry_id=entry.pk, clock=lambda: AT)
    evidence.refresh_from_db()
    entry.refresh_from_db()
    assert (evidence.state, entry.last_error, entry.attempts) == ("needs_person", "OriginalDamaged", 3)


@pytest.mark.django_db
def test_the_last_try_of_reading_leaves_the_clean_copy_viewable(reference):
    report = send_report().report
    evidence = report.evidence.get()
    preparation.make_clean_copy(evidence=evidence, at=AT)
    entry = report.outbox.get()
    for attempt in range(3):
        outbox.claim(entry_id=entry.pk, at=AT + attempt * timedelta(minutes=6))
    outbox.sweep(at=AT + timedelta(minutes=18))
    evidence.refresh_from_db()
    assert (evidence.state, evidence.reading_state) == ("ready", "failed")


@pytest.mark.django_db
def test_doing_a_piece_of_work_twice_does_it_once(reference):
    entry = send_report().report.outbox.get()
    assert work.work_off(entry_id=entry.pk, clock=lambda: AT)
    assert not work.work_off(entry_id=entry.pk, clock=lambda: AT)
    assert OutboxEntry.objects.filter(step="prepare_evidence", finished_at=AT).count() == 1
