"""The case page says what became of the visit to a link; the page itself takes two people."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import OriginalOpening
from cases.original_packing import pack_agreed
from reports.link_policy import CaptureRefusal
from reports.models import Report
from reports.models_capture import LinkCapture
from tests.case_factories import MONDAY
from tests.cases.test_captured_link_opening import PAGE, REASON, make_capture

pytestmark = pytest.mark.django_db
URL = "https://contoh.id/unggahan"


@pytest.fixture
def text_of_case(case, sari, visit, address):
    report = case.case_reports.get().report
    Report.objects.filter(pk=report.pk).update(link=URL, link_address=URL)

    def of(**columns):
        if columns:
            LinkCapture.objects.create(report=report, requested_url=URL, fetched_at=MONDAY, **columns)
        return visit(sari).get(address("case", case)).content.decode()

    return of


def test_without_a_visit_nothing_is_said(text_of_case):
    text = text_of_case()
    assert "direkam mesin" not in text
    assert "Tidak terekam" not in text


def test_a_kept_page_shows_its_hash(text_of_case):
    text = text_of_case(final_url=URL, status=200, content_type="text/html", sha256="c" * 64, byte_size=5)
    assert "Isi halaman direkam mesin dan disegel" in text
    assert "c" * 64 in text
    assert f'href="{URL}"' not in text
    assert "Buka rekaman tautan" in text


def test_two_people_take_it_out_and_every_step_is_listed(case, sari, budi, visit):
    make_capture(case)
    page = reverse("cases:captured-link", args=[case.pk, case.case_reports.get().report_id])
    answer = visit(sari).post(page, {"reason": REASON}, follow=True)
    assert "menunggu orang kedua" in answer.content.decode()
    opening = OriginalOpening.objects.get()
    visit(budi).post(reverse("cases:agree-original", args=[case.pk, opening.pk]))
    assert pack_agreed(at=timezone.now()) == 1
    taken = visit(sari).post(reverse("cases:take-original", args=[case.pk, opening.pk]))
    assert (taken.content, taken.headers["Content-Type"]) == (PAGE, "application/octet-stream")
    text = visit(sari).get(page).content.decode()
    for step in ("Halaman tautan direkam", "berkas asli diminta", "disetujui orang kedua", "Berkas asli diunduh"):
        assert step in text


def test_what_was_not_kept_cannot_be_asked_for(text_of_case, case, sari, visit):
    text_of_case(refusal=CaptureRefusal.CLOSED_NETWORK)
    page = reverse("cases:captured-link", args=[case.pk, case.case_reports.get().report_id])
    assert visit(sari).get(page).status_code == 404


def test_a_refused_address_says_why(text_of_case):
    assert "alamat ini menuju jaringan tertutup" in text_of_case(refusal=CaptureRefusal.CLOSED_NETWORK)
