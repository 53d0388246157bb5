"""Clocks on cases: what the steps do to them, the one extension, and a calendar that changes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from cases.clocks import extend, extending_refusal, running
from cases.deadline_rules import read_rules
from cases.facts import StatusCorrection
from cases.holidays import add_holiday, confirm_holiday, remove_holiday
from cases.models import Case, ClockRun
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.status import Status
from cases.workflow import Action
from regions.loading import load_holidays
from regions.models import Holiday, HolidayKind, Region
from regions.working_days import calendar_version
from tests.case_factories import MONDAY, WIB, hand_over, make_case, step

pytestmark = pytest.mark.django_db
PEMILU, PILKADA = "pemilu-2024-legislatif", "pilkada-2024"
DAY = timedelta(days=1)


@pytest.fixture
def case_in(sari, budi):
    def build(status, event_code=PILKADA, **more):
        return make_case(by=sari, second=budi, status=status, event_code=event_code, **more)

    return build


def end_of(text, zone=WIB):
    return datetime.fromisoformat(f"{text}T23:59:59").replace(tzinfo=zone)


def events(case, action):
    return AuditEvent.objects.about(case.pk).filter(action=action)


def test_a_deadline_keeps_the_rule_and_the_calendar_it_was_computed_by(case_in):
    run = running(case_in(Status.MASUK))
    assert (run.name, run.length, run.unit) == ("kajian_awal", 2, "calendar_days")
    assert run.rules_version == read_rules().version
    assert run.holidays_version == calendar_version(Holiday.objects.counting().days())
    assert run.due_at == run.case.due_at


def test_each_clock_ends_where_the_next_begins(case_in):
    case = case_in(Status.TINDAK_LANJUT)
    assert list(case.clock_runs.order_by("id").values_list("name", flat=True)) == [
        "kajian_awal",
        "penanganan",
        "tindak_lanjut",
    ]
    assert list(case.clock_runs.filter(ended_at=None)) == [running(case)]


def test_only_one_clock_runs_on_a_case(case_in):
    run = running(case_in(Status.MASUK))
    run.pk = None
    with pytest.raises(IntegrityError, match="one_clock_runs_on_a_case"), transaction.atomic():
        run.save()


def test_a_finished_case_has_no_clock(case_in):
    assert running(case_in(Status.SELESAI)) is None


def test_the_clock_stands_still_while_the_reporter_completes(case_in, sari):
    case = case_in(Status.PERBAIKAN, event_code=PEMILU)
    assert running(case).paused_at == MONDAY
    step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + 3 * DAY)
    run = running(case)
    assert (run.pauses, run.paused_at) == ([["2024-10-14", "2024-10-17"]], None)
    assert case.due_at == run.due_at == end_of("2024-10-21")  # two working days after Thursday


def test_days_used_before_the_pause_stay_used(case_in, sari):
    case = case_in(Status.KAJIAN_AWAL, event_code=PEMILU)
    step(case, Action.MINTA_PERBAIKAN, by=sari, at=MONDAY + DAY)
    step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + 3 * DAY)
    assert case.due_at == end_of("2024-10-18")


def test_a_case_thrown_out_of_the_pause_ends_its_clock(case_in, sari):
    case = step(case_in(Status.PERBAIKAN), Action.TOLAK_REGISTRASI, by=sari)
    assert (running(case), case.due_at) == (None, None)


def test_the_handling_office_has_the_time_zone(case_in, sari):
    case = case_in(Status.MASUK)
    hand_over(case, Region.objects.get(pk="91.71"), by=sari)
    assert case.due_at == end_of("2024-10-16", ZoneInfo("Asia/Jayapura"))


@pytest.mark.parametrize(("event_code", "due"), [(PILKADA, "2024-10-19"), (PEMILU, "2024-11-01")])
def test_the_law_extends_the_handling_once(case_in, sari, event_code, due):
    case = case_in(Status.KAJIAN, event_code=event_code)
    before = case.due_at
    extend(case=case, reason="Saksi baru perlu didengar.", by=sari, at=MONDAY + DAY)
    assert case.due_at == running(case).due_at == end_of(due)
    event = events(case, "batas_diperpanjang").get()
    assert datetime.fromisoformat(event.details["old_due"]) == before
    assert datetime.fromisoformat(event.details["new_due"]) == case.due_at
    assert event.told["reason"] == "Saksi baru perlu didengar."
    with pytest.raises(ActionRefused, match="satu kali"):
        extend(case=case, reason="Sekali lagi.", by=sari, at=MONDAY + DAY)
    step(case, Action.SUSUN_REKOMENDASI, by=sari, at=MONDAY + DAY)
    assert case.due_at == end_of(due), "the extension outlives the next step of the same clock"


def test_the_way_over_gakkumdu_gives_no_second_extension(case_in, sari):
    case = case_in(Status.KAJIAN)
    extend(case=case, reason="Saksi baru.", by=sari, at=MONDAY)
    step(case, Action.TERUSKAN_GAKKUMDU, by=sari)
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari)
    assert "satu kali" in extending_refusal(case, sari)


def test_the_file_at_gakkumdu_ends_its_clock_and_starts_no_other(case_in, sari):
    case = case_in(Status.GAKKUMDU)
    for moment in (MONDAY + DAY, MONDAY + 2 * DAY):
        step(case, Action.CATAT_GAKKUMDU, by=sari, at=moment)
        assert (running(case), case.due_at) == (None, None)
    assert case.clock_runs.get(name="gakkumdu").ended_at == MONDAY + DAY


@pytest.mark.parametrize("is_recorded", [False, True])
def test_the_criminal_route_stops_the_clock_and_the_rest_of_its_days_is_left(case_in, sari, is_recorded):
    case = case_in(Status.KAJIAN, event_code=PEMILU)
    assert case.due_at == end_of("2024-10-23")
    step(case, Action.TERUSKAN_GAKKUMDU, by=sari, at=MONDAY + DAY)
    if is_recorded:
        step(case, Action.CATAT_GAKKUMDU, by=sari, at=MONDAY + 2 * DAY)
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari, at=MONDAY + 3 * DAY)
    run = running(case)
    assert (run.name, run.pauses, run.paused_at) == ("penanganan", [["2024-10-15", "2024-10-17"]], None)
    assert run.due_at == case.due_at == end_of("2024-10-25")
    assert case.clock_runs.filter(name="penanganan").count() == 1
    step(case, Action.TERUSKAN_GAKKUMDU, by=sari, at=MONDAY + 4 * DAY)
    assert case.due_at == MONDAY + 5 * DAY, "24 hours each time"
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari, at=MONDAY + 7 * DAY)
    assert case.due_at == end_of("2024-10-28")


def test_a_status_corrected_from_elsewhere_starts_a_clock_anew(case_in, sari, nasrul):
    case = case_in(Status.TINDAK_LANJUT, event_code=PEMILU)
    for target in (Status.GAKKUMDU, Status.KAJIAN):
        step(case, Action.KOREKSI_STATUS, by=nasrul, at=MONDAY + DAY, facts=StatusCorrection(target=target))
    assert running(case).pauses == []
    assert case.due_at == end_of("2024-10-24")


@pytest.mark.parametrize("target", [Status.KAJIAN, Status.KLARIFIKASI])
def test_a_case_ended_by_mistake_has_the_deadline_it_had(case_in, sari, nasrul, target):
    case = case_in(Status.KAJIAN)
    extend(case=case, reason="Saksi baru.", by=sari, at=MONDAY)
    due = case.due_at
    step(case, Action.NYATAKAN_BUKAN_ASN, by=sari, at=MONDAY + DAY)
    assert running(case) is None
    step(case, Action.KOREKSI_STATUS, by=nasrul, at=MONDAY + 3 * DAY, facts=StatusCorrection(target=target))
    assert case.due_at == running(case).due_at == due == end_of("2024-10-19")
    assert case.clock_runs.get(name="penanganan").pauses == []
    assert "satu kali" in extending_refusal(case, sari)


def test_a_case_ended_by_mistake_and_corrected_to_elsewhere_leaves_the_old_clock_as_it_ended(case_in, sari, nasrul):
    case = step(case_in(Status.KAJIAN), Action.NYATAKAN_BUKAN_ASN, by=sari, at=MONDAY + DAY)
    step(case, Action.KOREKSI_STATUS, by=nasrul, at=MONDAY + 2 * DAY, facts=StatusCorrection(target=Status.MASUK))
    assert case.clock_runs.get(name="penanganan").ended_at == MONDAY + DAY
    assert (running(case).name, case.due_at) == ("kajian_awal", end_of("2024-10-18"))


@pytest.mark.parametrize("target", [Status.PERBAIKAN, Status.KAJIAN_AWAL])
def test_a_case_ended_by_mistake_while_its_clock_stood_still_gets_no_days_anew(case_in, sari, nasrul, target):
    case = case_in(Status.PERBAIKAN, event_code=PEMILU)
    for days, corrected in ((1, Status.SELESAI), (2, target)):
        facts = StatusCorrection(target=corrected)
        step(case, Action.KOREKSI_STATUS, by=nasrul, at=MONDAY + days * DAY, facts=facts)
    if target == Status.PERBAIKAN:
        assert (running(case).paused_at, case.due_at) == (MONDAY, end_of("2024-10-16"))
        step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + 2 * DAY)
    assert case.clock_runs.get().pauses == [["2024-10-14", "2024-10-16"]]
    assert case.due_at == running(case).due_at == end_of("2024-10-18")


@pytest.mark.parametrize(
    "status", [Status.MASUK, Status.PERBAIKAN, Status.GAKKUMDU, Status.TINDAK_LANJUT, Status.SELESAI]
)
def test_no_other_clock_can_be_extended(case_in, sari, status):
    with pytest.raises(ActionRefused, match="tidak dapat diperpanjang"):
        extend(case=case_in(Status(status)), reason="Perlu waktu.", by=sari, at=MONDAY)


def test_an_extension_needs_a_reason_the_power_the_region_and_the_newest_page(case_in, sari, wayan, kartika, nasrul):
    case = case_in(Status.KAJIAN)
    with pytest.raises(FactsRefused) as refused:
        extend(case=case, reason=" ", by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"reason"}
    with pytest.raises(NotVisible):
        extend(case=case, reason="Perlu waktu.", by=wayan, at=MONDAY)
    for powerless in (kartika, nasrul):
        with pytest.raises(ActionRefused):
            extend(case=case, reason="Perlu waktu.", by=powerless, at=MONDAY)
    with pytest.raises(SomebodyWasFaster):
        extend(case=case, reason="Perlu waktu.", by=sari, at=MONDAY, seen_version=case.version - 1)
    assert running(case).extended_at is None
    assert not events(case, "batas_diperpanjang").exists()


def test_the_database_knows_no_extension_the_law_does_not(case_in, sari):
    run = running(case_in(Status.MASUK))
    with pytest.raises(IntegrityError, match="clock_is_extended"), transaction.atomic():
        ClockRun.objects.filter(pk=run.pk).update(extended_at=MONDAY, extended_by=sari)


def test_a_new_holiday_moves_open_deadlines_and_tells_old_and_new(case_in, nasrul):
    case = case_in(Status.KAJIAN_AWAL, event_code=PEMILU)
    old, calendar = case.due_at, running(case).holidays_version
    assert add_holiday(day=date(2024, 10, 15), name="Cuti daerah", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY) == 1
    case.refresh_from_db()
    assert case.due_at == running(case).due_at == end_of("2024-10-17")
    assert running(case).holidays_version != calendar
    event = events(case, "batas_dihitung_ulang").get()
    assert datetime.fromisoformat(event.details["old_due"]) == old
    assert datetime.fromisoformat(event.details["new_due"]) == case.due_at
    assert remove_holiday(day=date(2024, 10, 15), by=nasrul, at=MONDAY) == 1
    case.refresh_from_db()
    assert (case.due_at, running(case).holidays_version) == (old, calendar)


def test_a_holiday_leaves_finished_calendar_day_and_distant_cases_alone(case_in, nasrul):
    done, calendar_days = case_in(Status.SELESAI, event_code=PEMILU), case_in(Status.KAJIAN_AWAL)
    before = list(ClockRun.objects.order_by("id").values())
    assert add_holiday(day=date(2024, 10, 15), name="Cuti daerah", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY) == 0
    assert list(ClockRun.objects.order_by("id").values()) == before
    assert Case.objects.get(pk=done.pk).due_at is None
    assert Case.objects.get(pk=calendar_days.pk).due_at == calendar_days.due_at


def test_a_paused_clock_follows_the_calendar_when_it_runs_on(case_in, sari, nasrul):
    case = case_in(Status.PERBAIKAN, event_code=PEMILU)
    asked_until = case.due_at
    assert add_holiday(day=date(2024, 10, 16), name="Cuti daerah", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY) == 0
    case.refresh_from_db()
    assert case.due_at == asked_until
    step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + DAY)
    assert case.due_at == end_of("2024-10-18")


def test_a_holiday_from_the_package_counts_before_it_is_confirmed(nasrul):
    day = date(2027, 3, 10)
    assert day in Holiday.objects.counting().days()
    assert Holiday.objects.get(day=day).confirmed_at is None
    confirm_holiday(day=day, by=nasrul, at=MONDAY)
    assert (Holiday.objects.get(day=day).confirmed_by, Holiday.objects.get(day=day).confirmed_at) == ("nasrul", MONDAY)
    with pytest.raises(ActionRefused):
        confirm_holiday(day=day, by=nasrul, at=MONDAY)
    assert AuditEvent.objects.filter(action="holiday.confirmed", subject_id="2027-03-10").count() == 1


def test_loading_again_keeps_what_officers_decided(nasrul):
    removed, renamed = date(2027, 3, 10), date(2027, 3, 11)
    remove_holiday(day=removed, by=nasrul, at=MONDAY)
    remove_holiday(day=renamed, by=nasrul, at=MONDAY)
    add_holiday(day=renamed, name="Idul Fitri 1448 H", kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY)
    load_holidays()
    assert removed not in Holiday.objects.counting().days()
    assert Holiday.objects.get(day=renamed).name == "Idul Fitri 1448 H"


@pytest.mark.parametrize(
    ("day", "name", "field"),
    [(date(2024, 12, 25), "Natal", "day"), (date(2204, 1, 1), "Tahun baru", "day"), (date(2024, 10, 15), " ", "name")],
)
def test_a_holiday_that_cannot_be_right_is_refused_by_field(nasrul, day, name, field):
    with pytest.raises(FactsRefused) as refused:
        add_holiday(day=day, name=name, kind=HolidayKind.LIBUR, by=nasrul, at=MONDAY)
    assert set(refused.value.problems) == {field}


def test_only_the_national_admin_keeps_the_calendar(sari):
    day = date(2024, 12, 25)
    for change in (
        lambda: add_holiday(day=date(2024, 10, 15), name="Cuti", kind=HolidayKind.LIBUR, by=sari, at=MONDAY),
        lambda: remove_holiday(day=day, by=sari, at=MONDAY),
        lambda: confirm_holiday(day=day, by=sari, at=MONDAY),
    ):
        with pytest.raises(ActionRefused, match="tidak berwenang"):
            change()


def test_what_is_no_holiday_cannot_be_removed(nasrul):
    with pytest.raises(ActionRefused, match="tidak tercatat"):
        remove_holiday(day=date(2024, 10, 15), by=nasrul, at=MONDAY)


def test_a_confirmation_has_who_and_when(reference):
    with pytest.raises(IntegrityError, match="holiday_confirmation"), transaction.atomic():
        Holiday.objects.filter(day=date(2024, 12, 25)).update(confirmed_at=MONDAY)
