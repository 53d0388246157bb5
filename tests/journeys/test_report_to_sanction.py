"""From a citizen's phone to a recorded sanction, on real services, in a real browser."""

import csv
import time

import pytest

from cases.models import Case
from reports.models import ClassificationState, Report

pytestmark = pytest.mark.browser

STORY = (
    "Camat di tempat kami membuat status WhatsApp yang mengajak warga memilih paslon nomor 2, lalu memasang foto "
    "bersama calon wali kota sambil mengangkat dua jari di Facebook. Banyak warga yang melihat unggahannya."
)
SCREENSHOTS = ("facebook.png", "whatsapp.png", "instagram.jpg")


def wait_until(found, what, seconds=90):
    """Wait for the worker and beat."""
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(0.2)
    return result


def send_report(citizen, images) -> str:
    """Fill in the form as a citizen would and return the receipt code."""
    page = citizen.page
    citizen.go("/")
    citizen.keep("beranda")
    citizen.go("/laporkan/")
    page.click("label[for=id_lane_0]")
    page.fill("[name=narrative]", STORY)
    page.fill("[name=act_date]", "2024-10-12")
    page.select_option("[name=province]", "33")
    page.select_option("[name=regency]", "33.74")
    page.select_option("[name=platform]", "whatsapp")
    page.click("form[enctype] button[type=submit]")
    page.wait_for_selector(".error-summary, [role=alert]")
    citizen.keep("laporkan-salah")
    assert page.input_value("[name=narrative]") == STORY
    page.fill("[name=respondent_post]", "Camat")
    page.fill("[name=respondent_agency]", "Kecamatan Tegalsari")
    page.fill("[name=candidate]", "Paslon nomor 2")
    page.set_input_files("[name=pictures]", [images / name for name in SCREENSHOTS])
    citizen.keep("laporkan")
    page.click("form[enctype] button[type=submit]")
    code = page.wait_for_selector(".receipt__code").inner_text()
    citizen.keep("tanda-terima")
    return code


def take_step(reviewer, case, action, picture=None, **answers):
    """One step of the workflow through its form."""
    page = reviewer.page
    reviewer.go(f"/kasus/{case.pk}/langkah/{action}/")
    for name, value in answers.items():
        field = page.locator(f"main [name={name}]").first
        tag, kind = field.evaluate("e => [e.tagName, e.type]")
        if tag == "SELECT":
            field.select_option(value)
        elif kind == "radio":
            page.check(f"main [name={name}][value={value}]")
        else:
            field.fill(value)
    if picture:
        reviewer.keep(picture)
    page.click("main form .actions button")
    page.wait_for_url(f"**/kasus/{case.pk}/*")
    assert "langkah" not in page.url, page.inner_text("main")


def study(reviewer, case):
    """The reviewer reads, looks and judges."""
    page = reviewer.page
    page.wait_for_url("**/kotak-masuk/*")
    reviewer.keep("kotak-masuk")
    page.click(f"a[href='/kasus/{case.pk}/']")
    reviewer.keep("kasus")
    evidence = case.case_reports.get().report.evidence.in_order().first()
    reviewer.go(f"/kasus/{case.pk}/gambar/{evidence.pk}/")
    assert page.locator("main img").first.evaluate("image => image.naturalWidth") > 0
    reviewer.keep("gambar")


def judge_first_finding(reviewer, case):
    """Confirm the machine's first violation, with a reason."""
    page = reviewer.page
    findings = case.case_reports.get().report.classifications.latest("made_at").findings
    finding = findings.exclude(rule_code="").order_by("rank").first()
    reviewer.go(f"/kasus/{case.pk}/")
    form = f"form[action='/kasus/{case.pk}/temuan/{finding.pk}/']"
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.check(f"{form} [value=confirm]")
    page.fill(f"{form} [name=reason]", "Ajakan memilih terbaca jelas pada tangkapan layar.")
    page.click(f"{form} button")
    page.wait_for_url(f"**/kasus/{case.pk}/*")


def test_a_report_becomes_a_recorded_sanction(machine, visitor, images, sari, budi, dewi, tmp_path):
    citizen = visitor(360)
    code = send_report(citizen, images)
    report = Report.objects.get()
    wait_until(lambda: Report.objects.filter(classification_state=ClassificationState.CLASSIFIED), "classification")
    assert report.evidence.filter(text="").count() == 0
    case = wait_until(Case.objects.first, "opening the case")

    reviewer, second = visitor(), visitor()
    reviewer.log_in(sari)
    study(reviewer, case)
    take_step(reviewer, case, "mulai_kajian_awal")
    take_step(reviewer, case, "daftarkan", number="001/LP/PW/Kota/14.01/XI/2026", registered_date="2026-01-05")
    today = time.strftime("%Y-%m-%d")
    take_step(reviewer, case, "jadwalkan_klarifikasi", scheduled_date=today, method="in_person", host="bawaslu")
    take_step(
        reviewer,
        case,
        "catat_klarifikasi",
        picture="langkah",
        held_date=today,
        attended="ya",
        method="in_person",
        minutes="Terlapor mengakui unggahannya.",
    )
    judge_first_finding(reviewer, case)
    take_step(
        reviewer,
        case,
        "susun_rekomendasi",
        picture="rekomendasi",
        letter_number="120/PM.00.02/K.JT-33/11/2026",
        letter_date=today,
        reasons="Unsur terpenuhi.",
    )
    second.log_in(budi)
    take_step(second, case, "kirim_rekomendasi")
    take_step(
        reviewer,
        case,
        "catat_sanksi",
        level="medium",
        form_code="potong_tukin_6",
        form="pemotongan tunjangan kinerja 25 % selama 6 bulan",
        decree_number="800/123/2026",
        decree_date=today,
        imposed_by="Wali Kota Semarang",
    )
    take_step(reviewer, case, "tutup")
    reviewer.keep("kasus-selesai")

    citizen.go("/lacak/")
    citizen.keep("lacak")
    citizen.page.fill("main [name=code]", code.lower())
    citizen.page.click("main form button")
    citizen.page.wait_for_url("**/lacak/laporan/*")
    assert "sanksi" in citizen.page.inner_text("main").lower()
    citizen.keep("lacak-laporan")

    admin = visitor()
    admin.log_in(dewi)
    admin.keep("angka")
    with admin.page.expect_download() as download:
        admin.page.click("a[href^='/angka/kasus.csv']")
    rows = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == [case.reference]
    assert "Badan Kepegawaian Negara (BKN)" in rows[1]
