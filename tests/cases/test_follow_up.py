"""What the reporter reads: true, plain, and silent about everybody else."""

from datetime import date, timedelta

import pytest

from cases.actions import Action
from cases.facts import Duplicate, StatusCorrection
from cases.follow_up import STOPS, status_for_reporter
from cases.messages import send_to_reporter
from cases.notes import add_note
from cases.status import Outcome, Status
from tests.case_factories import MONDAY, make_case, make_report, step

pytestmark = pytest.mark.django_db


def report_of(case):
    return case.case_reports.get().report


def places(status):
    return [stop.state for stop in status.steps]


@pytest.mark.parametrize("state", ["waiting", "classified", "needs_person"])
def test_a_report_without_a_case_is_safe_and_says_so(reference, state):
    status = status_for_reporter(make_report(state=state), MONDAY)
    assert "simpan" in status.state
    assert places(status) == ["current"] + ["ahead"] * 6


@pytest.mark.parametrize(
    ("case_status", "current"),
    [
        (Status.MASUK, 0),
        (Status.KAJIAN_AWAL, 1),
        (Status.PERBAIKAN, 1),
        (Status.DIREGISTRASI, 2),
        (Status.KLARIFIKASI, 2),
        (Status.KAJIAN, 3),
        (Status.GAKKUMDU, 3),
        (Status.REKOMENDASI, 4),
        (Status.TINDAK_LANJUT, 5),
        (Status.SANKSI, 5),
    ],
)
def test_each_status_has_words_a_next_step_and_a_place_on_the_road(sari, budi, case_status, current):
    case = make_case(by=sari, second=budi, status=case_status)
    status = status_for_reporter(report_of(case), MONDAY)
    assert status.state
    assert status.next_step
    assert places(status) == ["done"] * current + ["current"] + ["ahead"] * (len(STOPS) - current - 1)
    assert not status.is_finished


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome in Status.values])
def test_a_finished_case_says_how_it_ended_and_shows_only_stops_it_took(sari, budi, outcome):
    case = make_case(by=sari, second=budi, status=Status(outcome))
    if outcome is Outcome.GAKKUMDU:
        step(case, Action.CATAT_GAKKUMDU, by=sari)
    step(case, Action.TUTUP, by=sari)
    status = status_for_reporter(report_of(case), MONDAY)
    assert status.is_finished
    assert set(places(status)) == {"done"}
    assert (len(status.steps) == len(STOPS)) is (outcome in {Outcome.SANKSI, Outcome.TIDAK_TERBUKTI})


def test_not_a_civil_servant_and_closed_by_the_admin_have_words_too(sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    step(case, Action.NYATAKAN_BUKAN_ASN, by=sari)
    assert "bukan pegawai ASN" in status_for_reporter(report_of(case), MONDAY).state
    case = make_case(by=sari, second=budi)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.SELESAI))
    assert status_for_reporter(report_of(case), MONDAY).state == "Selesai: kasus ditutup."


def test_a_merged_report_follows_the_case_it_went_into(sari, budi):
    original = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    case = make_case(by=sari, second=budi)
    own, merged = report_of(original), report_of(case)
    later = MONDAY + timedelta(hours=1)
    step(case, Action.TANDAI_DOBEL, by=sari, at=later, facts=Duplicate(other=original))
    status = status_for_reporter(merged, later)
    assert status.is_merged
    assert status.state == status_for_reporter(own, later).state
    assert not status.is_finished


def test_a_reporter_who_has_to_answer_is_told_until_when(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.PERBAIKAN)
    status = status_for_reporter(report_of(case), MONDAY + timedelta(days=30))
    assert status.answer_by == date(2024, 10, 16)
    assert not status.is_late, "it is not the office that is late"


def test_a_late_office_does_not_hide_it(sari, budi):
    case = make_case(by=sari, second=budi)
    assert not status_for_reporter(report_of(case), MONDAY).is_late
    assert status_for_reporter(report_of(case), MONDAY + timedelta(days=30)).is_late


def test_nobody_is_named_and_nothing_internal_is_shown(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    add_note(case=case, text="Catatan rahasia", by=sari, at=MONDAY)
    send_to_reporter(case=case, text="Terima kasih", by=sari, at=MONDAY)
    shown = str(status_for_reporter(report_of(case), MONDAY)).lower()
    for secret in ("sari", "budi", "rahasia", "mengakui", "bambang", "sesuai hasil"):
        assert secret not in shown
