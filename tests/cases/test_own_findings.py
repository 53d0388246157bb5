"""A first information becomes a finding of an officer, and the law's clock starts."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.holidays import add_holiday, remove_holiday
from cases.models import Case, CaseReport
from cases.own_findings import FindingFacts, adopt_as_finding
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.status import Status
from regions.models import HolidayKind
from reports.models import Lane, Report
from reports.time_limits import last_day_to_report
from tests.case_factories import MONDAY, WIB, make_case, make_report, step

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


@pytest.fixture
def build(sari, budi):
    def build(status=Status.MASUK, **fields):
        return make_case(by=sari, second=budi, status=status, event_code="pilkada-2024", **fields)

    return build


def adopt(case, by, *, known_since=date(2024, 10, 14), basis="Unggahan dilihat sendiri.", **more):
    facts = FindingFacts(known_since=known_since, basis=basis)
    return adopt_as_finding(case=case, facts=facts, by=by, at=LATER, **more)


def test_it_says_who_found_it_since_when_and_on_what_it_rests(build, sari):
    case = build()
    adopt(case, sari)
    made = Case.objects.get(pk=case.pk).own_finding
    assert (made.by, made.at, made.known_since, made.basis) == (
        sari,
        LATER,
        date(2024, 10, 14),
        "Unggahan dilihat sendiri.",
    )
    event = AuditEvent.objects.about(case.pk).last()
    assert (event.action, event.details["known_since"]) == ("jadi_temuan", "2024-10-14")
    assert "Unggahan" not in str(event.told)


def test_the_clock_starts_then(build, sari):
    case = build()
    assert case.due_at == datetime(2024, 10, 16, 23, 59, 59, tzinfo=WIB)
    adopt(case, sari)
    assert case.due_at == datetime(2024, 10, 19, 23, 59, 59, tzinfo=WIB)


def test_the_day_the_reporter_was_given_stays(build, sari):
    case = build(Status.PERBAIKAN)
    due = case.due_at
    adopt(case, sari)
    assert case.due_at == due


def test_the_register_keeps_findings_and_reports_apart(build, sari):
    found, reported = build(Status.KAJIAN_AWAL), build(Status.KAJIAN_AWAL)
    adopt(found, sari)
    for case in (found, reported):
        step(case, Action.DAFTARKAN, by=sari)
    assert (found.registration.kind, reported.registration.kind) == ("temuan", "laporan")


def test_seven_days_are_the_limit(build, sari):
    case = build()
    with pytest.raises(FactsRefused, match="7 hari") as refused:
        adopt(case, sari, known_since=date(2024, 10, 9))
    assert set(refused.value.problems) == {"known_since"}
    with pytest.raises(FactsRefused, match="belum terjadi"):
        adopt(case, sari, known_since=date(2024, 10, 18))
    with pytest.raises(FactsRefused):
        adopt(case, sari, basis=" ")
    adopt(case, sari, known_since=date(2024, 10, 10))


def test_the_seven_days_follow_the_calendar_the_officers_keep(build, sari, nasrul):
    """Working days in a general election: a holiday officers add moves the limit, as it moves every clock."""
    case = build()
    Case.objects.filter(pk=case.pk).update(election_kind="pemilu")
    case.refresh_from_db()
    with pytest.raises(FactsRefused, match="16 Oktober 2024"):
        adopt(case, sari, known_since=date(2024, 10, 7))
    add_holiday(day=date(2024, 10, 9), name="Libur daerah", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY)
    adopt(case, sari, known_since=date(2024, 10, 7))
    assert case.own_finding.known_since == date(2024, 10, 7)


def test_a_published_holiday_that_was_taken_out_counts_as_a_working_day(build, sari, nasrul):
    case = build()
    Case.objects.filter(pk=case.pk).update(election_kind="pemilu")
    case.refresh_from_db()
    known, published = date(2024, 9, 9), date(2024, 9, 16)
    remove_holiday(day=published, by=nasrul, at=MONDAY)
    with pytest.raises(FactsRefused, match="18 September 2024"):
        adopt(case, sari, known_since=known)


def test_a_day_in_the_far_future_is_refused_like_tomorrow(build, sari):
    with pytest.raises(FactsRefused, match="belum terjadi"):
        adopt(build(), sari, known_since=date.max)


@pytest.mark.parametrize(
    ("kind", "last"),
    [("pilkada", date(2024, 10, 17)), ("", date(2024, 10, 17)), ("pemilu", date(2024, 10, 21))],
)
def test_the_days_are_working_days_in_a_general_election_only(kind, last):
    assert last_day_to_report(date(2024, 10, 10), kind, holidays=frozenset()) == last


def test_what_is_a_report_or_registered_or_a_finding_already_becomes_none(build, sari, budi, reference):
    with pytest.raises(ActionRefused, match="sebelum kasus didaftarkan"):
        adopt(build(Status.DIREGISTRASI), sari)
    formal = build()
    identified = make_report()
    Report.objects.filter(pk=identified.pk).update(lane=Lane.LAPORAN, identity_key=b"k", identity_box=b"b")
    CaseReport.objects.create(case=formal, report=identified, attached_at=MONDAY)
    with pytest.raises(ActionRefused, match="laporan resmi"):
        adopt(formal, sari)
    case = build()
    adopt(case, sari)
    with pytest.raises(ActionRefused, match="sudah menjadi temuan"):
        adopt(case, budi)


def test_it_is_bawaslus_of_the_place_and_of_the_page_that_was_seen(build, kartika, wayan, sari):
    case = build()
    for person, refusal in ((kartika, ActionRefused), (wayan, NotVisible)):
        with pytest.raises(refusal):
            adopt(case, person)
    with pytest.raises(SomebodyWasFaster):
        adopt(case, sari, seen_version=5)
    assert Case.objects.get(pk=case.pk).version == 1
