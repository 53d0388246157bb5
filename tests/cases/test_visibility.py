"""Who sees which case: by role, by region, and by whose government employs the respondent."""

import pytest

from accounts.roles import Role
from cases.actions import Action
from cases.models import Case, Respondent
from cases.sharing import share_with_kesbangpol
from cases.workflow import ActionRefused, NotVisible
from tests.case_factories import MONDAY, make_case, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def semarang(sari, budi):
    """A case in Kota Semarang about somebody of a ministry."""
    return make_case(by=sari, second=budi)


def sees(person, case):
    return Case.objects.visible_to(person).filter(pk=case.pk).exists()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("office", "covers"),
    [("", True), ("33", True), ("33.74", True), ("33.72", False), ("51", False), ("51.71", False)],
)
def test_a_person_sees_the_cases_of_the_own_subtree_when_the_role_sees_cases(semarang, role, office, covers):
    person = make_user("seseorang", role, office, "Kantor")
    assert sees(person, semarang) is (covers and role != Role.REGIONAL_ADMIN)


def test_an_inactive_account_sees_nothing(semarang, budi):
    budi.is_active = False
    assert not sees(budi, semarang)


# Respondent's employer x Kesbangpol's office -> seen at once (before Bawaslu shares the case).
AT_ONCE = [
    ("pusat", "33.74", True),
    ("pusat", "33", True),
    ("33.74", "33.74", False),
    ("33.74", "33", True),
    ("33", "33.74", True),
    ("33", "33", False),
    ("33.72", "33.74", True),
    ("33.72", "33", True),
    ("", "33.74", False),
    ("", "33", False),
    ("pusat", "33.72", False),
    ("33.74", "33.72", False),
]


@pytest.mark.parametrize(("employer", "office", "at_once"), AT_ONCE)
def test_kesbangpol_sees_at_once_only_what_is_not_about_its_own_government(semarang, employer, office, at_once):
    Respondent.objects.filter(pk=semarang.respondent_id).update(employer_code=employer)
    person = make_user("kesbangpol", Role.REVIEWER_KESBANGPOL, office, "Kesbangpol")
    assert sees(person, semarang) is at_once


@pytest.mark.parametrize(("employer", "office", "at_once"), AT_ONCE)
def test_sharing_shows_the_case_to_kesbangpol_of_its_region_only(semarang, sari, employer, office, at_once):
    Respondent.objects.filter(pk=semarang.respondent_id).update(employer_code=employer)
    share_with_kesbangpol(case=semarang, by=sari, at=MONDAY)
    person = make_user("kesbangpol", Role.REVIEWER_KESBANGPOL, office, "Kesbangpol")
    assert sees(person, semarang) is (office != "33.72")


@pytest.mark.parametrize("employer", ["", "33.74"])
def test_kesbangpol_cannot_act_on_a_case_it_does_not_see(semarang, kartika, employer):
    Respondent.objects.filter(pk=semarang.respondent_id).update(employer_code=employer)
    with pytest.raises(NotVisible):
        step(semarang, Action.MULAI_KAJIAN_AWAL, by=kartika)
    semarang.refresh_from_db()
    assert semarang.status == "masuk"


def test_a_stranger_cannot_act_on_the_case_of_another_region(semarang, wayan):
    with pytest.raises(NotVisible):
        step(semarang, Action.MULAI_KAJIAN_AWAL, by=wayan)


def test_sharing_is_told_once_and_only_bawaslu_can(semarang, sari, budi, kartika, nasrul):
    for person in (kartika, nasrul):
        with pytest.raises(ActionRefused):
            share_with_kesbangpol(case=semarang, by=person, at=MONDAY)
    share_with_kesbangpol(case=semarang, by=sari, at=MONDAY)
    assert (semarang.shared_with_kesbangpol_by, semarang.shared_with_kesbangpol_at) == (sari, MONDAY)
    with pytest.raises(ActionRefused, match="sudah dibagikan"):
        share_with_kesbangpol(case=semarang, by=budi, at=MONDAY)


def test_the_reads_of_the_inbox_mean_what_they_say(sari, budi):
    fresh, taken = make_case(by=sari, second=budi), make_case(by=sari, second=budi, status="kajian_awal")
    finished = make_case(by=sari, second=budi, status="selesai")
    Case.objects.filter(pk=taken.pk).update(assigned_to=budi, assigned_at=MONDAY)
    cases = Case.objects.within("33")
    assert set(cases.new()) == {fresh}
    assert set(cases.open()) == {fresh, taken}
    assert set(cases.assigned_to(budi)) == {taken}
    assert set(cases.overdue(fresh.due_at)) == set()
    assert set(cases.overdue(MONDAY.replace(year=2025))) == {fresh, taken}
    assert list(cases.most_urgent_first())[-1] == finished
    assert not Case.objects.within("51").exists()
