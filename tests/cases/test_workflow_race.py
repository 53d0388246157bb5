"""Many people, one case: one wins, the others learn who and what, and nothing is written twice."""

import pytest

from accounts.models import AuditEvent
from cases import assignment
from cases.actions import Action
from cases.facts import Duplicate
from cases.models import Case
from cases.status import Status
from cases.workflow import SomebodyWasFaster
from tests.case_factories import MONDAY, make_case, step
from tests.cases.at_once import CROWD, all_at_once, make_crowd


@pytest.fixture
def crowd(reference):
    return make_crowd()


def winners_and_losers(results):
    losers = [result for result in results if isinstance(result, SomebodyWasFaster)]
    return [result for result in results if isinstance(result, Case)], losers


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_act_at_once_exactly_one_wins_and_the_others_learn_who(crowd):
    case = make_case(by=crowd[0], second=crowd[1])
    copies = [Case.objects.get(pk=case.pk) for _ in crowd]
    results = all_at_once(
        [
            lambda copy=copy, person=person: step(copy, Action.MULAI_KAJIAN_AWAL, by=person)
            for copy, person in zip(copies, crowd, strict=True)
        ]
    )
    winners, losers = winners_and_losers(results)
    assert (len(winners), len(losers)) == (1, CROWD - 1)
    event = AuditEvent.objects.about(case.pk).get(action=Action.MULAI_KAJIAN_AWAL)
    for loser in losers:
        assert loser.event == event
        assert str(event.actor) in str(loser)
        assert "Mulai kajian awal" in str(loser)
    assert Case.objects.get(pk=case.pk).version == 2


@pytest.mark.django_db(transaction=True)
def test_a_step_and_taking_the_case_at_once_leave_one_of_the_two(crowd):
    case = make_case(by=crowd[0], second=crowd[1], status=Status.KAJIAN_AWAL)
    read_by_one, read_by_other = (Case.objects.get(pk=case.pk) for _ in range(2))
    results = all_at_once(
        [
            lambda: step(read_by_one, Action.DAFTARKAN, by=crowd[0]),
            lambda: assignment.take(case=read_by_other, by=crowd[1], at=MONDAY),
        ]
    )
    winners, losers = winners_and_losers(results)
    assert (len(winners), len(losers)) == (1, 1)
    now = Case.objects.get(pk=case.pk)
    assert (now.status == Status.DIREGISTRASI) != (now.assigned_to == crowd[1])
    assert now.registrations.count() == (now.status == Status.DIREGISTRASI)


@pytest.mark.django_db(transaction=True)
def test_two_cases_never_become_duplicates_of_one_another(crowd):
    left, right = (make_case(by=crowd[0], second=crowd[1]) for _ in range(2))
    all_at_once(
        [
            lambda: step(Case.objects.get(pk=left.pk), Action.TANDAI_DOBEL, by=crowd[0], facts=Duplicate(other=right)),
            lambda: step(Case.objects.get(pk=right.pk), Action.TANDAI_DOBEL, by=crowd[1], facts=Duplicate(other=left)),
        ]
    )
    assert Case.objects.exclude(duplicate_of=None).count() <= 1


@pytest.mark.django_db
def test_acting_on_an_old_page_shows_what_changed(sari, budi):
    case = make_case(by=sari, second=budi)
    seen = case.version
    step(case, Action.MULAI_KAJIAN_AWAL, by=budi)
    with pytest.raises(SomebodyWasFaster) as refused:
        step(Case.objects.get(pk=case.pk), Action.MINTA_PERBAIKAN, by=sari, seen_version=seen)
    assert refused.value.event.actor == budi
    assert AuditEvent.objects.about(case.pk).filter(actor=sari).count() == 0


@pytest.mark.django_db
def test_looking_at_a_case_makes_nobody_slower(sari, budi):
    case = make_case(by=sari, second=budi)
    seen = case.version
    step(case, Action.MULAI_KAJIAN_AWAL, by=budi, seen_version=seen)
    assert case.status == Status.KAJIAN_AWAL
