"""Letters on the case page and on the reporter's page."""

import io

import pypdfium2
import pytest

from accounts.models import AuditEvent
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import issue_letter
from cases.models import Letter
from cases.status import Status
from reports import receipt
from tests.case_factories import MONDAY, make_case
from tests.cases.letters.specimens import ADDITIONS, drafted, signed
from tests.clarification_factories import allege

pytestmark = pytest.mark.django_db
INVITATION, STUDY = LetterKind.UNDANGAN_KLARIFIKASI, LetterKind.KAJIAN_AWAL
CODE = "SEMAR-ANG00-00000-00000-000001"


def sign(reader, address, letter):
    """As the button of the case page does."""
    seen = {"seen_facts": Letter.objects.get(pk=letter.pk).facts_version}
    return reader.post(address("sign-letter", letter.case, letter.pk), seen, follow=True)


def test_a_letter_is_written_read_and_signed_on_pages(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    page = visit(sari).post(address("write-letter", case, STUDY), ADDITIONS[STUDY], follow=True)
    assert "Konsep surat disimpan" in page.content.decode()
    letter = Letter.objects.get()
    answer = visit(sari).get(address("letter", case, letter.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kajian_awal-konsep.pdf"'
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    unread = visit(budi).post(address("sign-letter", case, letter.pk), follow=True).content.decode()
    assert "berubah sejak Anda membuka halaman" in unread, "nobody signs what no page showed them"
    signed_page = sign(visit(budi), address, letter).content.decode()
    assert "001/KA/BWS.33.74/X/2024" in signed_page
    final = visit(sari).get(address("letter", case, letter.pk))
    assert "kajian_awal-001-KA-BWS.33.74-X-2024.pdf" in final.headers["Content-Disposition"]
    assert len(pypdfium2.PdfDocument(io.BytesIO(final.content))) == 1
    assert AuditEvent.objects.about(case.pk).filter(action="surat_dilihat").count() == 2


def test_the_officer_schedules_tells_what_is_alleged_and_signs(sari, budi, visit, address):
    """The whole way of an invitation: one step, one summary, one signature."""
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    letter = Letter.objects.get()
    page = visit(sari).get(address("case", case)).content.decode()
    assert letter.number in page
    assert "Tulis dulu ringkasan dugaan" in page
    assert address("sign-letter", case, letter.pk) not in page
    allege(case, by=sari)
    assert address("sign-letter", case, letter.pk) in visit(sari).get(address("case", case)).content.decode()
    sign(visit(sari), address, letter)
    room = visit(sari).get(address("clarification", case)).content.decode()
    assert f"{letter.number} (PDF)" in room
    assert "konsep, belum ditandatangani" not in room
    assert "Buat surat undangan" not in room


def test_a_withdrawn_invitation_keeps_its_reason_and_can_be_made_anew(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    letter, hearing = Letter.objects.get(), case.clarifications.get()
    refused = visit(sari).post(address("withdraw-letter", case, letter.pk), follow=True).content.decode()
    assert "Wajib diisi" in refused
    page = visit(sari).post(address("withdraw-letter", case, letter.pk), {"reason": "Salah ruang."}, follow=True)
    assert "Salah ruang." in page.content.decode()
    assert "Buat surat undangan" in visit(sari).get(address("clarification", case)).content.decode()
    again = address("make-hearing-letter", case, hearing.pk, "undangan")
    assert "Konsep surat disimpan" in visit(sari).post(again, follow=True).content.decode()
    assert Letter.objects.get(withdrawn_at=None).number == "002/UND.KLARIF/BWS.33.74/X/2024"
    assert "sudah ada" in visit(sari).post(again, follow=True).content.decode()
    assert visit(sari).post(address("make-hearing-letter", case, hearing.pk, "puisi")).status_code == 404


def test_a_study_is_asked_for_once_its_decision_was_made(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    asked = "Keputusan ini perlu dituangkan dalam surat"
    assert asked in visit(sari).get(address("case", case)).content.decode()
    form = visit(sari).get(address("write-letter", case, STUDY)).content.decode()
    assert "Belum terpenuhi" in form
    visit(sari).post(address("write-letter", case, STUDY), ADDITIONS[STUDY])
    assert asked not in visit(sari).get(address("case", case)).content.decode()


def test_a_form_that_lacks_something_names_it_and_keeps_the_rest(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    answer = visit(sari).post(address("write-letter", case, STUDY), {"formal": "Semua ada."})
    assert answer.status_code == 422
    assert "Semua ada." in answer.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if RULES[kind].comes_with_step])
def test_what_comes_with_a_step_is_not_written_on_its_own(kind, case, sari, visit, address):
    assert visit(sari).get(address("write-letter", case, kind)).status_code == 404


def test_who_drafted_a_weighty_letter_gets_no_button_but_the_reason(sari, budi, visit, address):
    letter = drafted(LetterKind.KAJIAN, by=sari, second=budi)
    own = visit(sari).get(address("case", letter.case)).content.decode()
    other = visit(budi).get(address("case", letter.case)).content.decode()
    button = address("sign-letter", letter.case, letter.pk)
    assert button not in own
    assert "harus ditandatangani orang lain" in own
    assert button in other


def test_kesbangpol_reads_the_letters_of_its_own_hearing_alone(sari, budi, kartika, visit, address):
    letter = signed(INVITATION, by=sari, second=budi)
    letter.case.clarifications.update(host="kesbangpol")
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
