"""Seven days from knowing to reporting: told to reporter and reviewer, in the way."""

from datetime import date, timedelta

import pytest

from cases.completeness import missing_in_case, missing_in_report
from cases.dossier import dossier
from cases.followed import followed_page
from cases.holidays import add_holiday, remove_holiday
from cases.models import Case
from cases.reporting_time import reporting_time
from cases.status import Status
from regions.models import Holiday, HolidayKind, Region
from reports import receipt
from reports.completeness import Given, missing
from reports.erasing_reports import ERASED_REPORT
from reports.models import Lane, Report
from rules.models import ElectionEvent
from tests.case_factories import MONDAY, make_case
from tests.factories import report_facts

pytestmark = pytest.mark.django_db
CODE = "SEMAR-ANG00-00000-00000-000009"


def laporan(known_since, *, received_at=MONDAY, region="33.74"):
    return Report(
        lane=Lane.LAPORAN, known_since=known_since, received_at=received_at, region=Region.objects.get(pk=region)
    )


@pytest.mark.parametrize(
    ("kind", "known_since", "last_day", "is_late"),
    [
        ("pilkada", date(2024, 10, 7), date(2024, 10, 14), False),
        ("pilkada", date(2024, 10, 6), date(2024, 10, 13), True),
        ("pemilu", date(2024, 10, 3), date(2024, 10, 14), False),
        ("pemilu", date(2024, 10, 2), date(2024, 10, 11), True),
        ("pemilu", date(2024, 9, 11), date(2024, 9, 23), True),  # Maulid on the 16th
        ("", date(2024, 10, 7), date(2024, 10, 14), False),
    ],
)
def test_a_laporan_is_in_time_for_seven_days(reference, kind, known_since, last_day, is_late):
    found = reporting_time(laporan(known_since), election_kind=kind, holidays=Holiday.objects.counting().days())
    assert (found.last_day, found.is_late) == (last_day, is_late)


def test_the_last_second_of_the_day_at_the_place_counts(reference):
    # 21.59.59 WIB is the end of the day in Jayapura
    end = MONDAY.replace(hour=21, minute=59, second=59)
    for received_at, is_late in ((end, False), (end + timedelta(seconds=1), True)):
        report = laporan(date(2024, 10, 7), received_at=received_at, region="91.71")
        assert reporting_time(report, election_kind="pilkada", holidays=frozenset()).is_late == is_late


def test_nobody_is_judged_who_did_not_say_or_need_not(reference):
    assert reporting_time(laporan(None), election_kind="pemilu", holidays=frozenset()) is None
    told = Report(lane=Lane.INFORMASI_AWAL, known_since=date(2024, 1, 1), received_at=MONDAY)
    assert reporting_time(told, election_kind="pemilu", holidays=frozenset()) is None


def test_reporter_and_reviewer_read_it_and_the_case_goes_its_way(client, sari, budi):
    case = make_case(by=sari, second=budi, event_code="pilkada-2024")
    late = {"lane": Lane.LAPORAN, "identity_key": b"k", "identity_box": b"b", "known_since": date(2024, 10, 1)}
    Report.objects.filter(case_link__case=case).update(**late, receipt_digest=receipt.digest(CODE))
    client.post("/lacak/", {"code": CODE})
    followed = " ".join(client.get("/lacak/laporan/").content.decode().split())
    assert "waktu 7 hari untuk laporan resmi habis 8 Oktober 2024" in followed
    assert "tetap diterima" in followed
    client.force_login(sari)
    page = client.get(f"/kasus/{case.pk}/").content.decode()
    assert "lewat 7 hari" in page
    assert "Mulai kajian awal" in page


@pytest.fixture
def formal(sari, budi):
    """A laporan of a general election, known of since a day, in a case that is being studied for the first time."""

    def build(known_since, at=MONDAY):
        kind = "pemilu-2024-legislatif"
        case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, event_code=kind, at=at)
        named = {"lane": Lane.LAPORAN, "identity_key": b"k", "identity_box": b"b", "known_since": known_since}
        Report.objects.filter(case_link__case=case).update(**named)
        return Case.objects.get(pk=case.pk)

    return build


def answers(case, by):
    """Whether the report is late: on the case page, in its checklist, in the letter and for the reporter."""
    case, report = Case.objects.get(pk=case.pk), Report.objects.get(case_link__case=case)
    holidays = Holiday.objects.counting().days()
    sheet = dossier(case, by=by, at=MONDAY).reports[0]
    lacks = [
        [row.requirement for row in sheet.checklist if row.is_missing],
        missing_in_case(case),
        missing_in_report(report, pictures=1, holidays=holidays, election_kind=case.election_kind),
    ]
    told = followed_page(report, at=MONDAY).reporting_time
    return {sheet.reporting_time.is_late, told.is_late, *("in_time" in {row.code for row in one} for one in lacks)}


def test_a_holiday_the_officers_added_counts_in_every_answer(formal, sari, nasrul):
    late = date(2024, 10, 2)
    assert answers(formal(late), sari) == {True}
    add_holiday(day=date(2024, 10, 10), name="Cuti daerah", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY)
    assert answers(formal(late), sari) == {False}


def test_a_published_holiday_the_officers_took_out_counts_in_no_answer(formal, sari, nasrul):
    maulid, three_weeks_ago = date(2024, 9, 16), MONDAY - timedelta(days=21)
    case = formal(date(2024, 9, 11), at=three_weeks_ago)
    assert answers(case, sari) == {False}
    remove_holiday(day=maulid, by=nasrul, at=three_weeks_ago)
    assert answers(case, sari) == {True}


def test_a_report_that_names_another_election_is_counted_as_its_case_is(formal, sari):
    case = formal(date(2024, 10, 3))
    Report.objects.filter(case_link__case=case).update(election_event=ElectionEvent.objects.get(code="pilkada-2024"))
    assert answers(case, sari) == {False}


def test_the_receipt_counts_with_the_officers_calendar(reference, nasrul):
    event = ElectionEvent.objects.get(code="pemilu-2024-legislatif")
    facts = report_facts(lane=Lane.LAPORAN, election_event=event, known_since=date(2024, 10, 2))

    def lacks():
        return {row.code for row in missing(Given.of_answers(facts, pictures=1, at=MONDAY))}

    assert "in_time" in lacks()
    add_holiday(day=date(2024, 10, 10), name="Cuti daerah", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY)
    assert "in_time" not in lacks()


def test_an_erased_report_no_longer_says_when_it_was_known():
    assert ERASED_REPORT["known_since"] is None
