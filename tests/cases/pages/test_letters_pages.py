"""Letters on the case page and on the reporter's page."""

import io

import pypdfium2
import pytest

from accounts.models import AuditEvent
from cases.letters.kinds import LetterKind
from cases.letters.writing import issue_letter
from cases.models import Letter
from cases.status import Status
from reports import receipt
from tests.case_factories import MONDAY, make_case
from tests.cases.letters.specimens import ADDITIONS, drafted, signed

pytestmark = pytest.mark.django_db
INVITATION = LetterKind.UNDANGAN_KLARIFIKASI
CODE = "SEMAR-ANG00-00000-00000-000001"


def test_a_letter_is_written_read_and_signed_on_pages(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    page = visit(sari).post(address("write-letter", case, INVITATION), ADDITIONS[INVITATION], follow=True)
    assert "Konsep surat disimpan" in page.content.decode()
    letter = Letter.objects.get()
    answer = visit(sari).get(address("letter", case, letter.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="undangan_klarifikasi-konsep.pdf"'
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    signed_page = visit(budi).post(address("sign-letter", case, letter.pk), follow=True).content.decode()
    assert "001/UND.KLARIF/BWS.33.74/X/2024" in signed_page
    final = visit(sari).get(address("letter", case, letter.pk))
    assert "undangan_klarifikasi-001-UND.KLARIF-BWS.33.74-X-2024.pdf" in final.headers["Content-Disposition"]
    assert len(pypdfium2.PdfDocument(io.BytesIO(final.content))) == 1
    assert AuditEvent.objects.about(case.pk).filter(action="surat_dilihat").count() == 2


def test_a_form_that_lacks_something_names_it_and_keeps_the_rest(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    answer = visit(sari).post(address("write-letter", case, INVITATION), {"venue": "Aula kantor"})
    assert answer.status_code == 422
    assert "Aula kantor" in answer.content.decode()
    assert not Letter.objects.exists()


def test_the_form_begins_with_what_the_minutes_say(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    hearing = case.clarifications.get()
    hearing.participants.create(position=1, name="Ketua RW", role="pendamping")
    hearing.questions.create(position=1, question="Apakah akun itu milik Saudara?", answer="Ya.")
    page = visit(sari).get(address("write-letter", case, "berita_acara_klarifikasi")).content.decode()
    assert "Ketua RW, pendamping" in page
    assert "Apakah akun itu milik Saudara?\nYa." in page


def test_a_witness_is_in_no_letter_the_accused_may_read(sari, budi):
    letter = signed(INVITATION, by=sari, second=budi)
    case = letter.case
    case.clarifications.create(
        role="saksi",
        person_name="Saksi Rahasia",
        scheduled_date=MONDAY.date(),
        method="in_person",
        host="bawaslu",
        scheduled_by=sari,
        scheduled_at=MONDAY,
    )
    again = issue_letter(case=case, kind=INVITATION, extra=ADDITIONS[INVITATION], by=sari, at=MONDAY)
    assert again.data["place_in_order"] == 1
    assert "Saksi" not in str(again.data)


def test_what_must_come_first_is_said(case, sari, visit, address):
    answer = visit(sari).post(address("write-letter", case, INVITATION), ADDITIONS[INVITATION])
    assert answer.status_code == 409
    assert "Jadwalkan lebih dulu" in answer.content.decode()


def test_who_drafted_a_weighty_letter_gets_no_button_but_the_reason(sari, budi, visit, address):
    letter = drafted(LetterKind.KAJIAN, by=sari, second=budi)
    own = visit(sari).get(address("case", letter.case)).content.decode()
    other = visit(budi).get(address("case", letter.case)).content.decode()
    button = address("sign-letter", letter.case, letter.pk)
    assert button not in own
    assert "harus ditandatangani orang lain" in own
    assert button in other


def test_kesbangpol_reads_the_letters_of_the_hearing_alone(sari, budi, kartika, visit, address):
    letter = signed(INVITATION, by=sari, second=budi)
    case, report = letter.case, letter.case.case_reports.get().report
    study = issue_letter(
        case=case, kind=LetterKind.KAJIAN_AWAL, extra=ADDITIONS[LetterKind.KAJIAN_AWAL], by=sari, at=MONDAY
    )
    answer = issue_letter(case=case, kind=LetterKind.PEMBERITAHUAN_STATUS, extra={}, by=sari, at=MONDAY, report=report)
    page = visit(kartika).get(address("case", case)).content.decode()
    assert letter.number in page
    for other in (study, answer):
        assert other.number not in page
        assert visit(kartika).get(address("letter", case, other.pk)).status_code == 404
    assert visit(kartika).get(address("letter", case, letter.pk)).status_code == 200


def test_a_letter_of_another_case_is_not_reached_through_an_own_case(case, sari, budi, visit, address):
    letter = signed(INVITATION, by=sari, second=budi)
    assert visit(sari).get(address("letter", case, letter.pk)).status_code == 404
    assert visit(sari).get(address("write-letter", case, "surat_cinta")).status_code == 404


@pytest.fixture
def follower(case, client):
    report = case.case_reports.get().report
    report.receipt_digest = receipt.digest(CODE)
    report.save()
    client.post("/lacak/", {"code": CODE})
    return client


def test_the_reporter_downloads_what_was_signed_for_this_report_and_nothing_else(case, follower, sari, budi):
    report = case.case_reports.get().report
    given = issue_letter(case=case, kind=LetterKind.TANDA_TERIMA, extra={}, by=sari, at=MONDAY, report=report)
    draft = drafted(LetterKind.TANDA_TERIMA, by=sari, second=budi)
    internal = signed(INVITATION, by=sari, second=budi)
    page = follower.get("/lacak/laporan/").content.decode()
    assert f"/lacak/laporan/surat/{given.pk}/" in page
    assert page.count("/lacak/laporan/surat/") == 1
    assert follower.get(f"/lacak/laporan/surat/{given.pk}/").content.startswith(b"%PDF")
    for other in (draft, internal):
        assert follower.get(f"/lacak/laporan/surat/{other.pk}/").status_code == 404
    event = AuditEvent.objects.about(case.pk).get(action="surat_dilihat")
    assert event.actor is None
