"""The form in a real browser, with and without JavaScript."""

import pytest

from reports.models import Report
from tests.factories import NARRATIVE, png

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill(page):
    page.locator("label", has_text="Informasi awal").first.click()
    page.fill("[name=narrative]", NARRATIVE)
    page.fill("[name=act_date]", "2024-10-10")
    page.select_option("[name=province]", "33")
    page.select_option("[name=regency]", "33.74")
    page.select_option("[name=platform]", "whatsapp")
    page.fill("[name=respondent_post]", "Camat")
    page.set_input_files("[name=pictures]", {"name": "bukti.png", "mimeType": "image/png", "buffer": png()})


def send(page):
    page.get_by_role("button", name="Kirim laporan").click()
    return page.locator(".receipt__code").inner_text()


def test_a_double_click_makes_one_report(open_form):
    page = open_form()
    fill(page)
    page.get_by_role("button", name="Kirim laporan").dblclick()
    assert page.locator(".receipt__code").inner_text()
    assert Report.objects.count() == 1


def test_loading_the_receipt_again_shows_the_same_code(open_form):
    page = open_form()
    fill(page)
    code = send(page)
    page.reload()
    assert page.locator(".receipt__code").inner_text() == code
    assert Report.objects.count() == 1


def test_going_back_shows_an_empty_form_to_whoever_holds_the_phone_next(open_form):
    page = open_form()
    fill(page)
    send(page)
    page.go_back()
    assert page.input_value("[name=narrative]") == ""


def test_the_form_works_without_javascript(open_form):
    page = open_form(java_script_enabled=False)
    assert page.locator("[name=reporter_name]").is_visible()
    fill(page)
    page.fill("[name=respondent_post]", "")
    page.get_by_role("button", name="Kirim laporan").click()
    assert "1 gambar sudah tersimpan" in page.locator("form[enctype]").inner_text()
    assert page.input_value("[name=narrative]") == NARRATIVE
    page.locator(".error-summary a").first.click()
    assert page.url.endswith("#id_respondent_name")
    page.fill("[name=respondent_name]", "Slamet Riyadi")
    assert send(page)


def test_identity_is_asked_for_in_the_laporan_lane_only(open_form):
    page = open_form()
    page.locator("label", has_text="Laporan resmi").first.click()
    assert page.locator("[name=reporter_name]").is_visible()
    page.locator("label", has_text="Informasi awal").first.click()
    assert not page.locator("[name=reporter_name]").is_visible()


def test_what_is_still_missing_can_be_asked_before_sending(open_form):
    page = open_form()
    lines = page.locator("[data-completeness-list] li")
    page.get_by_role("button", name="Periksa kelengkapan").click()
    page.get_by_text("Pilih dulu cara melapor").wait_for()
    page.locator("label", has_text="Informasi awal").first.click()
    page.get_by_role("button", name="Periksa kelengkapan").click()
    page.get_by_text("Bukti berupa gambar: belum ada").wait_for()
    fill(page)
    page.fill("[name=respondent_agency]", "Kecamatan Tembalang")
    assert lines.count() == 0
    page.get_by_role("button", name="Periksa kelengkapan").click()
    page.get_by_text("Bukti berupa gambar: ada").wait_for()
    assert lines.filter(has_text="belum ada").count() == 0
    assert Report.objects.count() == 0


def test_the_list_of_kabupaten_is_narrowed_to_the_province(open_form):
    page = open_form()
    page.select_option("[name=province]", "51")
    assert page.locator("[name=regency] option").count() == 10
