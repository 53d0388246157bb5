"""The figures of a region."""

from datetime import date, datetime

import pytest

from cases import assessment
from cases.facts import Duplicate
from cases.status import Status
from cases.workflow import Action
from stats.figures import (
    Period,
    Share,
    by_month,
    by_outcome,
    by_region,
    by_rule,
    by_stage,
    cases_of,
    overview,
    share_recommended,
    share_sanctioned,
)
from tests.case_factories import MONDAY, RULE, WIB, make_case, make_finding, step

pytestmark = pytest.mark.django_db

WHOLE_TIME = Period()


def counted(rows) -> dict[str, int]:
    return {row.label: row.count for row in rows if row.count}


@pytest.fixture
def semarang(sari, budi):
    """A new case, one not registered, one at BKN and one with a sanction, in October 2024."""
    for status in (Status.MASUK, Status.TIDAK_DIREGISTRASI, Status.TINDAK_LANJUT, Status.SANKSI):
        make_case(by=sari, second=budi, status=status)
    return cases_of("33.74", WHOLE_TIME)


def test_a_region_counts_its_own_cases_only(semarang, wayan):
    make_case(by=wayan, second=wayan, region_code="51.71")
    counts = [cases_of(code, WHOLE_TIME).count() for code in ("33.74", "33", "51", "")]
    assert counts == [4, 4, 1, 5]


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2024, 10, 14), date(2024, 10, 14), 4),
        (date(2024, 10, 15), None, 0),
        (None, date(2024, 10, 13), 0),
        (date(2024, 10, 1), None, 4),
    ],
)
def test_a_period_takes_both_its_days(semarang, first, last, count):
    assert cases_of("33.74", Period(first=first, last=last)).count() == count


def test_a_rule_counts_once_a_person_found_it_broken(semarang):
    assert counted(by_rule(semarang)) == {"SKB2-II-B-2 Kampanye daring untuk calon": 2}


def test_a_rejected_rule_no_longer_counts(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    assessment.withdraw_rule(case=case, rule_code=RULE, reason="Akun tiruan.", by=sari, at=MONDAY)
    assert by_rule(cases_of("33.74", WHOLE_TIME)) == []


def test_the_stage_is_that_of_the_newest_classification(sari, budi):
    case = make_case(by=sari, second=budi)
    make_finding(case.case_reports.get().report)
    make_case(by=sari, second=budi)
    stages = counted(by_stage(cases_of("33.74", WHOLE_TIME)))
    assert stages == {"sesudah penetapan calon": 1, "belum diketahui": 1}


def test_outcomes_count_what_is_decided_before_the_file_is_closed(semarang):
    assert counted(by_outcome(semarang)) == {"masih berjalan": 2, "Tidak diregistrasi": 1, "Sanksi dijatuhkan": 1}


def test_a_closed_case_keeps_its_outcome(sari, budi):
    make_case(by=sari, second=budi, status=Status.SELESAI)
    assert counted(by_outcome(cases_of("33.74", WHOLE_TIME))) == {"Sanksi dijatuhkan": 1}


def test_a_duplicate_counts_with_the_case_it_belongs_to(sari, budi):
    first = make_case(by=sari, second=budi)
    second = make_case(by=sari, second=budi)
    step(second, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=first))
    assert list(cases_of("33.74", WHOLE_TIME)) == [first]


def test_regions_come_largest_first(semarang, wayan):
    make_case(by=wayan, second=wayan, region_code="51.71")
    rows = by_region(cases_of("", WHOLE_TIME))
    assert [(row.label, row.count) for row in rows] == [("Kota Semarang", 4), ("Kota Denpasar", 1)]


def test_months_go_by_the_clock_of_the_portal_and_only_where_there_are_cases(sari, budi):
    make_case(by=sari, second=budi, at=datetime(2024, 11, 30, 23, 30, tzinfo=WIB))
    make_case(by=sari, second=budi, at=datetime(2025, 1, 1, 0, 30, tzinfo=WIB))
    rows = by_month(cases_of("33.74", WHOLE_TIME))
    assert [(row.label, row.count) for row in rows] == [
        ("November 2024", 1),
        ("Januari 2025", 1),
    ]


def test_the_share_recommended_is_of_the_registered(semarang):
    assert share_recommended(semarang) == Share(part=2, whole=2)


def test_the_share_sanctioned_is_of_the_recommended(semarang):
    assert share_sanctioned(semarang) == Share(part=1, whole=2)


def test_a_share_of_nothing_has_no_per_cent():
    assert Share(part=0, whole=0).percent is None
    assert Share(part=1, whole=4).percent == 25


def test_the_page_takes_few_queries_for_any_number_of_cases(semarang, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        overview(semarang)
