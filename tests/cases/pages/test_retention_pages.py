"""The pages of keeping and erasing, and what is left of an erased case for staff and reporter."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from cases.models import Case, LegalHold
from cases.status import Status
from reports import receipt
from reports.models import Report
from tests.case_factories import MONDAY, make_case
from tests.conftest import make_user
from tests.factories import png
from tests.security.world import CODES

pytestmark = pytest.mark.django_db
DUE = MONDAY.replace(year=2034) + timedelta(hours=2)


@pytest.fixture
def nur(reference):
    """The second national admin."""
    return make_user("nur", Role.NATIONAL_ADMIN, "", "Bawaslu RI")


@pytest.fixture
def finished(sari, budi):
    """A case that ended with a sanction ten years ago."""
    case = make_case(by=sari, second=budi, status=Status.SELESAI)
    Report.objects.update(receipt_digest=receipt.digest(CODES["33.74"]))
    with time_machine.travel(DUE, tick=False):
        yield case


def press(browser, name, case):
    return browser.post(reverse(f"cases:{name}", args=[case.pk]), {"version": Case.objects.get(pk=case.pk).version})


@pytest.fixture
def erased(finished, nasrul, nur, visit):
    """The case after two national admins pressed their buttons."""
    assert "Usulkan penghapusan" in visit(nasrul).get(reverse("cases:case", args=[finished.pk])).content.decode()
    press(visit(nasrul), "propose-disposal", finished)
    assert "Setujui penghapusan" in visit(nur).get(reverse("cases:case", args=[finished.pk])).content.decode()
    press(visit(nur), "approve-disposal", finished)
    return Case.objects.get(pk=finished.pk)


def test_two_people_erase_over_the_pages_and_a_tombstone_is_left(erased, visit, sari):
    page = visit(sari).get(reverse("cases:case", args=[erased.pk])).content.decode()
    assert "sudah dihapus sesuai aturan penyimpanan" in page
    assert erased.reference in page
    assert "Bambang" not in page
    assert "Langkah" not in page


def test_a_figure_nobody_read_in_a_schedule_says_so_where_people_decide(finished, visit, nasrul):
    for address in (reverse("cases:case", args=[finished.pk]), reverse("cases:disposals")):
        assert "belum dicocokkan dengan jadwal retensi arsip" in visit(nasrul).get(address).content.decode()


def test_rules_are_named_and_founded_in_the_readers_words(erased, visit, nasrul, sari):
    page = visit(nasrul).get(reverse("cases:disposals")).content.decode()
    assert "Tidak terbukti, Bukan pelanggaran" in page
    assert "satu daur pemilihan" in page
    assert [words for words in ("berakhir_tanpa_sanksi", "one election cycle") if words in page] == []
    left = visit(sari).get(reverse("cases:case", args=[erased.pk])).content.decode()
    assert "(aturan «Sanksi dijatuhkan»)" in left


def test_a_longer_list_costs_no_more_queries(finished, visit, nasrul, sari, budi):
    browser = visit(nasrul)
    with CaptureQueriesContext(connection) as for_one:
        assert browser.get(reverse("cases:disposals")).content.decode().count("stretched-link") == 1
    for _number in range(3):
        make_case(by=sari, second=budi, status=Status.SELESAI)
    with CaptureQueriesContext(connection) as for_four:
        assert browser.get(reverse("cases:disposals")).content.decode().count("stretched-link") == 4
    assert len(for_four) == len(for_one)


def test_the_list_names_the_case_until_it_is_erased(finished, visit, nasrul, nur):
    assert finished.reference in visit(nasrul).get(reverse("cases:disposals")).content.decode()
    press(visit(nasrul), "propose-disposal", finished)
    assert "menunggu orang kedua" in visit(nur).get(reverse("cases:disposals")).content.decode()
    press(visit(nur), "approve-disposal", finished)
    assert finished.reference not in visit(nasrul).get(reverse("cases:disposals")).content.decode()


def test_the_reporter_is_told_calmly(erased):
    browser = Client()
    browser.post(reverse("cases:follow-up"), {"code": CODES["33.74"]})
    page = browser.get(reverse("cases:followed-report")).content.decode()
    assert "sudah dihapus sesuai aturan penyimpanan" in page
    assert "Tulis pesan" not in page


def test_the_reporter_cannot_write_to_an_erased_report(erased):
    browser = Client()
    browser.post(reverse("cases:follow-up"), {"code": CODES["33.74"]})
    assert browser.post(reverse("cases:write-to-office"), {"text": "Halo"}).status_code == 422


def test_pictures_for_an_erased_report_are_refused_for_what_it_is(erased):
    browser = Client()
    browser.post(reverse("cases:follow-up"), {"code": CODES["33.74"]})
    answer = browser.post(reverse("cases:add-pictures"), {"pictures": SimpleUploadedFile("a.png", png())})
    assert answer.status_code == 422
    assert "Masih ada tempat" not in answer.content.decode()
    assert "Isi laporan ini sudah dihapus" in str(answer.context["pictures"].errors)


@pytest.mark.parametrize("tab", ["selesai", "semua"])
def test_the_inbox_lists_an_erased_case_without_a_name(erased, visit, sari, tab):
    page = visit(sari).get(reverse("cases:inbox"), {"daftar": tab})
    assert page.status_code == 200
    assert ("Isi kasus sudah dihapus" in page.content.decode()) == (tab == "selesai")


def test_the_office_holds_and_only_the_national_admin_lifts(finished, visit, sari, nasrul):
    address = reverse("cases:hold-case", args=[finished.pk])
    assert visit(sari).post(address, {"reason": "Gugatan di PTUN."}).status_code == 302
    assert press(visit(sari), "lift-hold", finished).status_code == 403
    assert finished.reference not in visit(nasrul).get(reverse("cases:disposals")).content.decode()
    assert press(visit(nasrul), "lift-hold", finished).status_code == 302
    assert LegalHold.objects.get().lifted_by == nasrul


@pytest.mark.parametrize("name", ["write-note", "write-message", "change-respondent", "bundle"])
def test_no_form_works_on_an_erased_case(erased, visit, sari, name):
    answer = visit(sari).post(reverse(f"cases:{name}", args=[erased.pk]), {"text": "Halo", "asn_status": "unverified"})
    assert answer.status_code in {302, 409, 422}
    assert "Halo" not in visit(sari).get(reverse("cases:case", args=[erased.pk])).content.decode()
