"""A case that comes back from where nobody hurries: its clock is the one that was there, with the days already used."""

from datetime import datetime, timedelta

import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.clocks import running
from cases.facts import StatusCorrection
from cases.status import Status
from tests.case_factories import MONDAY, WIB, make_case, step

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
END = Status.SELESAI


def end_of(text):
    return datetime.fromisoformat(f"{text}T23:59:59").replace(tzinfo=WIB)


def walk(case, road, *, sari, nasrul):
    """Each step, or status corrected to, a day after the one before."""
    for days, stop in enumerate(road, start=1):
        at = MONDAY + days * DAY
        if isinstance(stop, Status):
            step(case, Action.KOREKSI_STATUS, by=nasrul, at=at, facts=StatusCorrection(target=stop))
        else:
            step(case, stop, by=sari, at=at)
    return case


FILED = [Action.TERUSKAN_GAKKUMDU, Action.CATAT_GAKKUMDU]
# Begun on Monday 14 October 2024, in the general election: 2 working days of first study until Wednesday 16, 7 of
# handling until Wednesday 23, 14 of follow-up until Friday 1 November.
ROADS = [
    # Decided and taken back: the clock never stopped
    (Status.KAJIAN, [Action.PUTUSKAN_BUKAN_PELANGGARAN, Status.KAJIAN], "2024-10-23"),
    (Status.KAJIAN, [Action.PUTUSKAN_BUKAN_PELANGGARAN, Action.TUTUP, Status.KAJIAN], "2024-10-23"),
    (Status.KAJIAN, [Action.PUTUSKAN_BUKAN_PELANGGARAN, Status.REKOMENDASI], "2024-10-23"),
    (Status.KAJIAN_AWAL, [Action.TOLAK_REGISTRASI, Status.KAJIAN_AWAL], "2024-10-16"),
    (Status.KAJIAN_AWAL, [Action.TOLAK_REGISTRASI, Action.TUTUP, Status.MASUK], "2024-10-16"),
    (Status.TINDAK_LANJUT, [Action.CATAT_SANKSI, Status.TINDAK_LANJUT], "2024-11-01"),
    (Status.TINDAK_LANJUT, [Action.CATAT_TIDAK_TERBUKTI, Action.TUTUP, Status.TINDAK_LANJUT], "2024-11-01"),
    # It stood still as the case was decided: the waiting lasted until the correction
    (Status.PERBAIKAN, [Action.TOLAK_REGISTRASI, Status.KAJIAN_AWAL], "2024-10-18"),
    # The criminal route, with Tuesday used before it and six days left
    (Status.KAJIAN, [*FILED, Status.KAJIAN], "2024-10-25"),
    (Status.KAJIAN, [*FILED, Action.TUTUP, Status.KAJIAN], "2024-10-28"),
    (Status.KAJIAN, [*FILED, Action.TUTUP, Status.GAKKUMDU, Action.KEMBALI_KE_KAJIAN], "2024-10-28"),
    # Tuesday and Wednesday used: the correction sent it there on Wednesday
    (Status.KAJIAN, [Action.NYATAKAN_BUKAN_ASN, Status.GAKKUMDU, Action.KEMBALI_KE_KAJIAN], "2024-10-24"),
    # Somewhere it never was before: a clock of its own, from the day of the correction
    (Status.KAJIAN, [Action.PUTUSKAN_BUKAN_PELANGGARAN, Status.TINDAK_LANJUT], "2024-11-05"),
    (Status.KAJIAN_AWAL, [Action.TOLAK_REGISTRASI, Status.KAJIAN], "2024-10-25"),
]


@pytest.mark.parametrize(("status", "road", "due"), ROADS)
def test_a_corrected_case_has_the_clock_that_was_there(status, road, due, sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=status, event_code="pemilu-2024-legislatif")
    walk(case, road, sari=sari, nasrul=nasrul)
    assert case.due_at == running(case).due_at == end_of(due)


@pytest.mark.parametrize("again", [[Action.TUTUP, Status.GAKKUMDU], [END, Status.GAKKUMDU, END, Status.GAKKUMDU]])
def test_once_the_file_is_with_gakkumdu_no_correction_starts_its_day_again(again, sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.GAKKUMDU)
    walk(case, [Action.CATAT_GAKKUMDU, *again], sari=sari, nasrul=nasrul)
    assert (running(case), case.due_at) == (None, None)
    assert case.clock_runs.filter(name="gakkumdu").count() == 1


def test_a_case_ended_before_the_file_was_there_has_the_day_it_had(sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.GAKKUMDU)
    walk(case, [END, Status.GAKKUMDU], sari=sari, nasrul=nasrul)
    assert case.due_at == running(case).due_at == MONDAY + DAY


@pytest.mark.parametrize(
    "road",
    [[END, Status.PERBAIKAN], [Action.TERIMA_PERBAIKAN, Status.PERBAIKAN], [Action.TOLAK_REGISTRASI, Status.PERBAIKAN]],
)
def test_a_case_that_waits_again_for_the_reporter_shows_the_day_they_were_given(road, sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.PERBAIKAN)
    given = case.due_at
    walk(case, road, sari=sari, nasrul=nasrul)
    assert case.due_at == given == end_of("2024-10-16")
    assert running(case).paused_at is not None


def test_where_the_reporter_was_never_asked_there_is_no_day_to_show(sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    walk(case, [Status.PERBAIKAN], sari=sari, nasrul=nasrul)
    assert case.due_at is None
    assert AuditEvent.objects.about(case.pk).filter(action=Action.MINTA_PERBAIKAN).count() == 0
