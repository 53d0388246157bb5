"""What pages cost the database does not depend on what is on them."""

from datetime import timedelta

import pytest

from cases.messages import receive_from_reporter
from cases.models import Case, CaseReport, Respondent
from cases.notes import add_note, propose
from cases.sharing import share_with_kesbangpol
from cases.status import Status
from reports.models import Lane, Report
from tests.case_factories import MONDAY, make_case, make_evidence, make_finding, make_report

pytestmark = pytest.mark.django_db

CASE_PAGE = 12


@pytest.fixture
def grown(sari, budi, kartika, monday):
    """A case with everything a long life brings: reports, pictures, verdicts, notes, messages, events."""

    def grow(status, reports=3, events=40):
        case = make_case(by=sari, second=budi, status=status)
        for _ in range(reports - 1):
            CaseReport.objects.create(case=case, report=make_report(), attached_at=monday)
        for number, link in enumerate(case.case_reports.select_related("report")):
            make_finding(link.report)
            for place in range(2):
                make_evidence(link.report, sha256=f"{number}{place}".ljust(64, "0"))
            receive_from_reporter(report=link.report, text="Saya melihatnya sendiri.", at=monday)
        propose(case=case, text="Mohon diperiksa.", by=kartika, at=monday)
        for number in range(events):
            add_note(case=case, text=f"Catatan {number}.", by=sari if number % 2 else budi, at=monday)
        return case

    return grow


@pytest.mark.parametrize("status", Status)
def test_what_is_on_the_page_costs_no_query_each(status, grown, visit, address, budi, django_assert_max_num_queries):
    case, reader = grown(status), visit(budi)
    # What a process reads once and keeps
    reader.get(address("case", case))
    with django_assert_max_num_queries(CASE_PAGE):
        answer = reader.get(address("case", case))
    assert len(answer.context["dossier"].timeline) > 40
    assert Case.objects.count() == 1


def test_a_laporan_of_a_general_election_reads_one_calendar(visit, address, sari, budi, django_assert_max_num_queries):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, event_code="pemilu-2024-legislatif")
    named = {"lane": Lane.LAPORAN, "identity_key": b"k", "identity_box": b"b", "known_since": MONDAY.date()}
    Report.objects.filter(case_link__case=case).update(**named)
    reader = visit(sari)
    reader.get(address("case", case))
    with django_assert_max_num_queries(CASE_PAGE) as read:
        reader.get(address("case", case))
    calendars = [
        row["sql"] for row in read if "regions_holiday" in row["sql"] and '"day"' in row["sql"].split("FROM")[0]
    ]
    assert len(calendars) == 1


@pytest.mark.parametrize("reader", ["kartika", "nasrul", "aminah"])
@pytest.mark.parametrize("status", [Status.KAJIAN_AWAL, Status.KAJIAN, Status.SELESAI])
def test_other_offices_cost_no_more(
    status, reader, grown, visit, address, sari, request, django_assert_max_num_queries
):
    case = grown(status)
    share_with_kesbangpol(case=case, by=sari, at=case.opened_at)
    pages = visit(request.getfixturevalue(reader))
    pages.get(address("case", case))
    with django_assert_max_num_queries(CASE_PAGE):
        assert pages.get(address("case", case)).status_code == 200


def test_notes_from_before_it_was_shared_cost_the_own_house_no_query_each(
    grown, visit, address, sari, kartika, django_assert_max_num_queries
):
    case = grown(Status.KAJIAN_AWAL)
    Respondent.objects.filter(pk=case.respondent_id).update(employer_code=kartika.region_code)
    share_with_kesbangpol(case=case, by=sari, at=MONDAY + timedelta(days=1))
    pages = visit(kartika)
    pages.get(address("case", case))
    with django_assert_max_num_queries(CASE_PAGE):
        page = pages.get(address("case", case)).content.decode()
    assert "Mohon diperiksa." in page
    assert "Catatan 7." not in page
