"""An officer says which kind of election a case is about, and its clock follows."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import AuditEvent
from cases.clocks import extend, extending_refusal, running
from cases.deadline_rules import KIND_WHEN_UNKNOWN, clock_named, read_rules
from cases.election_kind import choose_election_kind
from cases.models import Case
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.reminders import make_reminders
from cases.status import Status
from cases.workflow import Action
from rules.models import ElectionKind
from tests.case_factories import MONDAY, WIB, make_case, step

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "Unggahan menyebut calon anggota DPRD."
# No election was watched that day, so that the reports of it name none
UNWATCHED = date(2024, 2, 1)


def end_of(text):
    return datetime.fromisoformat(f"{text}T23:59:59").replace(tzinfo=WIB)


def choose(case, kind, by, at=MONDAY, **more):
    return choose_election_kind(case=case, kind=ElectionKind(kind), reason=WHY, by=by, at=at, **more)


@pytest.fixture
def case_in(sari, budi):
    def build(status, **more):
        return make_case(by=sari, second=budi, status=status, **({"act_date": UNWATCHED} | more))

    return build


def test_a_case_of_no_known_election_gets_the_days_of_the_kind_an_officer_names(case_in, sari):
    case = case_in(Status.DIREGISTRASI)
    assert (case.election_kind, case.due_at) == ("", end_of("2024-10-17"))
    choose(case, "pemilu", sari, at=MONDAY + DAY)
    assert (case.election_kind, case.due_at) == ("pemilu", end_of("2024-10-23"))
    run = running(case)
    assert (run.started_at, run.length, run.unit, run.due_at) == (MONDAY, 7, "working_days", case.due_at)
    assert "454" in run.source
    old = case.clock_runs.get(name="penanganan", length=3)
    assert (old.ended_at, old.due_at) == (MONDAY + DAY, end_of("2024-10-17")), "what was counted before stays"


def test_a_wrong_choice_of_the_reporter_is_mended_and_both_kinds_are_told(case_in, sari):
    case = case_in(Status.MASUK, event_code="pemilu-2024-legislatif", act_date=MONDAY.date())
    assert case.election_kind == "pemilu"
    choose(case, "pilkada", sari)
    told = AuditEvent.objects.about(case.pk).get(action="jenis_pemilihan_dipilih")
    assert (told.details["old_kind"], told.details["new_kind"]) == ("pemilu", "pilkada")
    assert (told.actor, told.details["version"], told.told["reason"]) == (sari, case.version, WHY)
    choose(case, "pemilu", sari)
    assert case.version == 3
    assert case.clock_runs.count() == 3
    assert list(case.clock_runs.filter(ended_at=None)) == [running(case)]


def test_days_used_pauses_and_the_extension_stay(case_in, sari):
    case = case_in(Status.KAJIAN)
    extend(case=case, reason="Saksi baru.", by=sari, at=MONDAY)
    step(case, Action.TERUSKAN_GAKKUMDU, by=sari, at=MONDAY + DAY)
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari, at=MONDAY + 3 * DAY)
    assert case.due_at == end_of("2024-10-21")
    choose(case, "pemilu", sari, at=MONDAY + 3 * DAY)
    run = running(case)
    assert (run.pauses, run.extended_by) == ([["2024-10-15", "2024-10-17"]], sari)
    assert case.due_at == end_of("2024-11-05"), "fourteen working days after Monday, two of them in the pause"
    assert "satu kali" in extending_refusal(case, sari)


@pytest.mark.parametrize("is_recorded", [False, True])
def test_a_clock_that_waits_for_the_criminal_route_goes_on_by_the_new_rule(case_in, sari, is_recorded):
    case = step(case_in(Status.KAJIAN), Action.TERUSKAN_GAKKUMDU, by=sari, at=MONDAY + DAY)
    if is_recorded:
        step(case, Action.CATAT_GAKKUMDU, by=sari, at=MONDAY + DAY)
    due = case.due_at
    choose(case, "pemilu", sari, at=MONDAY + 2 * DAY)
    assert case.due_at == due == (None if is_recorded else MONDAY + 2 * DAY), "24 hours for every kind"
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari, at=MONDAY + 3 * DAY)
    assert (case.due_at, running(case).length) == (end_of("2024-10-25"), 7)


def test_a_clock_that_stands_still_leaves_the_day_the_reporter_was_given(case_in, sari):
    case = case_in(Status.PERBAIKAN)
    given = case.due_at
    choose(case, "pemilu", sari, at=MONDAY + DAY)
    assert (case.due_at, running(case).paused_at) == (given, MONDAY)
    step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + 3 * DAY)
    assert case.due_at == end_of("2024-10-21"), "two working days after Thursday"


def test_a_deadline_that_moved_is_warned_of_anew(case_in, sari):
    case = case_in(Status.DIREGISTRASI)
    make_reminders(at=MONDAY + 4 * DAY)
    assert case.reminders.filter(kind="overdue").count() == 1
    choose(case, "pemilu", sari, at=MONDAY + 4 * DAY)
    assert not Case.objects.overdue(MONDAY + 4 * DAY).exists()
    make_reminders(at=MONDAY + 10 * DAY)
    assert case.reminders.filter(kind="overdue").count() == 2


def test_it_takes_a_reason_another_kind_the_power_the_region_and_the_newest_page(case_in, sari, wayan, kartika, nasrul):
    case = case_in(Status.MASUK)
    with pytest.raises(FactsRefused) as refused:
        choose_election_kind(case=case, kind=ElectionKind.PEMILU, reason=" ", by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"reason"}
    with pytest.raises(NotVisible):
        choose(case, "pemilu", wayan)
    for powerless in (kartika, nasrul):
        with pytest.raises(ActionRefused, match="tidak berwenang"):
            choose(case, "pemilu", powerless)
    with pytest.raises(SomebodyWasFaster):
        choose(case, "pemilu", sari, seen_version=case.version - 1)
    assert not AuditEvent.objects.filter(action="jenis_pemilihan_dipilih").exists()
    choose(case, "pemilu", sari)
    with pytest.raises(FactsRefused, match="sudah tercatat untuk Pemilu") as same:
        choose(case, "pemilu", sari)
    assert set(same.value.problems) == {"kind"}


def test_the_days_while_the_kind_is_unknown_are_never_more_than_those_of_any_kind():
    """The page says so. Calendar days are never longer than as many working days."""
    rank = {"hours": 0, "calendar_days": 1, "working_days": 2}
    for clock in read_rules().clocks[KIND_WHEN_UNKNOWN]:
        for kind in ElectionKind:
            other = clock_named(kind, clock.name)
            assert (rank[clock.unit], clock.length) <= (rank[other.unit], other.length)
            assert (clock.length, clock.extension) <= (other.length, other.extension)


def test_a_finished_case_keeps_its_kind(case_in, sari):
    with pytest.raises(ActionRefused, match="sudah selesai"):
        choose(case_in(Status.SELESAI), "pemilu", sari)
