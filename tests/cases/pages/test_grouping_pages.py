"""The pages about the reports of a case, its person, and who keeps out of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import Action
from cases.facts import Duplicate
from cases.models import Case, CaseReport, OwnFinding, Recusal, Regrouping, Respondent, SamePerson
from cases.status import Outcome, Status
from reports.models import Report
from tests.case_factories import MONDAY, make_case, make_report, step

pytestmark = pytest.mark.django_db
WHY = {"version": 1, "reason": "Sesuai hasil pemeriksaan."}


@pytest.fixture
def twin(sari, budi):
    return make_case(by=sari, second=budi)


@pytest.fixture
def full(case):
    CaseReport.objects.create(case=case, report=make_report(respondent_name="Joko Susilo"), attached_at=MONDAY)
    return case


def text(answer):
    return answer.content.decode()


def test_a_lookalike_is_joined_with_one_confirmation(case, twin, sari, visit, address):
    merge = address("merge", case, twin.pk)
    assert f'href="{merge}"' in text(visit(sari).get(address("similar", case)))
    page = text(visit(sari).get(merge))
    assert "dapat dihidupkan lagi" in page
    answer = visit(sari).post(merge, {**WHY, "other_version": 1}, follow=True)
    assert "Penggabungan dapat dibatalkan" in text(answer)
    case.refresh_from_db()
    assert (case.outcome, case.duplicate_of) == (Outcome.DOBEL, twin)


@pytest.mark.parametrize("status", [Status.REKOMENDASI, Status.TINDAK_LANJUT, Status.SANKSI, Status.BUKAN_PELANGGARAN])
def test_no_case_beyond_its_study_offers_to_be_joined(status, twin, sari, budi, visit, address):
    beyond = make_case(by=sari, second=budi, status=status)
    page = text(visit(sari).get(address("similar", beyond)))
    assert twin.reference in page
    assert address("merge", beyond, twin.pk) not in page


def test_no_case_offers_to_be_joined_to_one_that_was_joined_itself(case, twin, sari, budi, visit, address):
    other = make_case(by=sari, second=budi)
    step(twin, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=other))
    page = text(visit(sari).get(address("similar", case)))
    assert twin.reference in page
    assert address("merge", case, twin.pk) not in page
    assert address("merge", case, other.pk) in page


def test_joining_says_why_it_cannot_be_and_changes_nothing(case, twin, sari, visit, address):
    twin.respondent.employer_code = "33.74"
    twin.respondent.save()
    answer = visit(sari).post(address("merge", case, twin.pk), {**WHY, "other_version": 1})
    assert answer.status_code == 422
    assert "Pemerintah tempat bekerja" in text(answer)
    assert not Regrouping.objects.exists()


def test_more_cases_that_may_be_the_same_cost_no_more_queries(case, twin, sari, budi, visit, address):
    browser, page = visit(sari), address("grouping", case)
    with CaptureQueriesContext(connection) as for_one:
        assert text(browser.get(page)).count("nama dan instansi mirip") == 1
    for _number in range(3):
        make_case(by=sari, second=budi)
    with CaptureQueriesContext(connection) as for_four:
        assert text(browser.get(page)).count("nama dan instansi mirip") == 4
    assert len(for_four) == len(for_one)


def test_the_page_of_reports_moves_splits_and_undoes(full, twin, sari, visit, address):
    browser, report = visit(sari), full.case_reports.order_by("-pk").first().report
    page = text(browser.get(address("grouping", full)))
    for name, more in (("attach-report", [report.pk]), ("split-case", []), ("merge", [twin.pk])):
        assert address(name, full, *more) in page
    browser.post(address("attach-report", full, report.pk), {**WHY, "other": twin.reference})
    row = Regrouping.objects.get()
    assert twin.reference in text(browser.get(address("grouping", full)))
    answer = browser.post(address("undo-regrouping", full, row.pk), {**WHY, "version": 2}, follow=True)
    assert "Laporan kembali ke kasus semula" in text(answer)
    answer = browser.post(address("split-case", full), {**WHY, "version": 3, "reports": [report.pk]}, follow=True)
    assert "Kasus baru dibuat" in text(answer)
    assert "Dibatalkan" in text(browser.get(address("grouping", full)))


def test_an_undo_of_another_case_is_not_reached_through_an_own_one(full, twin, sari, visit, address):
    step(twin, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=make_case(by=sari, second=sari)))
    row = Regrouping.objects.get()
    assert visit(sari).get(address("undo-regrouping", full, row.pk)).status_code == 404


def test_the_other_case_is_not_named_to_who_does_not_see_it(full, twin, sari, budi, visit, address):
    report = full.case_reports.order_by("-pk").first().report
    visit(sari).post(address("attach-report", full, report.pk), {**WHY, "other": twin.reference})
    visit(budi).post(address("recuse", twin), {"version": 2, "kind": "work"})
    page = text(visit(budi).get(address("grouping", full)))
    assert twin.reference not in page
    assert "di luar wewenang Anda" in page


def test_an_officer_makes_a_first_information_a_finding(case, sari, visit, address):
    facts = {"version": 1, "known_since": "2024-10-12", "basis": "Unggahan dilihat sendiri."}
    page = text(visit(sari).post(address("adopt-finding", case), facts, follow=True))
    assert OwnFinding.objects.get().by == sari
    assert "diketahui sejak 12 Oktober 2024" in page
    answer = visit(sari).post(address("adopt-finding", case), {**facts, "version": 2})
    assert answer.status_code == 409


def test_a_person_is_linked_and_found_again(case, twin, sari, visit, address):
    browser = visit(sari)
    assert "nama terdengar sama" in text(browser.get(address("person", case)))
    browser.post(address("link-person", case, twin.pk), WHY)
    page = text(browser.get(address("person", case)))
    assert address("unlink-person", case, twin.pk) in page
    assert "nama terdengar sama" not in page
    browser.post(address("unlink-person", case, twin.pk), {**WHY, "version": 2})
    assert SamePerson.objects.get().undone_by == sari


def test_who_may_only_look_gets_no_button_to_link(case, twin, aminah, visit, address):
    page = text(visit(aminah).get(address("person", case)))
    assert twin.reference in page
    assert address("link-person", case, twin.pk) not in page


def test_who_keeps_out_lands_in_the_inbox_and_finds_the_case_no_more(case, sari, budi, visit, address):
    browser = visit(sari)
    answer = browser.post(address("recuse", case), {"version": 1, "kind": "family", "note": "Ipar."}, follow=True)
    assert "Anda mundur dari kasus itu" in text(answer)
    assert case.reference not in text(answer)
    assert browser.get(address("case", case)).status_code == 404
    assert "keluarga atau pasangan" in text(visit(budi).get(address("case", case)))
    assert Recusal.objects.get().user == sari
    assert visit(budi).post(address("recuse", case), {"version": 1, "kind": ""}).status_code == 422


@pytest.mark.parametrize("who", ["nasrul", "aminah", "kartika"])
def test_everybody_who_reads_the_case_page_finds_there_how_to_keep_out(case, who, visit, address, request):
    browser = visit(request.getfixturevalue(who))
    assert address("recuse", case) in text(browser.get(address("case", case)))
    answer = browser.post(address("recuse", case), {"version": 1, "kind": "family"}, follow=True)
    assert "Anda mundur dari kasus itu" in text(answer)
    assert browser.get(address("case", case)).status_code == 404


def test_kesbangpol_that_comes_too_late_reads_who_keeps_out_and_not_why(case, sari, budi, kartika, visit, address):
    visit(sari).post(address("recuse", case), {"version": 1, "kind": "family", "note": "Ipar."})
    for person, reads in ((budi, True), (kartika, False)):
        late = visit(person).post(address("take-step", case, "mulai_kajian_awal"), {"version": 1})
        assert late.status_code == 409
        assert "sari lebih dulu" in text(late)
        assert ("keluarga atau pasangan" in text(late)) is reads


def test_the_case_page_says_what_each_report_lacks(case, sari, visit, address):
    page = text(visit(sari).get(address("case", case)))
    assert "Tautan atau nama akun unggahan" in page
    assert "1 belum ada" in page
    Report.objects.update(link="https://contoh.id/1")
    assert "1 belum ada" not in text(visit(sari).get(address("case", case)))


def test_what_is_missing_stands_in_the_request_and_at_the_reporters(sari, budi, visit, address, client):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    page = text(visit(sari).get(address("take-step", case, "minta_perbaikan")))
    assert "- Tautan atau nama akun unggahan: Salin tautan unggahannya" in page
    step(case, Action.MINTA_PERBAIKAN, by=sari)
    session = client.session
    report = case.case_reports.get().report
    session["followed_report"] = {"report": str(report.pk), "until": "2030-01-01T00:00:00+00:00"}
    session.save()
    followed = text(client.get("/lacak/laporan/"))
    assert "Yang masih kurang" in followed
    assert "Salin tautan unggahannya" in followed
    assert Case.objects.get(pk=case.pk).status == Status.PERBAIKAN


def test_the_list_of_cases_like_this_one_names_nobody(case, sari, budi, visit, address):
    """The page of the case fetches it by itself: a look at each case in it would drown those people meant."""
    other = make_case(by=sari, second=budi, respondent_name="Bambang Sutrisna")
    Respondent.objects.filter(pk=other.respondent_id).update(post="Lurah Kenari", nip="199001012015031001")
    page = text(visit(sari).get(address("similar", case)))
    assert other.reference in page
    assert "nama dan instansi mirip" in page
    for word in ("Bambang", "Sutris", "Lurah", "Tegalsari", "199001012015031001"):
        assert word not in page
