"""The picture page, and the bytes of the clean copy behind it."""

import pytest
from django.conf import settings

from accounts.models import AuditEvent
from cases.events import CaseEvent
from reports.models import Evidence, PreparationState
from tests.case_factories import make_case, make_evidence

PIXELS = b"\x89PNG\r\n\x1a\nclean"


@pytest.fixture
def picture(case):
    evidence = case.case_reports.get().report.evidence.get()
    settings.CLEAN_ROOT.mkdir(parents=True)
    (settings.CLEAN_ROOT / evidence.clean_name).write_bytes(PIXELS)
    return evidence


def test_the_bytes_come_with_headers_that_disarm_them(case, picture, sari, visit, address):
    answer = visit(sari).get(address("evidence-image", case, picture.pk))
    assert b"".join(answer.streaming_content) == PIXELS
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Disposition"] == 'inline; filename="bukti-1.png"'


def test_each_look_is_on_record(case, picture, sari, visit, address):
    b"".join(visit(sari).get(address("evidence-image", case, picture.pk)).streaming_content)
    event = AuditEvent.objects.get(action=CaseEvent.BUKTI_DILIHAT)
    assert (event.actor, event.details["evidence"]) == (sari, str(picture.pk))


def test_a_strangers_look_is_refused_and_leaves_nothing(case, picture, wayan, visit, address):
    assert visit(wayan).get(address("evidence-image", case, picture.pk)).status_code == 404
    assert not AuditEvent.objects.filter(action=CaseEvent.BUKTI_DILIHAT).exists()


@pytest.mark.parametrize("name", ["evidence", "evidence-image"])
def test_a_picture_of_another_case_is_not_found(name, case, sari, budi, visit, address):
    other = make_case(by=sari, second=budi)
    foreign = make_evidence(other.case_reports.get().report)
    assert visit(sari).get(address(name, case, foreign.pk)).status_code == 404


def test_a_missing_file_is_not_found(case, sari, visit, address):
    evidence = Evidence.objects.get()
    assert visit(sari).get(address("evidence-image", case, evidence.pk)).status_code == 404


def test_nothing_but_pictures_is_ever_sent(case, picture, sari, visit, address):
    Evidence.objects.update(clean_media_type="text/html")
    assert visit(sari).get(address("evidence-image", case, picture.pk)).status_code == 404


@pytest.mark.parametrize("state", [PreparationState.WAITING, PreparationState.NEEDS_PERSON])
def test_a_picture_that_could_not_be_prepared_says_so(state, case, sari, visit, address):
    Evidence.objects.update(state=state, reading_state="failed")
    evidence = Evidence.objects.get()
    text = visit(sari).get(address("evidence", case, evidence.pk)).content.decode()
    assert "belum dapat ditampilkan dengan aman" in text
    assert "salinan" not in text
    assert visit(sari).get(address("evidence-image", case, evidence.pk)).status_code == 404


def test_the_page_shows_the_lines_with_their_doubts_and_the_originals_hash(case, sari, visit, address):
    Evidence.objects.update(
        lines=[{"text": "Dukung", "box": [], "confidence": 0.97}, {"text": "rnaju", "box": [], "confidence": 0.6}]
    )
    text = visit(sari).get(address("evidence", case, Evidence.objects.get().pk)).content.decode()
    assert "ragu, 60 %" in text
    assert "97 %" not in text
    assert "a" * 64 in text


def test_one_leafs_from_picture_to_picture(case, sari, visit, address):
    report = case.case_reports.get().report
    second, third = make_evidence(report), make_evidence(report)
    text = visit(sari).get(address("evidence", case, second.pk)).content.decode()
    assert "Gambar 2 dari 3" in text
    assert f'rel="next" href="{address("evidence", case, third.pk)}"' in text
    assert 'rel="prev"' in text


@pytest.mark.parametrize("path", ["/clean/x.png", "/media/x.png", "/sealed/x.sealed", "/kasus/x.png"])
def test_no_folder_is_served(path, sari, visit):
    assert visit(sari).get(path).status_code == 404
