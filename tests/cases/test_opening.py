"""Reports the machine is done with become cases, once each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import AuditEvent
from cases.events import CaseEvent
from cases.models import Case, CaseReport, Respondent
from cases.opening import open_case, open_waiting_cases
from cases.tasks import open_waiting_cases as task
from reports.models import Report
from tests.case_factories import MONDAY, WIB, make_report

LATER = MONDAY + timedelta(hours=5)


@pytest.mark.django_db
class TestOpening:
    def test_a_classified_report_becomes_a_case_at_the_office_of_the_place(self, reference):
        report = make_report(region_code="33.74", event_code="pilkada-2024", respondent_nip="199001012015031001")
        assert open_waiting_cases(at=LATER) == 1
        case = Case.objects.get()
        assert (case.status, case.region_id, case.opened_at, case.version) == ("masuk", "33.74", LATER, 1)
        assert case.case_reports.get().report == report
        assert case.respondent.name == "Bambang Sutrisno, S.Pd."
        assert case.respondent.nip == "199001012015031001"
        assert case.respondent.employer_code == ""
        assert case.election_kind == "pilkada"

    def test_the_clock_starts_when_the_report_arrived(self, reference):
        make_report(event_code="pilkada-2024")
        open_waiting_cases(at=MONDAY + timedelta(days=1))
        assert Case.objects.get().due_at == datetime(2024, 10, 16, 23, 59, 59, tzinfo=WIB)

    @pytest.mark.parametrize(("state", "opened"), [("waiting", 0), ("classified", 1), ("needs_person", 1)])
    def test_only_reports_the_machine_is_done_with_are_opened(self, reference, state, opened):
        make_report(state=state)
        assert open_waiting_cases(at=LATER) == opened

    def test_running_it_again_changes_nothing(self, reference):
        report = make_report()
        task()
        task()
        assert Case.objects.count() == 1
        assert open_case(report=report, at=LATER) is None
        assert AuditEvent.objects.filter(action=CaseEvent.DIBUKA).count() == 1

    def test_numbers_follow_one_another_and_old_reports_come_first(self, reference):
        second, first = make_report(received_at=LATER), make_report()
        open_waiting_cases(at=LATER)
        assert [row.report for row in CaseReport.objects.order_by("case__number")] == [first, second]
        first_number, second_number = Case.objects.order_by("number").values_list("number", flat=True)
        assert second_number == first_number + 1

    def test_the_event_tells_nothing_of_what_was_reported(self, reference):
        report = make_report()
        open_waiting_cases(at=LATER)
        event = AuditEvent.objects.get(action=CaseEvent.DIBUKA)
        assert event.actor is None
        assert set(event.details) == {"version", "to", "report", "region"}
        assert report.narrative not in str(event.details)

    @pytest.mark.parametrize(
        ("act_date", "kind"),
        [("2024-02-01", ""), ("2023-06-01", "pemilu"), ("2024-12-01", "pilkada"), ("2022-01-01", "")],
    )
    def test_the_kind_of_election_is_guessed_only_when_it_is_certain(self, reference, act_date, kind):
        open_case(report=make_report(act_date=act_date), at=LATER)
        assert Case.objects.get().election_kind == kind

    def test_a_report_that_cannot_be_opened_keeps_no_other_waiting_and_names_nobody(self, reference, caplog):
        make_report(respondent_name="Nama Rusak")
        make_report(received_at=LATER)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_respondent ADD CONSTRAINT broken CHECK (name <> 'Nama Rusak')")
        assert open_waiting_cases(at=LATER) == 1
        assert "could not be opened" in caplog.text
        assert "Nama Rusak" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_open_each_case_once(reference):
    reports = [make_report() for _ in range(12)]
    barrier = Barrier(2)

    def run():
        try:
            barrier.wait(timeout=20)
            return open_waiting_cases(at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        opened = [future.result() for future in [pool.submit(run) for _ in range(2)]]
    assert sum(opened) == len(reports) == Case.objects.count() == Respondent.objects.count()
    assert not Report.objects.filter(case_link__isnull=True).exists()
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 13))
