"""Warnings come once, in time, and only about the deadline a case has now."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from cases.models import Case, Reminder, ReminderKind
from cases.reminders import make_reminders, reminders_about, reminders_of
from cases.status import Status
from cases.tasks import make_reminders as make_reminders_task
from cases.workflow import Action
from tests.case_factories import MONDAY, WIB, make_case, step

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# The preliminary study of a Pilkada case that came on Monday 9.00 ends on Wednesday.
DUE = datetime(2024, 10, 16, 23, 59, 59, tzinfo=WIB)
HALF = MONDAY + (DUE - MONDAY) / 2


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, event_code="pilkada-2024")


def kinds(case):
    return [row.kind for row in reminders_about(case)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (MONDAY, []),
        (HALF - timedelta(seconds=1), []),
        (HALF, ["half"]),
        (DUE - DAY, ["half", "one_day"]),
        (DUE, ["half", "one_day"]),
        (DUE + timedelta(seconds=1), ["overdue"]),
        (DUE + 3 * DAY, ["overdue"]),
        (DUE + 3 * DAY + timedelta(seconds=1), ["overdue", "escalated"]),
    ],
)
def test_a_case_first_looked_at_then_is_warned_of(case, at, expected):
    make_reminders(at=at)
    assert kinds(case) == expected


def test_running_again_warns_nobody_twice(case):
    assert make_reminders(at=HALF) == 1
    assert make_reminders(at=HALF) == 0
    assert make_reminders(at=HALF + timedelta(hours=1)) == 0
    assert [make_reminders(at=MONDAY + day * DAY) for day in range(1, 9)] == [0, 1, 1, 0, 0, 1, 0, 0]
    assert kinds(case) == ["half", "one_day", "overdue", "escalated"]


def test_a_deadline_that_moved_is_warned_of_anew(case, sari):
    make_reminders(at=DUE + DAY)
    step(case, Action.MULAI_KAJIAN_AWAL, by=sari, at=DUE + DAY)
    step(case, Action.DAFTARKAN, by=sari, at=DUE + DAY)
    assert kinds(case) == []
    make_reminders(at=case.due_at + timedelta(seconds=1))
    assert kinds(case) == ["overdue"]
    assert Reminder.objects.filter(case=case, kind="overdue").count() == 2


def test_half_of_a_long_clock_is_counted_from_its_start_not_from_the_last_step(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI, event_code="pilkada-2024")
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, at=MONDAY + 2 * DAY)
    make_reminders(at=MONDAY + 2 * DAY)
    assert kinds(case) == ["half"]


def test_the_reporters_own_date_is_warned_of_too(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.PERBAIKAN, event_code="pilkada-2024")
    make_reminders(at=case.due_at - timedelta(hours=1))
    assert "one_day" in kinds(case)


def test_finished_cases_are_left_alone(sari, budi):
    make_case(by=sari, second=budi, status=Status.SELESAI)
    assert make_reminders(at=MONDAY + 90 * DAY) == 0


def test_the_gravest_warning_stands_for_a_case(case):
    make_reminders(at=DUE - DAY)
    assert reminders_of([case])[case.pk].kind == ReminderKind.ONE_DAY
    make_reminders(at=DUE + 5 * DAY)
    assert reminders_of([case])[case.pk].kind == ReminderKind.ESCALATED
    Case.objects.filter(pk=case.pk).update(due_at=DUE + 9 * DAY)
    assert reminders_of([Case.objects.get(pk=case.pk)]) == {}


def test_the_task_does_it_with_the_clock_of_today(case):
    make_reminders_task()
    assert kinds(case) == ["overdue", "escalated"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_warn_once(case):
    start = Barrier(4)

    def work():
        start.wait()
        make_reminders(at=DUE + 5 * DAY)
        connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert kinds(case) == ["overdue", "escalated"]
