"""Taking, handing over and letting go of a case."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from cases import assignment
from cases.models import Case
from cases.step_panel import case_powers
from cases.workflow import ActionRefused, NotVisible, SomebodyWasFaster
from tests.case_factories import MONDAY, make_case
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


def events(case):
    return list(AuditEvent.objects.about(case.pk).oldest_first().values_list("action", flat=True))[1:]


def test_a_case_is_taken_given_and_released(case, sari, budi):
    assignment.take(case=case, by=sari, at=MONDAY)
    assert (case.assigned_to, case.assigned_at) == (sari, MONDAY)
    assignment.give(case=case, to=budi, by=sari, at=MONDAY)
    assert case.assigned_to == budi
    assignment.release(case=case, by=budi, at=MONDAY)
    assert (case.assigned_to, case.assigned_at) == (None, None)
    assert events(case) == ["kasus_diambil", "kasus_diserahkan", "kasus_dilepas"]


def test_a_case_somebody_holds_is_not_taken_from_them(case, sari, budi):
    assignment.take(case=case, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="sudah dipegang sari"):
        assignment.take(case=case, by=budi, at=MONDAY)
    assert events(case) == ["kasus_diambil"]


def test_taking_from_an_old_page_says_who_was_faster(case, sari, budi):
    old = Case.objects.get(pk=case.pk)
    assignment.take(case=case, by=sari, at=MONDAY)
    with pytest.raises(SomebodyWasFaster) as refused:
        assignment.take(case=old, by=budi, at=MONDAY)
    assert refused.value.event.actor == sari
    with pytest.raises(SomebodyWasFaster):
        assignment.take(case=case, by=budi, at=MONDAY, seen_version=1)


def test_a_stranger_does_not_learn_who_holds_the_case(case, sari, wayan):
    assignment.take(case=case, by=sari, at=MONDAY)
    with pytest.raises(NotVisible) as refused:
        assignment.take(case=case, by=wayan, at=MONDAY)
    assert "sari" not in str(refused.value)


def test_only_the_holder_lets_go(case, sari, budi):
    assignment.take(case=case, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="tidak sedang Anda pegang"):
        assignment.release(case=case, by=budi, at=MONDAY)


def test_a_case_is_given_only_to_who_may_see_and_work_on_it(case, sari, wayan, dewi, aminah):
    for person in (wayan, dewi, aminah):
        with pytest.raises(ActionRefused, match="tidak berwenang"):
            assignment.give(case=case, to=person, by=sari, at=MONDAY)
    assignment.give(case=case, to=sari, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="memang sudah"):
        assignment.give(case=case, to=sari, by=sari, at=MONDAY)


@pytest.mark.parametrize(
    ("giver", "holder", "gives"),
    [
        ("sari", "", True),
        ("sari", "budi", True),
        ("sari", "sari", True),
        ("sari", "kartika", True),
        ("kartika", "", False),
        ("kartika", "sari", False),
        ("kartika", "joko", False),
        ("kartika", "kartika", True),
    ],
)
def test_the_office_of_the_local_government_gives_only_what_the_person_holds(
    giver, holder, gives, case, sari, budi, kartika, client
):
    joko, ratna = (make_user(name, kartika.role, "33.74", "Kesbangpol") for name in ("joko", "ratna"))
    people = {"sari": sari, "budi": budi, "kartika": kartika, "joko": joko}
    if holder:
        assignment.take(case=case, by=people[holder], at=MONDAY)
    by, path = people[giver], reverse("cases:give-case", args=[case.pk])
    assert case_powers(case, by).give is gives
    client.force_login(by)
    assert client.get(path).status_code == (200 if gives else 409)
    if gives:
        assert assignment.give(case=case, to=ratna, by=by, at=MONDAY).assigned_to == ratna
        return
    with pytest.raises(ActionRefused, match="yang Anda pegang sendiri"):
        assignment.give(case=case, to=ratna, by=by, at=MONDAY)
    answer = client.post(path, {"to": ratna.pk, "version": case.version})
    assert (answer.status_code, Case.objects.get(pk=case.pk).assigned_to) == (409, people.get(holder))


def test_people_without_the_power_or_the_region_take_nothing(case, wayan, nasrul):
    with pytest.raises(NotVisible):
        assignment.take(case=case, by=wayan, at=MONDAY)
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        assignment.take(case=case, by=nasrul, at=MONDAY)


def test_a_finished_case_is_held_by_nobody_new(sari, budi):
    case = make_case(by=sari, second=budi, status="selesai")
    with pytest.raises(ActionRefused, match="sudah selesai"):
        assignment.take(case=case, by=sari, at=MONDAY)
