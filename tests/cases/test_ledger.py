"""The book: every sent letter once, with its age until something came of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import Action
from cases.delivery import Receipt, confirm_receipt, issue_link
from cases.facts import StatusCorrection
from cases.forms.ledger import LedgerFilter
from cases.ledger import counts_by_body, ledger_rows, letters_for, with_results
from cases.status import Status
from tests.case_factories import MONDAY, make_case, step

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=10)


@pytest.fixture
def case_in(sari, budi):
    return lambda status=Status.TINDAK_LANJUT, **more: make_case(by=sari, second=budi, status=status, **more)


def book(user, at=LATER):
    return ledger_rows(with_results(letters_for(user).longest_waiting_first()), at=at)


def test_a_letter_without_a_result_shows_its_age_and_the_longest_waiting_is_on_top(case_in, sari):
    case_in(Status.SANKSI)
    case_in(at=MONDAY + timedelta(days=3))
    case_in()
    assert [row.days for row in book(sari)] == [10, 7, None]
    assert book(sari)[-1].result == "hukuman disiplin sedang"


@pytest.mark.parametrize("status", [Status.KAJIAN, Status.REKOMENDASI, Status.GAKKUMDU])
def test_a_letter_that_was_not_sent_is_not_in_the_book(case_in, sari, status):
    case_in(status)
    assert book(sari) == []


def test_the_age_turns_late_when_the_time_of_the_ppk_is_over(case_in, sari):
    case = case_in()
    assert not book(sari, at=case.due_at)[0].is_overdue
    assert book(sari, at=case.due_at + timedelta(seconds=1))[0].is_overdue


def test_receipt_and_reminders_are_told(case_in, sari):
    case = case_in()
    link = issue_link(case=case, sent_to="BKN", by=sari, at=MONDAY)
    receipt = Receipt(officer_name="Rani", officer_office="BKN")
    confirm_receipt(delivery=link.delivery, receipt=receipt, at=MONDAY)
    step(case, Action.CATAT_PENGINGAT, by=sari, at=LATER)
    (row,) = book(sari)
    assert (row.received, row.reminders, row.last_reminder) == ("14 Okt 2024", 1, "24 Okt 2024")


def test_a_later_letter_takes_the_place_of_the_first(case_in, sari, budi, nasrul):
    case = case_in()
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KAJIAN))
    assert [row.days for row in book(sari)] == [10]
    step(case, Action.SUSUN_REKOMENDASI, by=sari, at=LATER)
    step(case, Action.KIRIM_REKOMENDASI, by=budi, at=LATER)
    assert [(row.letter.sent_at, row.days) for row in book(sari)] == [(LATER, 0)]


def test_not_imposed_and_closed_are_results_too(case_in, sari):
    case_in(Status.TIDAK_TERBUKTI)
    assert [(row.result, row.days) for row in book(sari)] == [("Tidak dijatuhi sanksi", None)]


def test_everybody_reads_the_letters_of_the_cases_they_see(case_in, sari, wayan, kartika, nasrul, aminah):
    case_in(employer="33.74")
    seen = [len(book(user)) for user in (sari, wayan, kartika, nasrul, aminah)]
    assert seen == [1, 0, 0, 1, 1]


def test_a_regional_admin_gets_counts_of_the_region(case_in, dewi):
    case_in()
    case_in(Status.SANKSI)
    counts = {row.body: (row.sent, row.waiting) for row in counts_by_body(letters_for(dewi), at=LATER)}
    assert counts["Badan Kepegawaian Negara (BKN)"] == (2, 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"tanpa_hasil": "on"}, 1),
        ({"lembaga": "kasn"}, 0),
        ({"lembaga": "bkn"}, 2),
        ({"wilayah": "33.74"}, 2),
        ({"wilayah": "33.72"}, 0),
        ({"wilayah": "karangan"}, 2),
    ],
)
def test_filters_narrow_the_book(case_in, sari, asked, found):
    case_in()
    case_in(Status.SANKSI)
    sari.region_code = "33"
    sari.save()
    assert LedgerFilter(asked, by=sari).narrow(letters_for(sari)).count() == found


def test_more_letters_take_no_more_queries(case_in, sari):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            book(sari)
        return len(captured)

    case_in()
    before = queries()
    case_in(Status.SANKSI)
    case_in(Status.TIDAK_TERBUKTI)
    assert queries() == before <= 6
