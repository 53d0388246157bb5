"""The case page says what became of the visit to a link, and is no way to the page itself."""

import pytest

from reports.link_policy import CaptureRefusal
from reports.models import Report
from reports.models_capture import LinkCapture
from tests.case_factories import MONDAY

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
    text = text_of_case(
        final_url=URL, status=200, content_type="text/html", sha256="c" * 64, byte_size=5, sealed_key=b"k"
    )
    assert "Isi halaman direkam mesin dan disegel" in text
    assert "c" * 64 in text
    assert f'href="{URL}"' not in text


def test_a_refused_address_says_why(text_of_case):
    assert "alamat ini menuju jaringan tertutup" in text_of_case(refusal=CaptureRefusal.CLOSED_NETWORK)
