"""The 24 hours of the criminal route end at the hour the file was there, on the clock of the office."""

from datetime import date, time, timedelta

import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.decisions import decisions
from cases.models import GakkumduKind, GakkumduStep
from cases.outcome_facts import GakkumduEntry
from cases.status import Status
from cases.workflow import FactsRefused
from tests.case_factories import MONDAY, make_case, step

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = MONDAY.date() + DAY


@pytest.fixture
def case(sari, budi):
    """On the criminal route since Monday, nine o'clock in Semarang."""
    return make_case(by=sari, second=budi, status=Status.GAKKUMDU)


def forward(case, by, hour, *, day=NEXT, at=MONDAY + 3 * DAY, kind=GakkumduKind.FORWARDED):
    words = {"letter_number": "11/G/2024", "text": "Berkas diterima."}
    facts = GakkumduEntry(kind=kind, happened_date=day, happened_time=hour, **words)
    return step(case, Action.CATAT_GAKKUMDU, by=by, at=at, facts=facts)


def told(case, by):
    return [dict(row.facts) for row in decisions(case, by=by) if row.title == "Gakkumdu"]


@pytest.mark.parametrize(("hour", "kept"), [(time(9), "dipenuhi"), (time(9, 1), "dilampaui")])
def test_the_hour_decides_whether_the_day_was_kept(case, sari, hour, kept):
    forward(case, sari, hour)
    assert case.clock_runs.get(name="gakkumdu").ended_at == MONDAY + DAY + timedelta(minutes=hour.minute)
    [facts] = told(case, sari)
    assert facts["Tanggal"] == f"15 Oktober 2024, {hour:%H.%M} WIB"
    assert facts["Batas 24 jam"] == f"15 Oktober 2024, 09.00 WIB: {kept}"
    event = AuditEvent.objects.about(case.pk).get(action=Action.CATAT_GAKKUMDU)
    assert event.details["happened_time"] == f"{hour:%H:%M}"


def test_a_file_that_was_there_before_ends_its_day_as_it_begins(case, sari):
    forward(case, sari, time(8), day=MONDAY.date())
    assert case.clock_runs.get(name="gakkumdu").ended_at == MONDAY
    assert told(case, sari)[0]["Batas 24 jam"].endswith("dipenuhi")


@pytest.mark.parametrize(("hour", "day"), [(None, NEXT), (time(9, 1), date(2024, 10, 17))])
def test_forwarding_needs_an_hour_that_has_passed(case, sari, hour, day):
    with pytest.raises(FactsRefused) as refused:
        forward(case, sari, hour, day=day)
    assert set(refused.value.problems) == {"happened_time"}
    assert not GakkumduStep.objects.exists()
    assert case.clock_runs.get(name="gakkumdu").ended_at is None


def test_only_the_first_file_of_a_visit_is_judged_by_the_day(case, sari):
    forward(case, sari, time(8))
    forward(case, sari, time(15), day=NEXT + DAY)
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari, at=MONDAY + 4 * DAY)
    step(case, Action.TERUSKAN_GAKKUMDU, by=sari, at=MONDAY + 5 * DAY)
    forward(case, sari, time(10), day=NEXT + 5 * DAY, at=MONDAY + 7 * DAY)
    judged = [row.get("Batas 24 jam", "").rpartition(": ")[2] for row in told(case, sari)]
    assert judged == ["dipenuhi", "", "dilampaui"]


def test_a_verdict_may_be_known_by_its_day(case, sari):
    forward(case, sari, None, kind=GakkumduKind.VERDICT)
    assert told(case, sari)[0]["Tanggal"] == "15 Oktober 2024"
    assert case.clock_runs.get(name="gakkumdu").ended_at == MONDAY + 3 * DAY


def test_of_a_step_recorded_before_there_were_hours_nobody_claims_one(case, sari):
    forward(case, sari, time(9))
    GakkumduStep.objects.update(happened_time=None)
    [facts] = told(case, sari)
    assert (facts["Tanggal"], facts["Batas 24 jam"]) == (
        "15 Oktober 2024",
        "15 Oktober 2024, 09.00 WIB: tidak diketahui, pukulnya tidak tercatat",
    )
