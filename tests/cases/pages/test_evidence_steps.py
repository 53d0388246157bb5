"""Masking, opening an original, comparing a file and the bundle, through the browser's eyes."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from cases.masking import confirm_nothing_to_hide, mask_picture
from cases.models import MaskedCopy, OriginalOpening
from cases.original_packing import pack_agreed
from reports import receipt
from reports.models import Report
from tests.case_factories import MONDAY
from tests.picture_factories import make_picture, screenshot

REASON = "Penyidik meminta berkas seperti diterima."
CODE = "SEMAR-ANG00-00000-00000-000001"


@pytest.fixture
def picture(case):
    return make_picture(case, data=screenshot())


def file_of(data, name="bukti.png"):
    return SimpleUploadedFile(name, data, "image/png")


def test_suggested_lines_are_picked_by_a_link_and_burned_in(case, picture, sari, visit, address):
    client, path = visit(sari), address("mask-evidence", case, picture.pk)
    assert b" checked" not in client.get(path).content
    page = client.get(f"{path}?saran").content.decode()
    assert page.count(" checked") == 2
    answer = client.post(path, {"lines": ["1"], "boxes": "0, 200, 16, 216"})
    assert answer.url == address("evidence", case, picture.pk) + "?tersamar"
    assert MaskedCopy.objects.get().boxes == [[0, 192, 16, 224], [0, 32, 224, 80]]
    assert "0, 192, 16, 224" in client.get(path).content.decode()


def test_who_masks_from_an_old_page_gets_the_boxes_of_both_and_looks_again(case, picture, sari, budi, visit, address):
    client, path = visit(sari), address("mask-evidence", case, picture.pk)
    assert 'name="seen"' in client.get(path).content.decode()
    theirs = mask_picture(evidence=picture, boxes=[(0, 192, 16, 224)], by=budi, at=MONDAY)
    answer = client.post(path, {"seen": "", "lines": ["1"], "boxes": "208, 0, 224, 16"})
    page = answer.content.decode()
    assert (answer.status_code, MaskedCopy.objects.count()) == (409, 1)
    assert "berganti" in page
    assert f"Kotak dari {budi} ditambahkan" in page
    assert "208, 0, 224, 16\n0, 192, 16, 224" in page
    assert page.count(" checked") == 1
    assert f'value="{theirs.sha256}"' in page
    again = {"seen": theirs.sha256, "lines": ["1"], "boxes": "208, 0, 224, 16\n0, 192, 16, 224"}
    assert client.post(path, again).status_code == 302
    assert [0, 192, 16, 224] in MaskedCopy.objects.order_by("at").last().boxes


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "paling sedikit satu kotak"),
        ("1, 2, 3", "bukan kotak"),
        ("kiri atas", "bukan kotak"),
        ("9000, 9000, 9001, 9001", "«9000, 9000, 9001, 9001» tidak mengenai gambar"),
        ("0, 0, 9, 9\n9000, 9000, 9001, 9001", "«9000, 9000, 9001, 9001» tidak mengenai gambar"),
    ],
)
def test_boxes_that_cannot_be_used_are_explained_and_kept(typed, words, case, picture, sari, visit, address):
    answer = visit(sari).post(address("mask-evidence", case, picture.pk), {"boxes": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert typed in answer.content.decode()
    assert not MaskedCopy.objects.exists()


def test_whichever_corner_comes_first_the_box_is_burned_and_counted(case, picture, sari, visit, address):
    path = address("mask-evidence", case, picture.pk)
    page = visit(sari).post(path, {"boxes": "0, 200, 16, 216\n32, 64, 16, 48"}, follow=True).content.decode()
    assert MaskedCopy.objects.get().boxes == [[0, 192, 16, 224], [16, 48, 32, 64]]
    assert "dengan 2 kotak hitam" in page


def test_an_original_goes_through_two_pairs_of_hands(case, picture, sari, budi, visit, address, monday):
    path = address("original", case, picture.pk)
    first, second = visit(sari), visit(budi)
    assert first.post(path, {"reason": "kurang"}).status_code == 422
    assert first.post(path, {"reason": REASON}).status_code == 302
    opening = OriginalOpening.objects.get()
    agree, take = (address(name, case, opening.pk) for name in ("agree-original", "take-original"))
    assert agree not in first.get(path).content.decode()
    first.post(agree)
    opening.refresh_from_db()
    assert opening.agreed_at is None
    assert agree in second.get(path).content.decode()
    second.post(agree)
    assert "sedang disiapkan" in first.get(path).content.decode()
    pack_agreed(at=monday)
    assert take not in second.get(path).content.decode()
    assert second.post(take).status_code == 302
    assert take in first.get(path).content.decode()
    answer = first.post(take)
    assert answer.content == screenshot()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert first.post(take).status_code == 302


def test_the_page_of_the_picture_calls_for_the_second_person(case, picture, sari, budi, visit, address):
    visit(sari).post(address("original", case, picture.pk), {"reason": REASON})
    assert "menunggu orang kedua" in visit(budi).get(address("evidence", case, picture.pk)).content.decode()


def test_a_file_is_recognised_or_not(case, picture, sari, visit):
    client, path = visit(sari), reverse("cases:verify-file")
    found = client.post(path, {"file": file_of(screenshot())}).content.decode()
    assert case.reference in found
    assert "Berkas asli seperti diterima" in found
    unknown = client.post(path, {"file": file_of(screenshot() + b"\0")}).content.decode()
    assert "Tidak dikenal" in unknown
    assert client.post(path).status_code == 422


def test_a_strangers_picture_and_an_unknown_file_get_the_same_answer(case, picture, wayan, visit):
    client, path = visit(wayan), reverse("cases:verify-file")
    answers = [client.post(path, {"file": file_of(data)}).content for data in (screenshot(), screenshot() + b"\0")]
    texts = [answer.split(b"<main")[1].split(b"SHA-256")[0] for answer in answers]
    assert texts[0] == texts[1]
    assert not AuditEvent.objects.filter(action="bukti_dicocokkan").exists()


def test_a_reporter_compares_an_own_file(case, picture, client):
    Report.objects.filter(pk=picture.report_id).update(receipt_digest=receipt.digest(CODE))
    client.post(reverse("cases:follow-up"), {"code": CODE})
    path = reverse("cases:check-own-file")
    same = client.post(path, {"file": file_of(screenshot())}, follow=True).content.decode()
    other = client.post(path, {"file": file_of(screenshot(9))}, follow=True).content.decode()
    assert "Sama persis" in same
    assert "tidak sama dengan gambar mana pun" in other
    assert "Pilih satu berkas" in client.post(path, follow=True).content.decode()


@pytest.fixture
def looked_at(case, picture, sari):
    """The one picture of the case, in which nothing needs hiding."""
    case.case_reports.get().report.evidence.exclude(pk=picture.pk).update(state="needs_person")
    confirm_nothing_to_hide(evidence=picture, by=sari, at=MONDAY)
    return picture


def test_the_bundle_waits_until_each_picture_was_looked_at(case, picture, sari, visit, address):
    client = visit(sari)
    assert "gambar belum diperiksa" in client.get(address("bundle", case)).content.decode()
    answer = client.post(address("bundle", case), follow=True)
    assert "belum diperiksa. Samarkan dulu" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="berkas_diekspor").exists()


def test_the_bundle_is_a_zip_nobody_caches(case, looked_at, sari, visit, address):
    client = visit(sari)
    assert "gambar belum diperiksa" not in client.get(address("bundle", case)).content.decode()
    answer = client.post(address("bundle", case))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert json.loads(archive.read("manifest.json"))["case"] == case.reference
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_bundle_that_would_not_be_what_is_on_record_is_refused(case, looked_at, sari, visit, address, settings):
    (settings.CLEAN_ROOT / looked_at.clean_name).write_bytes(b"other")
    answer = visit(sari).post(address("bundle", case), follow=True)
    assert "tidak sama dengan catatannya" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="berkas_diekspor").exists()


def test_without_a_signing_key_there_is_no_bundle_and_no_key_page(case, picture, sari, visit, address, settings):
    settings.BUNDLE_SIGNING_KEY_FILE = None
    assert "belum dipasang" in visit(sari).post(address("bundle", case), follow=True).content.decode()
    assert visit(sari).get(reverse("cases:signing-key")).status_code == 404


def test_anybody_reads_the_public_key(client, db):
    assert "verify.py --kunci" in client.get(reverse("cases:signing-key")).content.decode()
