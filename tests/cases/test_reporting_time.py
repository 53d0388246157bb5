"""Seven days from knowing to reporting: told to reporter and reviewer, in the way."""

from datetime import date, timedelta

import pytest

from cases.reporting_time import reporting_time
from regions.models import Holiday, Region
from reports import receipt
from reports.erasing_reports import ERASED_REPORT
from reports.models import Lane, Report
from tests.case_factories import MONDAY, make_case

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


def test_an_erased_report_no_longer_says_when_it_was_known():
    assert ERASED_REPORT["known_since"] is None
