"""More pictures on the reporter's own page in a real browser: the same upload as on the form, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from reports.models import Evidence, HeldImage
from tests.factories import png, send_report
from tests.reports.servers import wait_until
from tests.reports.test_upload_in_browser import choose, expect_states, heavy_picture, slow_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOLD = re.compile(r"/lacak/laporan/gambar/simpan/$")
GIF = b"GIF89a" + bytes(60)


@pytest.fixture
def open_own_page(open_form):
    """Opens the page of a report of one picture, where more can be added."""

    def opened(**options):
        code = send_report().code
        page = open_form(**options)
        page.goto(page.url.replace("/laporkan/", "/lacak/"))
        page.fill("[name=code]", code)
        page.get_by_role("button", name="Lihat laporan").click()
        page.get_by_text("Tambah gambar").click()
        return page

    return opened


def send(page):
    page.get_by_role("button", name="Kirim gambar").click()


def test_pictures_go_one_by_one_are_tried_again_and_a_refused_one_is_taken_out(open_own_page):
    page = open_own_page()
    lost = []

    def lose_the_first_answer(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route(HOLD, lose_the_first_answer)
    choose(page, png(), GIF)
    expect_states(page, "Tersimpan", re.compile("^ini GIF", re.IGNORECASE))
    page.unroute(HOLD)
    slow_down(page, 1_000_000)
    page.set_input_files("[name=pictures]", {"name": "berat.png", "mimeType": "image/png", "buffer": heavy_picture()})
    wait_until(lambda: 0.2 < page.evaluate("document.querySelectorAll('progress')[2].value") < 1)
    page.get_by_role("button", name="Hapus: bukti 2.png").click()
    send(page)
    expect(page.locator("main")).to_contain_text("Gambar Anda sudah tersimpan.", timeout=15_000)
    assert (Evidence.objects.count(), HeldImage.objects.count()) == (3, 0)


def test_without_javascript_the_good_ones_beside_a_refused_one_are_kept(open_own_page):
    page = open_own_page(java_script_enabled=False)
    choose(page, png(), GIF, png())
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("Gambar ke-2 (bukti 2.png): ini GIF")
    expect(page.locator("main")).to_contain_text("2 gambar sudah tersimpan")
    send(page)
    expect(page.locator("main")).to_contain_text("Gambar Anda sudah tersimpan.")
    assert (Evidence.objects.count(), HeldImage.objects.count()) == (3, 0)
