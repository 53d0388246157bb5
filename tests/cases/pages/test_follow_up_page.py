"""The reporter's pages: the code opens them, leaves no trace, and nothing in them names anybody."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.messages import send_to_reporter
from cases.models import Message
from cases.status import Status
from reports import receipt
from reports.models import Evidence, Report
from tests.case_factories import make_case
from tests.factories import png

CODE = "ABCDE-FGHJK-MNPQR-STVWX-YZ0123"
OTHER = "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZZ"


@pytest.fixture
def report(case):
    found = case.case_reports.get().report
    Report.objects.filter(pk=found.pk).update(receipt_digest=receipt.digest(CODE))
    found.refresh_from_db()
    return found


@pytest.fixture
def reporter(report, client):
    client.post("/lacak/", {"code": CODE})
    return client


@pytest.mark.parametrize(
    "written", [CODE, CODE.lower(), CODE.replace("-", " "), f"  {CODE.replace('-', '')} ", CODE.replace("0", "o")]
)
def test_the_code_opens_the_report_however_it_is_written(written, report, client):
    answer = client.post("/lacak/", {"code": written}, follow=True)
    assert answer.redirect_chain == [("/lacak/laporan/", 302)]
    assert "Laporan Anda sudah sampai di meja petugas." in answer.content.decode()


@pytest.mark.parametrize(
    "written", [OTHER, "abc", "", "'; --", "U" * 26, "\x00", "A" * 5000, "<script>alert(1)</script>"]
)
def test_a_code_that_is_not_one_gets_nowhere(written, report, client):
    answer = client.post("/lacak/", {"code": written})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert client.get("/lacak/laporan/").status_code == 302


def test_a_slip_and_an_unknown_code_get_the_same_page(report, client):
    def page(code):
        text = client.post("/lacak/", {"code": code}).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(code, "")

    assert page(OTHER) == page("ABCDE")


def test_the_code_is_in_no_address_cookie_title_log_or_session(report, client, caplog):
    bare = CODE.replace("-", "")
    with caplog.at_level(logging.DEBUG):
        client.post("/lacak/", {"code": OTHER})
        client.post("/lacak/", {"code": CODE})
        answer = client.get("/lacak/laporan/")
    kept = [str(cookie) for cookie in client.cookies.values()] + [answer.content.decode(), caplog.text]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    for text in kept:
        assert bare not in text.replace("-", "")
        assert receipt.digest(CODE) not in text
    assert "<title>Lapor Netral</title>" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_opening_a_report_changes_the_session_key(report, client):
    client.get("/lacak/")
    session = client.session
    session["seed"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post("/lacak/", {"code": CODE})
    assert client.cookies["sessionid"].value != session.session_key


def test_the_report_is_forgotten_after_half_an_hour(reporter, monday):
    with time_machine.travel(monday + timedelta(minutes=29), tick=False):
        assert reporter.get("/lacak/laporan/").status_code == 200
    with time_machine.travel(monday + timedelta(minutes=58), tick=False):
        assert reporter.get("/lacak/laporan/").status_code == 200
    with time_machine.travel(monday + timedelta(minutes=89), tick=False):
        assert reporter.get("/lacak/laporan/").status_code == 302


def test_done_leaves_nothing_on_the_device(reporter):
    answer = reporter.post("/lacak/selesai/", follow=True)
    assert "sudah ditutup di perangkat ini" in answer.content.decode()
    assert reporter.get("/lacak/laporan/").status_code == 302


@pytest.mark.parametrize("path", ["/lacak/selesai/", "/lacak/laporan/pesan/", "/lacak/laporan/gambar/"])
def test_changes_are_post_only(path, reporter):
    assert reporter.get(path).status_code == 405


def test_the_page_only_answers_to_reading(reporter):
    assert reporter.post("/lacak/laporan/").status_code == 405


@pytest.mark.parametrize("path", ["/lacak/", "/lacak/selesai/", "/lacak/laporan/pesan/", "/lacak/laporan/gambar/"])
def test_without_a_csrf_token_nothing_happens(path, report):
    assert Client(enforce_csrf_checks=True).post(path, {"code": CODE, "text": "x"}).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("path", ["/lacak/laporan/pesan/", "/lacak/laporan/gambar/"])
def test_without_a_code_nothing_is_written(path, client, report):
    assert client.post(path, {"text": "x"}).url == "/lacak/"
    assert not Message.objects.exists()


def test_lines_go_to_and_fro(reporter, report, case, sari, monday):
    send_to_reporter(case=case, text="Apakah unggahan masih ada?", by=sari, at=monday)
    answer = reporter.post("/lacak/laporan/pesan/", {"text": "Sudah dihapus."}, follow=True)
    text = answer.content.decode()
    assert "Apakah unggahan masih ada?" in text
    assert "Sudah dihapus." in text
    assert "Dari petugas" in text
    assert "Dari Anda" in text
    assert Message.objects.get(by=None).report == report


@pytest.mark.parametrize("line", ["", "  ", "a" * 4001, f"kode saya {CODE}"])
def test_a_line_that_cannot_be_sent_comes_back_with_its_words(line, reporter):
    answer = reporter.post("/lacak/laporan/pesan/", {"text": line})
    assert answer.status_code == 422
    assert line.strip()[:40] in answer.content.decode()
    assert not Message.objects.exists()


def test_pictures_can_be_added(reporter, report):
    upload = SimpleUploadedFile("IMG_2024.png", png(), "image/png")
    answer = reporter.post("/lacak/laporan/gambar/", {"pictures": [upload]}, follow=True)
    assert "Gambar Anda sudah tersimpan." in answer.content.decode()
    assert Evidence.objects.filter(report=report).count() == 2
    assert "IMG_2024" not in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"0" * 50])
def test_what_is_no_picture_is_refused(content, reporter, report):
    upload = SimpleUploadedFile("<b>x</b>.png", content, "image/png")
    answer = reporter.post("/lacak/laporan/gambar/", {"pictures": [upload]})
    assert answer.status_code == 422
    assert "<b>x</b>" not in answer.content.decode()
    assert Evidence.objects.filter(report=report).count() == 1


def test_too_many_pictures_are_refused_with_the_room_left(reporter, report):
    uploads = [SimpleUploadedFile(f"{n}.png", png(), "image/png") for n in range(11)]
    assert reporter.post("/lacak/laporan/gambar/", {"pictures": uploads}).status_code == 422
    assert Evidence.objects.filter(report=report).count() == 1


def test_a_body_above_the_limit_names_the_limit_and_the_remedy(reporter, report, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    upload = SimpleUploadedFile("1.png", png(600, 600), "image/png")
    answer = reporter.post("/lacak/laporan/gambar/", {"pictures": [upload]})
    assert answer.status_code == 413
    assert "batasnya 40,0\xa0MB" in answer.content.decode()
    assert "wajib" not in answer.context["pictures"].errors.as_text()
    assert Evidence.objects.filter(report=report).count() == 1


@pytest.mark.parametrize("status", list(Status))
def test_every_state_is_told_without_naming_anybody(status, sari, budi, client):
    case = make_case(by=sari, second=budi, status=status)
    Report.objects.update(receipt_digest=receipt.digest(CODE))
    text = client.post("/lacak/", {"code": CODE}, follow=True).content.decode()
    main = text.split("<main")[1].split("</main>")[0]
    assert "Selanjutnya:" in main
    for secret in (
        "Bambang",
        "sari",
        "budi",
        "Tegalsari",
        case.reference,
        "Sesuai hasil",
        "800/123",
        "Wali Kota Semarang",
    ):
        assert secret not in main, secret


def test_a_sanction_is_told_by_its_weight(sari, budi, client):
    make_case(by=sari, second=budi, status=Status.SANKSI)
    Report.objects.update(receipt_digest=receipt.digest(CODE))
    text = client.post("/lacak/", {"code": CODE}, follow=True).content.decode()
    assert "Yang dijatuhkan: hukuman disiplin sedang." in text


def test_the_office_may_not_answer_under_a_reporters_session(reporter, report, sari):
    reporter.force_login(sari)
    reporter.post("/lacak/laporan/pesan/", {"text": "Halo."})
    assert Message.objects.get().by is None
