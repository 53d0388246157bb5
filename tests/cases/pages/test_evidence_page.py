"""The picture page, and the bytes behind it."""

import html
import io
import re

import pytest
from django.conf import settings
from PIL import Image

from accounts.models import AuditEvent
from cases.events import CaseEvent
from cases.masking import mask_picture
from cases.sharing import share_with_kesbangpol
from evidence import vault
from reports.models import Evidence, PreparationState
from tests.case_factories import MONDAY, make_case, make_evidence
from tests.picture_factories import HEIGHT, LINES, WIDTH, make_picture


@pytest.fixture
def picture(case):
    return make_picture(case)


def looks():
    return AuditEvent.objects.filter(action=CaseEvent.BUKTI_DILIHAT)


@pytest.mark.parametrize("name", ["evidence-image", "evidence-thumbnail"])
def test_the_bytes_come_with_headers_that_disarm_them(name, case, picture, sari, visit, address):
    answer = visit(sari).get(address(name, case, picture.pk))
    assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="bukti-{picture.position}')


def test_who_looks_is_told_when_the_file_holds_more_than_is_shown(case, picture, sari, visit, address):
    told = "lebih dari satu gambar atau bergerak"
    assert told not in visit(sari).get(address("evidence", case, picture.pk)).content.decode()
    Evidence.objects.filter(pk=picture.pk).update(frames_dropped=True)
    assert told in visit(sari).get(address("evidence", case, picture.pk)).content.decode()


@pytest.mark.parametrize(("degrees", "corner"), [(90, "right top"), (180, "right bottom"), (270, "left bottom")])
def test_without_javascript_the_server_turns_picture_and_boxes(degrees, corner, case, picture, sari, visit, address):
    line = {"text": "Sudut", "box": [0, 0, 20, 10], "confidence": 0.9}
    Evidence.objects.filter(pk=picture.pk).update(lines=[line])
    page = visit(sari).get(address("evidence", case, picture.pk), {"putar": degrees}).content.decode()
    source = re.search(r'<img src="([^"]+)"[^>]+width="(\d+)" height="(\d+)"', page)
    shown = Image.open(io.BytesIO(visit(sari).get(source[1]).content))
    assert shown.size == (int(source[2]), int(source[3])) == ((HEIGHT, WIDTH) if degrees != 180 else (WIDTH, HEIGHT))
    left, top, width, height = map(int, re.search(r'x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>', page).groups())
    edges = {"left": left == 0, "right": left + width == shown.width, "top": top == 0}
    edges["bottom"] = top + height == shown.height
    assert {edge for edge, is_touched in edges.items() if is_touched} == set(corner.split())


def test_the_links_that_turn_go_round(case, picture, sari, visit, address):
    at, seen = "", []
    for _ in range(4):
        page = visit(sari).get(address("evidence", case, picture.pk) + at).content.decode()
        at = html.unescape(re.search(r'<noscript><a [^>]*href="([^"]*)"', page)[1])
        seen.append(at)
    assert seen == ["?putar=90", "?putar=180", "?putar=270", "?"]


def test_an_odd_turn_is_upright(case, picture, sari, visit, address):
    answer = visit(sari).get(address("evidence-image", case, picture.pk), {"putar": "45"})
    assert Image.open(io.BytesIO(answer.content)).size == (WIDTH, HEIGHT)


def test_page_and_picture_together_are_one_look_and_the_list_of_pictures_none(case, picture, sari, visit, address):
    client = visit(sari)
    client.get(address("case", case))
    client.get(address("evidence-thumbnail", case, picture.pk))
    assert not looks().exists()
    client.get(address("evidence", case, picture.pk))
    client.get(address("evidence-image", case, picture.pk))
    assert looks().get().subject_id == str(picture.pk)


@pytest.mark.parametrize("name", ["evidence", "evidence-image", "evidence-thumbnail"])
def test_a_strangers_look_is_refused_and_leaves_nothing(name, case, picture, wayan, visit, address):
    assert visit(wayan).get(address(name, case, picture.pk)).status_code == 404
    assert not looks().exists()


@pytest.mark.parametrize("name", ["evidence", "evidence-image", "evidence-thumbnail", "mask-evidence", "original"])
def test_a_picture_of_another_case_is_not_found(name, case, sari, budi, visit, address):
    other = make_case(by=sari, second=budi)
    foreign = make_evidence(other.case_reports.get().report)
    assert visit(sari).get(address(name, case, foreign.pk)).status_code == 404


@pytest.mark.parametrize("name", ["evidence-image", "evidence-thumbnail"])
def test_a_missing_file_is_not_found(name, case, sari, visit, address):
    evidence = Evidence.objects.get()
    assert visit(sari).get(address(name, case, evidence.pk)).status_code == 404


@pytest.mark.parametrize("name", ["evidence-image", "evidence-thumbnail"])
def test_a_file_that_is_no_clean_copy_is_never_sent(name, case, picture, sari, visit, address):
    (settings.CLEAN_ROOT / picture.clean_name).write_bytes(b"<html>not a picture</html>")
    answer = visit(sari).get(address(name, case, picture.pk))
    assert (answer.status_code, answer.content) == (503, b"")


@pytest.mark.parametrize("state", [PreparationState.WAITING, PreparationState.NEEDS_PERSON])
def test_a_picture_that_could_not_be_prepared_says_so(state, case, sari, visit, address):
    Evidence.objects.update(state=state, reading_state="failed")
    evidence = Evidence.objects.get()
    text = visit(sari).get(address("evidence", case, evidence.pk)).content.decode()
    assert "belum dapat ditampilkan dengan aman" in text
    assert address("evidence-image", case, evidence.pk) not in text
    assert visit(sari).get(address("evidence-image", case, evidence.pk)).status_code == 404
    assert not looks().exists()


def test_the_page_shows_the_lines_with_their_doubts_and_the_hashes(case, sari, visit, address):
    Evidence.objects.update(
        lines=[{"text": "Dukung", "box": [], "confidence": 0.97}, {"text": "rnaju", "box": [], "confidence": 0.6}]
    )
    text = visit(sari).get(address("evidence", case, Evidence.objects.get().pk)).content.decode()
    assert "ragu, 60 %" in text
    assert "97 %" not in text
    assert "a" * 64 in text
    assert "b" * 64 in text


def test_each_line_leads_to_its_box_and_back_without_a_script(case, picture, sari, visit, address):
    text = visit(sari).get(address("evidence", case, picture.pk)).content.decode()
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in text
    assert '<a href="#kotak-2"><bdi>Hubungi 0812 3456 7890</bdi></a>' in text
    assert '<a href="#baris-2" tabindex="-1"><rect id="kotak-2"' in text
    assert 'x="10" y="50" width="210" height="20"' in text


def test_the_page_tells_every_step_taken_with_the_picture(case, picture, sari, visit, address):
    text = visit(sari).get(address("evidence", case, picture.pk)).content.decode()
    steps = ["Diterima dari pelapor", "Berkas asli disegel", "Salinan bersih dibuat"]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)


def test_kesbangpol_sees_the_masked_copy_and_nothing_of_the_original(case, picture, sari, kartika, visit, address):
    mask_picture(evidence=picture, boxes=[(0, 45, 240, 75)], by=sari, at=MONDAY)
    case.respondent.employer_code = "33.74"
    case.respondent.save()
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    text = visit(kartika).get(address("evidence", case, picture.pk)).content.decode()
    assert LINES[0][0] in text
    for secret in ("0812", picture.sha256, picture.clean_sha256, "Berkas asli</dt>", "samarkan/", "/asli/"):
        assert secret not in text
    picture_bytes = visit(kartika).get(address("evidence-image", case, picture.pk)).content
    assert Image.open(io.BytesIO(picture_bytes)).convert("L").crop((0, 34, 238, 78)).getextrema()[1] < 110
    page = visit(kartika).get(address("case", case)).content.decode()
    assert "0812" not in page


def test_the_team_can_look_at_the_masked_copy(case, picture, sari, visit, address):
    masked = mask_picture(evidence=picture, boxes=[(0, 45, 240, 75)], by=sari, at=MONDAY)
    text = visit(sari).get(address("evidence", case, picture.pk) + "?tersamar").content.decode()
    assert masked.sha256 in text
    assert f"{address('evidence-image', case, picture.pk)}?tersamar" in text


def test_one_leafs_from_picture_to_picture(case, sari, visit, address):
    report = case.case_reports.get().report
    second, third = make_evidence(report), make_evidence(report)
    text = visit(sari).get(address("evidence", case, second.pk)).content.decode()
    assert "Gambar 2 dari 3" in text
    assert f'rel="next" href="{address("evidence", case, third.pk)}"' in text
    assert 'rel="prev"' in text


def test_a_list_of_pictures_costs_the_small_copies_alone(case, picture, sari, visit, address):
    text = visit(sari).get(address("case", case)).content.decode()
    assert address("evidence-thumbnail", case, picture.pk) in text
    assert address("evidence-image", case, picture.pk) not in text
    small = visit(sari).get(address("evidence-thumbnail", case, picture.pk)).content
    assert vault.load(settings.CLEAN_ROOT, f"{picture.clean_name}.quarter.jpg") == small


@pytest.mark.parametrize("path", ["/clean/x.png", "/media/x.png", "/sealed/x.sealed", "/kasus/x.png"])
def test_no_folder_is_served(path, sari, visit):
    assert visit(sari).get(path).status_code == 404
