"""Papers with more pictures than one request may bring: nothing is recorded without them, the words stay."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import CaseDocument, SummonsService
from cases.status import Status
from tests.case_factories import make_case
from tests.factories import png

SERVED = {"way": "langsung", "served_date": "2024-10-14", "served_by": "Ketikan saya"}
SIGNED = {"signed_date": "2024-10-14", "witness": "Ketikan saya"}


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def send(case, sari, visit, address, settings):
    """Send the form of a paper with one picture, in a body larger than is read."""

    def send(name, field, words):
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
        more = [case.clarifications.get().pk] if name == "record-service" else []
        upload = SimpleUploadedFile("1.png", png(600, 600), "image/png")
        return visit(sari).post(address(name, case, *more), {**words, field: [upload]})

    return send


@pytest.mark.parametrize(
    ("name", "field", "words"), [("record-service", "photos", SERVED), ("write-pact", "pages", SIGNED)]
)
def test_a_body_above_the_limit_names_limit_and_remedy_and_records_nothing(name, field, words, send):
    answer = send(name, field, words)
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "batasnya 40,0\xa0MB" in page
    assert "pilih lagi lebih sedikit gambar" in page
    assert "Ketikan saya" in page
    assert list(answer.context["page"].form.errors) == [field], "and no fault of another kind"
    assert len(answer.context["page"].form.errors[field]) == 1
    assert not SummonsService.objects.exists()
    assert not CaseDocument.objects.exists()
