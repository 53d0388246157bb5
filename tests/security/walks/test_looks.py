"""Whoever is shown a page about a case has looked at it, and the audit knows."""

from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Q

from accounts.models import AuditEvent
from tests.security import world
from tests.security.access_table import read_table
from tests.security.posts import good_post

PEOPLE, ROWS = read_table()
ABOUT_A_CASE = {*world.ABOUT_A_CASE, "cases:handover"}
OF_THE_CASE = Q(action__in=["kasus_dilihat", "berkas_dilihat", "surat_dilihat"])
# A thumbnail is too small to read; the list of cases like this one, which the case's page fetches, names nobody
NO_LOOK = {"cases:evidence-thumbnail", "cases:similar"}
# Pages that tell of the twin as well
BESIDE = {"cases:merge", "cases:link-person"}

pytestmark = pytest.mark.django_db


def pages_of(person: str) -> list[str]:
    """The pages about a case this person is shown, also one that says why its form is closed."""
    shown = {name for (name, method), answers in ROWS.items() if method == "GET" and answers[person] in {"ok", "409"}}
    return sorted(shown & ABOUT_A_CASE - NO_LOOK)


def looks_at(case_id: UUID, person: str):
    """The looks of a person at a case or at a picture of it."""
    of_a_picture = Q(action="bukti_dilihat", details__case=str(case_id))
    return AuditEvent.objects.filter(Q(OF_THE_CASE, subject_id=case_id) | of_a_picture, actor__username=person)


def looks_of(visitor: world.Visitor, person: str, name: str, place: world.Place) -> dict[str, int]:
    """How many looks one visit to a page leaves, at the case and at its twin. Nothing stays of the visit."""
    with transaction.atomic():
        cases = {"case": place.case, "twin": place.twin}
        before = {which: looks_at(case.pk, person).count() for which, case in cases.items()}
        answer = visitor.visit("GET", world.path_of(name, place))
        assert answer.status_code in {200, 409}, name
        world.body(answer)
        found = {which: looks_at(case.pk, person).count() - before[which] for which, case in cases.items()}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("person", ["sari", "budi", "kartika_shared", "nasrul", "aminah"])
def test_every_page_about_a_case_leaves_one_look(person, visitors, semarang):
    visitor, user, wrong = visitors[person](), person.removesuffix("_shared"), {}
    for name in pages_of(person):
        expected = {"case": int(name != "cases:handover"), "twin": int(name in BESIDE | {"cases:handover"})}
        if (found := looks_of(visitor, user, name, semarang)) != expected:
            wrong[name] = found
    assert wrong == {}


def test_the_walk_is_long(visitors):
    assert len(pages_of("sari")) > 30


def test_a_form_that_comes_back_is_a_look_too(visitors, semarang):
    visitor = visitors["sari"]()
    for name in ("cases:change-respondent", "cases:mask-evidence", "cases:minutes"):
        before = looks_at(semarang.case.pk, "sari").count()
        answer = visitor.visit("POST", world.path_of(name, semarang), {"boxes": "nonsense"})
        assert answer.status_code == 422, name
        assert looks_at(semarang.case.pk, "sari").count() == before + 1, name


def test_who_is_refused_has_not_looked(visitors, semarang):
    visitor = visitors["kartika"]()
    for name in world.ABOUT_A_CASE:
        visitor.visit("GET", world.path_of(name, semarang))
        visitor.visit("POST", world.path_of(name, semarang), good_post(name, semarang))
    assert not looks_at(semarang.case.pk, "kartika").exists()
