"""A new key pair takes over, also when it is interrupted."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from evidence.digests import sha256_hex
from evidence.sealing import read_private_key, read_public_key
from reports import drafts
from reports.erasing import erase_originals
from reports.identity import open_identity
from reports.key_rotation import KeyKind, keys_in_use, progress
from reports.models import Evidence, HeldImage
from reports.originals import Picture, open_original
from tests.factories import AT, REPORTER, finish_work, new_draft, png, send_report
from tests.processes import database_url

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def new_files(tmp_path):
    """The files of a new key pair."""
    call_command("make_keypair", tmp_path / "new.private", tmp_path / "new.public", stdout=io.StringIO())
    return tmp_path / "new.private", tmp_path / "new.public"


def rotate(kind, old, new, **options):
    said = io.StringIO()
    call_command("rotate_keys", kind, old=old, new=new, stdout=said, **options)
    return said.getvalue().splitlines()


def everything_opens():
    for image in [*Evidence.objects.not_erased(), *HeldImage.objects.all()]:
        assert sha256_hex(open_original(image)) == image.sha256
    return True


@pytest.mark.django_db
def test_every_picture_opens_with_the_new_key_and_no_file_changed(reference, settings, key_files, new_files):
    send_report(pictures=3)
    drafts.hold_one(draft=new_draft(), picture=Picture.of(png()), at=AT)
    before = {path.name: path.read_bytes() for path in settings.SEALED_ROOT.glob("*.sealed")}
    said = rotate("evidence", key_files / "evidence.private", new_files[1], batch=2)
    assert said[1:] == ["2 of 4", "4 of 4", "all 4 rows belong to the new key"]
    settings.EVIDENCE_PRIVATE_KEY_FILE = new_files[0]
    assert everything_opens()
    assert {path.name: path.read_bytes() for path in settings.SEALED_ROOT.glob("*.sealed")} == before
    assert sum(event.details["rows"] for event in AuditEvent.objects.filter(action="keys.rotated")) == 4


@pytest.mark.django_db
def test_a_second_run_has_nothing_to_do(reference, key_files, new_files):
    send_report(pictures=2)
    for _ in range(2):
        said = rotate("evidence", key_files / "evidence.private", new_files[1])
    assert said[1:] == ["all 2 rows belong to the new key"]
    assert AuditEvent.objects.filter(action="keys.rotated").count() == 1


@pytest.mark.django_db
def test_identities_have_a_rotation_of_their_own(reference, key_files, new_files, sari, budi):
    report = send_report(lane="laporan").report
    rotate("identity", key_files / "identity.private", new_files[1])
    report.refresh_from_db()
    key = read_private_key(new_files[0])
    assert open_identity(report=report, private_key=key, by=sari, second=budi, reason="Diperiksa.", at=AT) == REPORTER
    assert everything_opens()


@pytest.mark.django_db
def test_the_wrong_old_key_is_named_and_nothing_changes(reference, key_files, new_files):
    send_report()
    before = keys_in_use(kind=KeyKind.EVIDENCE)
    with pytest.raises(CommandError, match=r"1 rows to key [0-9a-f]{16}\. Nothing was changed"):
        rotate("evidence", key_files / "identity.private", new_files[1])
    with pytest.raises(CommandError, match="holds a lapor-netral-public, needed is a lapor-netral-private"):
        rotate("evidence", key_files / "evidence.public", new_files[1])
    assert keys_in_use(kind=KeyKind.EVIDENCE) == before


@pytest.mark.django_db
def test_a_portal_that_still_seals_to_the_old_key_is_noticed(reference, key_files, new_files, monkeypatch):
    send_report()
    monkeypatch.setattr("reports.key_rotation._batches", lambda *arguments: iter(()))
    with pytest.raises(CommandError, match="give the portal the new public key"):
        rotate("evidence", key_files / "evidence.private", new_files[1])


@pytest.mark.django_db
def test_an_erased_key_stays_erased(reference, key_files, new_files):
    report = send_report(pictures=2).report
    finish_work(report, at=AT)
    erase_originals(report=report, by=None, at=AT, reason="Masa simpan sudah lewat.")
    assert rotate("evidence", key_files / "evidence.private", new_files[1])[-1].startswith("all 0 rows")


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_goes_on_where_it_stopped(reference, settings, key_files, new_files):
    for _ in range(4):
        send_report(pictures=10)
    new = read_public_key(new_files[1])
    command = [sys.executable, "manage.py", "rotate_keys", "evidence", "--batch", "1"]
    command += ["--old", str(key_files / "evidence.private"), "--new", str(new_files[1])]
    environment = os.environ | {"DATABASE_URL": database_url()}
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        next(line for line in process.stdout if line.startswith("5 of 40"))
        process.send_signal(signal.SIGKILL)
    half = progress(kind=KeyKind.EVIDENCE, new=new)
    assert 5 <= half.done < half.total == 40
    said = rotate("evidence", key_files / "evidence.private", new_files[1], batch=10)
    assert said[-1] == "all 40 rows belong to the new key"
    settings.EVIDENCE_PRIVATE_KEY_FILE = new_files[0]
    assert everything_opens()
    assert sum(event.details["rows"] for event in AuditEvent.objects.filter(action="keys.rotated")) == 40


def test_a_key_file_is_never_overwritten(new_files):
    before = new_files[0].read_text()
    with pytest.raises(CommandError):
        call_command("make_keypair", new_files[0], new_files[1])
    assert new_files[0].read_text() == before
