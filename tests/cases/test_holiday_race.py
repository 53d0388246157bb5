"""A step and a change of the calendar at the same moment: whoever is written first, the deadline ends up right."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import AuditEvent
from cases.clocks import compute_stale, running
from cases.holidays import add_holiday
from cases.models import Case
from cases.status import Status
from cases.tasks import make_reminders
from cases.workflow import Action
from regions.models import Holiday, HolidayKind
from regions.working_days import calendar_version
from tests.case_factories import MONDAY, make_case, step

pytestmark = pytest.mark.django_db(transaction=True)
# Beyond the preliminary study, which ends on Wednesday, and within the seven days of the handling
NEXT_MONDAY = date(2024, 10, 21)


@pytest.fixture
def caught(sari, budi, nasrul):
    """A case registered by a step that read the calendar before a day was added to it and was written after."""
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, event_code="pemilu-2024-legislatif")
    is_computed, is_added = Event(), Event()

    def register():
        try:
            with transaction.atomic():
                step(case, Action.DAFTARKAN, by=sari)
                is_computed.set()
                assert is_added.wait(timeout=20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        registering = pool.submit(register)
        assert is_computed.wait(timeout=20)
        add_holiday(day=NEXT_MONDAY, name="Cuti daerah", kind=HolidayKind.values[0], by=nasrul, at=MONDAY)
        is_added.set()
        registering.result()
    return Case.objects.get(pk=case.pk)


def test_a_deadline_the_change_passed_by_is_put_right_once(caught):
    assert caught.due_at.date() == date(2024, 10, 23)
    assert compute_stale(at=MONDAY + timedelta(minutes=5)) == 1
    case = Case.objects.get(pk=caught.pk)
    run = running(case)
    assert run.due_at == case.due_at == caught.due_at + timedelta(days=1)
    assert run.holidays_version == calendar_version(Holiday.objects.counting().days())
    told = AuditEvent.objects.about(case.pk).get(action="batas_dihitung_ulang")
    assert (told.actor, told.details["clock"]) == (None, "penanganan")
    make_reminders()
    assert compute_stale(at=MONDAY + timedelta(minutes=10)) == 0
    assert AuditEvent.objects.about(case.pk).filter(action="batas_dihitung_ulang").count() == 1
