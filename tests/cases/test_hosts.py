"""Who records whose hearing: Bawaslu every one, Kesbangpol its own and no other, nobody else any."""

from datetime import date, time, timedelta

import pytest

from cases.facts import ClarificationPlan, ClarificationResult
from cases.forms.clarification import OtherSummonsForm
from cases.minutes import Minutes, Participant, write_minutes
from cases.models import (
    ClarificationEnding,
    ClarificationHost,
    ClarificationMethod,
    HeardRole,
    HearingParticipant,
    ServiceWay,
)
from cases.refusals import ActionRefused, FactsRefused
from cases.respondent_access import issue_code, revoke_code
from cases.status import Status
from cases.summons import OtherSummons, Service, move_hearing, record_service, refuse_date, summon_other
from cases.workflow import Action, available_actions, refusal
from tests.case_factories import MONDAY, make_case, step
from tests.clarification_factories import allege, deliver

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
OWN = ClarificationHost.KESBANGPOL
MATRIX = [("sari", host, True) for host in ClarificationHost] + [
    ("kartika", host, host == OWN) for host in ClarificationHost
]
by_whom = pytest.mark.parametrize(("who", "host", "may"), MATRIX)


@pytest.fixture
def person(who, request):
    return request.getfixturevalue(who)


def plan(host):
    return ClarificationPlan(
        scheduled_date=TODAY, starts=time(9), place="Kantor", method=ClarificationMethod.IN_PERSON, host=host
    )


def result(host):
    own = {"ending": ClarificationEnding.PROPOSAL, "ending_text": "Diusulkan dikaji."} if host == OWN else {}
    return ClarificationResult(
        held_date=TODAY, attended=True, method=ClarificationMethod.IN_PERSON, minutes="Menjelaskan.", **own
    )


def registered(sari, budi):
    return make_case(by=sari, second=budi, status=Status.DIREGISTRASI)


def planned(sari, budi, host):
    """A hearing of that host, planned by Bawaslu."""
    return step(registered(sari, budi), Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan(host))


def does(may, act):
    if may:
        act()
        return
    with pytest.raises(ActionRefused, match="yang diadakannya sendiri"):
        act()


@by_whom
def test_planning_a_hearing(person, host, may, sari, budi):
    case = registered(sari, budi)
    does(may, lambda: step(case, Action.JADWALKAN_KLARIFIKASI, by=person, facts=plan(host)))
    assert case.clarifications.count() == may
    assert (case.status == Status.KLARIFIKASI) is may


@by_whom
def test_recording_what_came_of_it(person, host, may, sari, budi):
    case = planned(sari, budi, host)
    assert (refusal(case, Action.CATAT_KLARIFIKASI, person) is None) is may
    assert (Action.CATAT_KLARIFIKASI in available_actions(case, person)) is may
    does(may, lambda: step(case, Action.CATAT_KLARIFIKASI, by=person, facts=result(host)))
    assert case.clarifications.get().is_open is not may


@by_whom
def test_a_second_summons(person, host, may, sari, budi):
    case = deliver(planned(sari, budi, host), by=sari)
    does(may, lambda: step(case, Action.JADWALKAN_ULANG, by=person, facts=plan(host)))
    assert case.clarifications.count() == 1 + may


def test_kesbangpol_cannot_take_a_hearing_over_by_summoning_again(sari, budi, kartika):
    case = deliver(planned(sari, budi, ClarificationHost.BAWASLU), by=sari)
    does(False, lambda: step(case, Action.JADWALKAN_ULANG, by=kartika, facts=plan(OWN)))
    handed = deliver(planned(sari, budi, OWN), by=sari)
    does(False, lambda: step(handed, Action.JADWALKAN_ULANG, by=kartika, facts=plan(ClarificationHost.INSPEKTORAT)))
    assert handed.clarifications.get().is_open


@by_whom
def test_delivery_dates_wishes_and_minutes(person, host, may, sari, budi):
    row = planned(sari, budi, host).clarifications.get()
    service = Service(way=ServiceWay.SUPERIOR, served_date=TODAY, served_by="Sekretaris")
    does(may, lambda: record_service(clarification=row, service=service, by=person, at=MONDAY))
    wish = row.schedule_requests.create(wanted_date=date(2024, 10, 20), reason="Sakit.", at=MONDAY)
    does(may, lambda: refuse_date(request=wish, remark="Waktu dekat.", by=person, at=MONDAY))
    tomorrow = TODAY + timedelta(days=1)
    does(may, lambda: move_hearing(clarification=row, new_date=tomorrow, reason="Rapat.", by=person, at=MONDAY))
    people = [Participant("Bambang", HearingParticipant.Role.RESPONDENT)]
    minutes = Minutes(participants=people, questions=[], was_read_back=False)
    does(may, lambda: write_minutes(clarification=row, minutes=minutes, by=person, at=MONDAY))
    assert row.services.count() == row.schedule_changes.count() == row.participants.count() == may


@by_whom
def test_witnesses(person, host, may, sari, budi):
    case = planned(sari, budi, ClarificationHost.BAWASLU)
    witness = OtherSummons(
        role=HeardRole.WITNESS,
        person_name="Ketua RW",
        person_post="",
        scheduled_date=TODAY,
        starts=time(9),
        place="Kantor",
        method=ClarificationMethod.IN_PERSON,
        host=host,
    )
    if may:
        summon_other(case=case, summons=witness, by=person, at=MONDAY)
    else:
        with pytest.raises(FactsRefused) as refused:
            summon_other(case=case, summons=witness, by=person, at=MONDAY)
        assert list(refused.value.problems) == ["host"]
    assert ({choice for choice, _ in OtherSummonsForm(by=person).fields["host"].choices} >= {host}) is may


@by_whom
def test_what_the_respondent_is_told_and_the_code(person, host, may, sari, budi):
    case = planned(sari, budi, host)
    does(may, lambda: allege(case, by=person))
    allege(case, by=sari)
    does(may, lambda: issue_code(case=case, by=person, at=MONDAY))
    code = issue_code(case=case, by=sari, at=MONDAY)
    does(may, lambda: revoke_code(case=case, by=person, at=MONDAY))
    assert code


@pytest.mark.parametrize("who", ["nasrul", "aminah", "dewi"])
@pytest.mark.parametrize("host", ClarificationHost)
def test_who_only_watches_records_none(person, host, sari, budi):
    case = planned(sari, budi, host)
    with pytest.raises(ActionRefused):
        step(case, Action.CATAT_KLARIFIKASI, by=person, facts=result(host))
    assert case.clarifications.get().is_open
