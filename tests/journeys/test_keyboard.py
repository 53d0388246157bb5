"""Without a mouse: everything is reached with Tab and pressed with Enter, and one always sees where one is."""

import pytest

from cases.models import Case
from cases.status import Status
from tests.case_factories import make_case
from tests.clarification_factories import invite
from tests.factories import send_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(visitor, key="Enter"):
    """A key that leads to another page."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)


def test_a_reviewer_takes_a_step_with_the_keyboard(visitor, sari, budi):
    case, desk = make_case(by=sari, second=budi), visitor()
    desk.is_logged_in_as(sari)
    desk.go("/kotak-masuk/?daftar=semua")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    desk.tab_to(f"main a[href='/kasus/{case.pk}/']")
    press(desk)
    desk.tab_to("details:has(form[action$='/mulai_kajian_awal/']) > summary")
    desk.page.keyboard.press("Enter")
    desk.tab_to("form[action$='/mulai_kajian_awal/'] button")
    press(desk)
    assert Case.objects.get(pk=case.pk).status == Status.KAJIAN_AWAL


def test_a_reporter_and_a_respondent_write_with_the_keyboard(visitor, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    for start, code, part in (
        ("/lacak/", send_report().code, "/lacak/laporan/pesan/"),
        ("/jawab/", invite(case, by=sari).code, "/jawab/undangan/penjelasan/"),
    ):
        hand = visitor(360)
        hand.go(start)
        hand.tab_to("[name=code]")
        hand.page.keyboard.type(code)
        press(hand)
        hand.tab_to(f"details:has(form[action='{part}']) > summary")
        hand.page.keyboard.press("Enter")
        hand.tab_to(f"form[action='{part}'] [name=text]")
        hand.page.keyboard.type("Saya di kantor hari itu.")
        hand.tab_to(f"form[action='{part}'] button")
        press(hand)
        assert "Saya di kantor hari itu." in hand.read()
