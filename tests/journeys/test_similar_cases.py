"""What may be the same case is searched while the reviewer already reads; without scripts a link leads there."""

import pytest

from tests.case_factories import make_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "#kasus-serupa"


@pytest.fixture
def twins(sari, budi):
    return [make_case(by=sari, second=budi) for _ in range(2)]


def test_the_page_of_a_case_is_filled_with_cases_like_it(visitor, twins, sari):
    case, other = twins
    desk = visitor(360)
    desk.is_logged_in_as(sari)
    desk.go(f"/kasus/{case.pk}/")
    desk.page.wait_for_selector(f"{PLACE} a[href='/kasus/{other.pk}/']")
    assert "nama dan instansi mirip" in desk.page.inner_text(PLACE)
    desk.follow(f"{PLACE} a[href='/kasus/{case.pk}/gabung/{other.pk}/']")
    assert other.reference in desk.read()


def test_without_scripts_a_link_leads_to_them(visitor, twins, sari):
    case, other = twins
    desk = visitor(360, java_script_enabled=False)
    desk.is_logged_in_as(sari)
    desk.go(f"/kasus/{case.pk}/")
    desk.follow(f"{PLACE} a")
    assert other.reference in desk.read()
