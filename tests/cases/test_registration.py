"""The clock of the handling starts on the date in the register, whenever it is typed in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.roles import Role
from cases.clocks import running
from cases.facts import RegistrationEntry
from cases.models import Case
from cases.refusals import FactsRefused
from cases.status import Status
from cases.workflow import Action
from tests.case_factories import MONDAY, make_case, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
PEMILU, PILKADA = "pemilu-2024-legislatif", "pilkada-2024"
WIB, WIT = "Asia/Jakarta", "Asia/Jayapura"


@pytest.fixture
def studied(sari):
    """A case under preliminary study whose report came at MONDAY, 14 October 2024, and who studies it."""

    def build(zone=WIB, event_code=PILKADA):
        by = sari if zone == WIB else make_user("yosua", Role.REVIEWER_BAWASLU, "91.71", "Bawaslu Kota Jayapura")
        more = {} if zone == WIB else {"region_code": "91.71"}
        return make_case(by=by, second=by, status=Status.KAJIAN_AWAL, event_code=event_code, **more), by

    return build


def register(case, day, *, by, at):
    entry = RegistrationEntry(number="001/LP/PW/Kota/14.01/X/2024", registered_date=date.fromisoformat(day))
    return step(case, Action.DAFTARKAN, by=by, at=at, facts=entry)


# Counted by hand on the calendar of 2024: Mondays are 14, 21 and 28 October; no day off between.
@pytest.mark.parametrize(
    ("event_code", "registered", "typed_in", "zone", "last"),
    [
        (PEMILU, "2024-10-14", "2024-10-14T10:00+07:00", WIB, "2024-10-23"),
        (PEMILU, "2024-10-14", "2024-10-21T10:00+07:00", WIB, "2024-10-23"),
        (PEMILU, "2024-10-18", "2024-10-21T10:00+07:00", WIB, "2024-10-29"),
        (PEMILU, "2024-10-14", "2024-10-28T10:00+07:00", WIB, "2024-10-23"),
        (PILKADA, "2024-10-15", "2024-10-17T10:00+07:00", WIB, "2024-10-18"),
        (PILKADA, "2024-10-15", "2024-10-15T00:30+09:00", WIT, "2024-10-18"),
        (PILKADA, "2024-10-14", "2024-10-15T00:30+09:00", WIT, "2024-10-17"),
    ],
)
def test_the_days_count_from_the_date_of_registration(studied, event_code, registered, typed_in, zone, last):
    case, by = studied(zone, event_code)
    register(case, registered, by=by, at=datetime.fromisoformat(typed_in))
    run = running(case)
    end = datetime.fromisoformat(f"{last}T23:59:59").replace(tzinfo=ZoneInfo(zone))
    assert (run.name, run.due_at, case.due_at) == ("penanganan", end, end)
    assert run.started_at.astimezone(ZoneInfo(zone)).date().isoformat() == registered
    assert case.clock_runs.get(name="kajian_awal").ended_at == datetime.fromisoformat(typed_in)


def test_who_types_it_in_late_is_late_at_once(studied):
    case, by = studied()
    at = MONDAY + timedelta(days=9)
    register(case, "2024-10-14", by=by, at=at)
    assert Case.objects.overdue(at).get() == case


@pytest.mark.parametrize("zone", [WIB, WIT])
def test_a_registration_before_the_report_came_is_refused(studied, zone):
    case, by = studied(zone)
    with pytest.raises(FactsRefused, match="yang masuk 14 Oktober 2024") as refused:
        register(case, "2024-10-13", by=by, at=MONDAY + timedelta(days=1))
    assert set(refused.value.problems) == {"registered_date"}
    assert Case.objects.get(pk=case.pk).status == Status.KAJIAN_AWAL
    register(case, "2024-10-14", by=by, at=MONDAY + timedelta(days=1))
