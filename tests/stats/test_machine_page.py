"""The page about the machine's quality."""

import pytest

from cases.models import Conclusion, SecondReading, SecondReadingDraw
from cases.reader_pairs import ReaderPair
from cases.status import Status
from stats.drift import Drift, Window
from stats.models import DriftReport
from stats.quality import agreement
from tests.case_factories import MONDAY, RULE, make_case

pytestmark = pytest.mark.django_db
PAGE = "/angka/mesin/"


@pytest.fixture
def admin(client, nasrul):
    client.force_login(nasrul)
    return client


NOTHING = Window()


def keep(now: Window, before: Window = NOTHING) -> None:
    DriftReport.objects.create(
        day=MONDAY.date(), made_at=MONDAY, figures=Drift(str(MONDAY.date()), now, before).as_json()
    )


def test_before_the_first_night_the_page_says_so(admin):
    page = admin.get(PAGE).content.decode()
    assert "Laporan pertama dibuat malam ini" in page
    assert "Belum ada kasus yang dibaca dua orang" in page


def test_few_cases_give_no_share(admin):
    keep(Window(reports=4, judged_cases=4, first_right=4, three_right=4, first_labels={"PROPS": 4}))
    page = admin.get(PAGE).content.decode()
    assert "terlalu sedikit" in page
    assert "100 %" not in page


def test_figures_alarms_and_versions_are_shown(admin):
    before = Window(reports=200, judged_cases=100, first_right=90, three_right=99, first_labels={"PROPS": 200})
    keep(
        Window(
            reports=50,
            judged_cases=40,
            first_right=20,
            three_right=39,
            first_labels={"PROPS": 50},
            engines={"abc/def": [40, 20, 39]},
        ),
        before,
    )
    page = admin.get(PAGE).content.decode()
    assert "50 %" in page
    assert "sebelumnya 90 %" in page
    assert "abc/def" in page
    assert "style=" not in page


def test_two_readers_of_few_cases_get_no_kappa(admin, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    draw = SecondReadingDraw.objects.create(case=case, drawn_at=MONDAY)
    SecondReading.objects.create(
        draw=draw, conclusion=Conclusion.VIOLATION, rule_codes=[RULE], reason="Jelas.", by=budi, at=MONDAY
    )
    page = admin.get(PAGE).content.decode()
    assert "SOCMED_CAMPAIGN" in page
    assert "Sejauh ini 1 kasus diundi" in page
    assert "terlalu sedikit" in page


def test_agreement_is_counted_on_any_violation_and_act_by_act():
    none, photo, props = frozenset(), frozenset({"PHOTO"}), frozenset({"PROPS"})
    pairs = [ReaderPair(None, *sides) for sides in [(photo, photo)] * 10 + [(none, none)] * 10 + [(photo, props)] * 5]
    overall, of_photo, of_props = agreement(pairs)
    assert overall.kappa.value == pytest.approx(1)
    assert (of_photo.question, of_photo.kappa.observed) == ("PHOTO", pytest.approx(0.8))
    assert of_props.kappa.value == pytest.approx(0)


def test_an_auditor_reads_it_and_a_reviewer_does_not(client, aminah, sari):
    client.force_login(aminah)
    assert client.get(PAGE).status_code == 200
    client.force_login(sari)
    assert client.get(PAGE).status_code == 403
