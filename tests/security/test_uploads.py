"""What people upload, through the real form: the web process never decodes, names lead nowhere, bombs stay shut."""

import os
import struct
import tempfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from evidence.sealing import seal, unseal
from reports import originals
from reports.models import Evidence, HeldImage, Report
from tests.factories import png
from tests.reports.conftest import Citizen, laporan_answers

NAMES = [
    "../../../etc/cron.d/kenari.png",
    "/etc/kenari.png",
    "..\\..\\kenari.png",
    "kenari.php%00.png",
    "kenari\u202egnp.exe",
    "<img src=x onerror=kenari()>.png",
    "kenari;rm -rf $HOME.png",
    "k" * 200 + ".png",
    "CON.png",
    "😀.png",
    ".htaccess",
]

NO_PICTURES = [
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='kenari()'/>",
    b"<!doctype html><script>kenari()</script>",
    b"GIF89a/*" + b"\0" * 60 + b"*/=kenari()",
    b"%PDF-1.7 kenari",
    b"PK\x03\x04kenari",
    b"MZkenari",
    b"#!/bin/sh\nkenari",
    b"<?php kenari(); ?>",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def citizen(client):
    """Somebody who has the form before them."""
    return Citizen(client)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def upload(data: bytes, name: str = "gambar.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


@pytest.fixture
def no_decoder(monkeypatch):
    """Whoever decodes in this process fails."""

    def forbidden(*arguments, **others):
        raise AssertionError("the web process decoded a picture")

    monkeypatch.setattr(Image, "open", forbidden)
    monkeypatch.setattr(zlib, "decompress", forbidden)
    monkeypatch.setattr(zlib, "decompressobj", forbidden)


def packed(zeros: int) -> bytes:
    return zlib.compress(b"\0" * zeros, 9)


BOMBS = {
    "a wall of black": raw_png(10_000, 4_900, chunk(b"IDAT", packed(30_001 * 4_900))),
    "a text of 70 MB": raw_png(9, 9, chunk(b"zTXt", b"k\0\0" + packed(70_000_000)), chunk(b"IDAT", packed(252))),
    "no pixels at all": raw_png(9, 9, chunk(b"IDAT", b"kenari")),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_the_web_process_takes_a_bomb_without_opening_it(bomb, citizen, no_decoder):
    answer = citizen.client.post(
        citizen.url, {**laporan_answers(), "key": citizen.key, "pictures": [upload(BOMBS[bomb])]}
    )
    assert answer.status_code == 200
    assert Evidence.objects.get().state == "waiting"


@pytest.mark.parametrize("size", [(60_000, 60_000), (1, 65_535), (65_535, 1)])
def test_a_picture_of_impossible_size_is_refused_at_once(size, citizen, no_decoder):
    answer = citizen.send(raw_png(*size, chunk(b"IDAT", b"x")))
    assert b"batasnya" in answer.content
    assert (Report.objects.count(), HeldImage.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_used(name, citizen, tmp_path):
    citizen.send(pictures=[upload(png(), name)])
    evidence = Evidence.objects.get()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.relative_to(tmp_path) for path in files] == [
        (tmp_path / "sealed" / evidence.sealed_name).relative_to(tmp_path)
    ]


@pytest.mark.parametrize("kind", ["image/png", "text/html", "application/x-httpd-php"])
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(kind, citizen, tmp_path):
    for data in NO_PICTURES:
        answer = citizen.send(pictures=[upload(data, "gambar.png", kind)])
        assert "Gambar ke-1" in answer.content.decode(), data
    assert (Report.objects.count(), HeldImage.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_nothing_unsealed_touches_the_disk(citizen, monkeypatch, tmp_path):
    """A large upload too, which Django would otherwise put into a temporary folder."""

    def forbidden(*arguments, **others):
        raise AssertionError("a temporary file was made")

    for maker in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, maker, forbidden)
    noise = os.urandom(3_000_000)
    citizen.send(raw_png(9, 9, chunk(b"teSt", noise)))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".sealed"]
    assert noise[:64] not in files[0].read_bytes()


def test_the_web_process_cannot_open_what_it_sealed(citizen, settings):
    settings.EVIDENCE_PRIVATE_KEY_FILE = None
    citizen.send(png())
    with pytest.raises(Exception, match="EVIDENCE_PRIVATE_KEY_FILE"):
        originals.open_original(Evidence.objects.get())


def test_a_sealed_picture_moved_to_another_row_does_not_open(citizen, key_files):
    pair = [(key_files / f"evidence.{half}") for half in ("public", "private")]
    public, private = originals.read_public_key(pair[0]), originals.read_private_key(pair[1])
    sealed = seal(b"kenari", public, "evidence|a|v1")
    assert unseal(sealed.sealed_key, sealed.ciphertext, private, "evidence|a|v1") == b"kenari"
    with pytest.raises(originals.SealBroken):
        unseal(sealed.sealed_key, sealed.ciphertext, private, "evidence|b|v1")
