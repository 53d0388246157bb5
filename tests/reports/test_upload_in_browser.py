"""Pictures on their way in a real browser: progress, lost connections, taking back, and the form without all that."""

import io
import re
from datetime import timedelta
from hashlib import shake_128

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from evidence.digests import sha256_hex
from reports import drafts, originals
from reports.models import Evidence, HeldImage, Report
from tests.factories import AT, NARRATIVE, png
from tests.reports.servers import wait_until
from tests.reports.test_in_browser import fill, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOLD = re.compile(r"/laporkan/gambar/$")
DROP = re.compile(r"/laporkan/gambar/.+/$")


def heavy_picture():
    """A PNG of 3 MB: noise cannot be compressed."""
    image = Image.frombytes("RGB", (1000, 1000), shake_128(b"2024").digest(3_000_000))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def choose(page, *pictures):
    files = [{"name": f"bukti {n}.png", "mimeType": "image/png", "buffer": data} for n, data in enumerate(pictures, 1)]
    page.set_input_files("[name=pictures]", files)


def expect_states(page, *states):
    expect(page.locator(".previews__state")).to_have_text(list(states), timeout=15_000)


def slow_down(page, bytes_per_second):
    conditions = {"offline": False, "latency": 40, "downloadThroughput": -1, "uploadThroughput": bytes_per_second}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


def how_far(page):
    return page.evaluate("document.querySelectorAll('progress')[1].value")


def in_form(page):
    return page.evaluate("[...document.querySelector('[name=pictures]').files].map(file => file.name)")


def try_without_a_post(page):
    """Fill in the form, be told what is missing, and add it: the picture is kept meanwhile."""
    fill(page)
    expect_states(page, "Tersimpan")
    page.fill("[name=respondent_post]", "")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator("form[enctype]")).to_contain_text("1 gambar sudah tersimpan")
    page.fill("[name=respondent_post]", "Camat")


def test_pictures_are_kept_while_the_form_is_filled_in_and_sent_byte_for_byte(open_form):
    page = open_form()
    heavy = heavy_picture()
    fill(page)
    choose(page, heavy)
    expect_states(page, "Tersimpan", "Tersimpan")
    expect(page.locator("[data-upload-for]")).to_have_text("2 dari 2 gambar sudah tersimpan.")
    assert in_form(page) == []
    assert send(page)
    assert sha256_hex(heavy) in Evidence.objects.values_list("sha256", flat=True)
    assert HeldImage.objects.count() == 0


def test_a_heavy_picture_on_a_slow_line_shows_how_far_it_is_and_the_form_waits(open_form):
    page = open_form()
    fill(page)
    expect_states(page, "Tersimpan")
    slow_down(page, 1_000_000)
    choose(page, heavy_picture())
    wait_until(lambda: 0.2 < how_far(page) < 1)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator("[data-upload-for]")).to_contain_text("Menunggu gambar selesai dikirim")
    expect(page.locator(".receipt__code")).to_be_visible(timeout=15_000)
    assert Evidence.objects.count() == 2


def test_a_line_lost_in_the_middle_is_waited_for(open_form):
    page = open_form()
    fill(page)
    expect_states(page, "Tersimpan")
    page.route(HOLD, lambda route: (page.context.set_offline(True), route.abort("internetdisconnected")))
    choose(page, heavy_picture())
    expect_states(page, "Tersimpan", "Tidak ada sambungan. Dikirim begitu tersambung.")
    page.unroute(HOLD)
    page.context.set_offline(False)
    expect_states(page, "Tersimpan", "Tersimpan")
    assert send(page)
    assert Evidence.objects.count() == 2


def test_an_answer_that_was_lost_makes_no_second_picture(open_form):
    page = open_form()
    lost = []

    def lose_the_first_answer(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route(HOLD, lose_the_first_answer)
    fill(page)
    expect_states(page, "Tersimpan")
    assert lost[0].ok
    assert HeldImage.objects.count() == 1


def test_without_the_address_for_pictures_they_go_with_the_form(open_form):
    page = open_form()
    page.route(HOLD, lambda route: route.fulfill(status=403, body="<h1>403</h1>"))
    fill(page)
    expect_states(page, "Dikirim nanti bersama formulir.")
    assert send(page)
    assert (Evidence.objects.count(), HeldImage.objects.count()) == (1, 0)


def test_a_picture_taken_back_on_its_way_is_not_in_the_report(open_form):
    page = open_form()
    fill(page)
    expect_states(page, "Tersimpan")
    # The server keeps it, the browser never learns so.
    page.route(HOLD, lambda route: (route.fetch(), page.get_by_role("button", name="Hapus: bukti 1.png").click()))
    choose(page, png())
    expect(page.locator(".previews li")).to_have_count(1)
    page.unroute(HOLD)
    assert HeldImage.objects.count() == 2
    assert send(page)
    assert Evidence.objects.count() == 1


def remove(page, number):
    page.get_by_role("button", name=f"Hapus: bukti {number}.png").click()


def test_the_same_picture_chosen_twice_says_so_and_stays_when_one_card_goes(open_form):
    page = open_form()
    fill(page)
    expect_states(page, "Tersimpan")
    data = png()
    choose(page, data, data)
    expect_states(page, "Tersimpan", "Tersimpan", "Tersimpan. Sama dengan gambar ke-2.")
    remove(page, 1)
    expect_states(page, "Tersimpan", "Tersimpan")
    assert send(page)
    assert Evidence.objects.filter(sha256=sha256_hex(data)).count() == 1
    assert Evidence.objects.count() == 2


def test_when_both_cards_of_a_picture_go_it_is_not_kept(open_form):
    page = open_form()
    data = png()
    choose(page, data, data)
    expect_states(page, "Tersimpan", "Tersimpan. Sama dengan gambar ke-1.")
    remove(page, 2)
    with page.expect_response(DROP):
        remove(page, 1)
    wait_until(lambda: HeldImage.objects.count() == 0)


def test_a_picture_of_the_last_try_stays_when_its_second_choice_goes(open_form):
    page = open_form()
    try_without_a_post(page)
    choose(page, originals.open_original(HeldImage.objects.get()))
    expect_states(page, "Tersimpan. Sama dengan gambar ke-1.")
    remove(page, 1)
    assert send(page)
    assert Evidence.objects.count() == 1


def test_a_picture_that_expired_meanwhile_is_named_and_chosen_again(open_form):
    page = open_form()
    fill(page)
    choose(page, png())
    expect_states(page, "Tersimpan", "Tersimpan")
    HeldImage.objects.filter(position=2).update(received_at=AT - timedelta(days=400))
    drafts.drop_expired(at=timezone.now())
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator(".error-summary")).to_contain_text("Gambar ke-2 tidak tersimpan lagi")
    assert page.input_value("[name=narrative]") == NARRATIVE
    assert Report.objects.count() == 0
    choose(page, png())
    expect_states(page, "Tersimpan")
    assert send(page)
    assert Evidence.objects.count() == 2


def test_a_refused_picture_is_named_and_stops_the_form_until_it_is_removed(open_form):
    page = open_form()
    fill(page)
    choose(page, b"GIF89a....")
    expect_states(page, "Tersimpan", re.compile("^ini GIF", re.IGNORECASE))
    page.get_by_role("button", name="Kirim laporan").click()
    assert "Hapus gambar itu dulu" in page.evaluate("document.querySelector('[name=pictures]').validationMessage")
    page.get_by_role("button", name="Hapus: bukti 1.png").click()
    assert send(page)
    assert Report.objects.count() == 1


def test_dropped_and_pasted_pictures_count_as_chosen(open_form):
    page = open_form()
    for event, holder in (("drop", "dataTransfer"), ("paste", "clipboardData")):
        page.evaluate(
            """([event, holder, bytes]) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([new Uint8Array(bytes)], `${event}.png`, {type: "image/png"}));
              const happens = event === "drop"
                ? new DragEvent(event, {bubbles: true, cancelable: true, [holder]: transfer})
                : new ClipboardEvent(event, {bubbles: true, cancelable: true, [holder]: transfer});
              document.querySelector("[name=narrative]").dispatchEvent(happens);
            }""",
            [event, holder, list(png())],
        )
    expect_states(page, "Tersimpan", "Tersimpan")
    assert HeldImage.objects.count() == 2


def test_offline_the_form_stays_with_every_word(open_form):
    page = open_form()
    fill(page)
    expect_states(page, "Tersimpan")
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator("[data-upload-for]")).to_contain_text("Tidak ada sambungan, jadi belum terkirim")
    page.context.set_offline(False)
    assert send(page)


def test_after_errors_the_kept_pictures_are_still_there(open_form):
    page = open_form()
    try_without_a_post(page)
    choose(page, png())
    expect_states(page, "Tersimpan")
    assert send(page)
    assert Evidence.objects.count() == 2
