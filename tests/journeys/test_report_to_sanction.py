"""From a citizen's phone to a recorded sanction, on real services, in a real browser."""

import time

import pytest

from cases.models import Case
from reports.models import ClassificationState, Report
from tests.journeys.doors import JUDGED
from tests.journeys.officers import Officer
from tests.journeys.outsiders import STORY, Reporter
from tests.journeys.visiting import fill_in

pytestmark = pytest.mark.browser

SCREENSHOTS = ("facebook.png", "whatsapp.png", "instagram.jpg")


def wait_until(found, what, seconds=90):
    """Wait for the worker and beat."""
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(0.2)
    return result


def sends_report(citizen, images):
    """Fill in the form as a citizen would, with a slip; what was typed stays."""
    page = citizen.page
    citizen.visitor.go("/")
    citizen.visitor.keep("beranda")
    citizen.fills_in([])
    page.click("form[enctype] button[type=submit]")
    page.wait_for_selector(".error-summary, [role=alert]")
    citizen.visitor.keep("laporkan-salah")
    assert page.input_value("[name=narrative]") == STORY
    fill_in(page.locator("form[enctype]"), {"respondent_post": "Camat", "candidate": "Paslon nomor 2"})
    page.set_input_files("[name=pictures]", [images / name for name in SCREENSHOTS])
    citizen.visitor.keep("laporkan")
    citizen.sends()
    citizen.visitor.keep("tanda-terima")


def studies(reviewer, case):
    """The reviewer reads, looks and judges."""
    visitor = reviewer.visitor
    reviewer.finds(case)
    visitor.keep("kasus")
    evidence = case.case_reports.get().report.evidence.in_order().first()
    reviewer.opens(case, page=f"gambar/{evidence.pk}/")
    visitor.keep("gambar")
    assert reviewer.page.locator("main img").first.evaluate("image => image.naturalWidth") > 0


def first_finding(case):
    """The machine's first violation."""
    findings = case.case_reports.get().report.classifications.latest("made_at").findings
    return findings.exclude(rule_code="").order_by("rank").first()


def test_a_report_becomes_a_recorded_sanction(machine, visitor, images, sari, budi):
    citizen = Reporter(visitor(360))
    sends_report(citizen, images)
    report = Report.objects.get()
    wait_until(lambda: Report.objects.filter(classification_state=ClassificationState.CLASSIFIED), "classification")
    assert report.evidence.filter(text="").count() == 0
    case = wait_until(Case.objects.first, "opening the case")

    desk = visitor()
    desk.log_in(sari)
    desk.page.wait_for_url("**/kotak-masuk/*")
    desk.keep("kotak-masuk")
    reviewer = Officer(desk, sari, set())
    studies(reviewer, case)
    reviewer.begins(case)
    reviewer.registers(case)
    reviewer.summons(case)
    reviewer.records_hearing(case)
    reviewer.judges(case, first_finding(case))
    assert reviewer.visitor.doors >= JUDGED
    reviewer.drafts_recommendation(case)
    Officer(visitor(), budi, set()).sends_recommendation(case)
    reviewer.records_sanction(case)
    reviewer.closes(case)
    reviewer.visitor.keep("kasus-selesai")

    citizen.visitor.go("/lacak/")
    citizen.visitor.keep("lacak")
    citizen.follows()
    assert "sanksi" in citizen.visitor.read().lower()
    citizen.visitor.keep("lacak-laporan")
