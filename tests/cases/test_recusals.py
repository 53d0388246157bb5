"""Who has a conflict of interest neither sees nor handles the case."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.assignment import give, take
from cases.dossier import dossier
from cases.evidence_access import case_of
from cases.inbox import Tab, cases_in
from cases.models import Case, ConflictKind, Recusal
from cases.notes import add_note
from cases.recusals import declare_conflict
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.similar import similar_cases
from tests.case_factories import MONDAY, make_case, make_evidence, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


def recuse(case, by, **more):
    given = {"kind": ConflictKind.FAMILY, "note": "Terlapor ipar saya."} | more
    return declare_conflict(case=case, by=by, **{"at": MONDAY} | given)


def test_from_then_on_the_person_sees_nothing_of_it_and_others_do(case, sari, budi):
    other = make_case(by=sari, second=budi)
    evidence = make_evidence(case.case_reports.get().report)
    recuse(case, sari)
    assert list(Case.objects.visible_to(sari)) == [other]
    assert set(Case.objects.visible_to(budi)) == {case, other}
    assert case not in cases_in(Tab.OPEN, by=sari, at=MONDAY)
    assert similar_cases(other, sari) == []
    with pytest.raises(NotVisible):
        case_of(evidence, sari)


def test_the_person_takes_no_step_and_gets_the_case_from_nobody(case, sari, budi):
    recuse(case, sari)
    with pytest.raises(NotVisible):
        step(case, Action.MULAI_KAJIAN_AWAL, by=sari)
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        give(case=case, to=sari, by=budi, at=MONDAY)
    step(case, Action.MULAI_KAJIAN_AWAL, by=budi)


def test_a_held_case_is_let_go(case, sari, budi):
    take(case=case, by=sari, at=MONDAY)
    recuse(case, sari)
    case.refresh_from_db()
    assert (case.assigned_to, case.assigned_at) == (None, None)
    take(case=case, by=budi, at=MONDAY)


def test_somebody_elses_case_stays_theirs(case, sari, budi):
    take(case=case, by=budi, at=MONDAY)
    recuse(case, sari)
    case.refresh_from_db()
    assert case.assigned_to == budi


def test_the_audit_has_the_kind_and_the_team_the_words(case, sari):
    recuse(case, sari)
    event = AuditEvent.objects.about(case.pk).last()
    assert (event.action, event.actor, event.details["conflict"]) == ("mundur_dari_kasus", sari, "family")
    assert "ipar" not in str(event.told)
    assert case.notes.get().text == "Terlapor ipar saya."


@pytest.mark.parametrize("kind", ConflictKind)
def test_why_is_for_bawaslu_and_not_for_the_office_of_the_local_government(kind, case, sari, budi, kartika, aminah):
    add_note(case=case, text="Sudah dicek.", by=sari, at=MONDAY)
    recuse(case, sari, kind=kind, at=MONDAY + timedelta(minutes=5))
    for person, reads in ((budi, True), (aminah, True), (kartika, False)):
        shown = dossier(case, by=person, at=MONDAY)
        entry = next(entry for entry in shown.timeline if entry.name == "mundur_dari_kasus")
        assert (entry.who, dict(entry.lines)) == ("sari", {"Benturan kepentingan": str(kind.label)} if reads else {})
        assert [note.text for note in shown.notes] == ["Sudah dicek.", "Terlapor ipar saya."][: 1 + reads]


def test_words_are_not_asked_for(case, sari):
    recuse(case, sari, note="  ")
    assert not case.notes.exists()


def test_it_is_said_once_and_only_by_who_works_on_cases(case, sari, nasrul, wayan):
    recuse(case, sari)
    with pytest.raises(NotVisible):
        recuse(case, sari)
    with pytest.raises(NotVisible):
        recuse(case, wayan)
    with pytest.raises(ActionRefused):
        recuse(case, nasrul)
    assert Recusal.objects.count() == 1


def test_an_unknown_kind_is_refused(case, sari):
    with pytest.raises(FactsRefused):
        recuse(case, sari, kind="bosan")
