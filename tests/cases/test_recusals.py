"""Who has a conflict of interest neither sees nor handles the case."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.actions import Action
from cases.assignment import give, take
from cases.clocks import extend
from cases.disposal import approve_disposal, lift_hold, place_hold, propose_disposal, reject_disposal
from cases.dossier import dossier
from cases.evidence_access import case_of
from cases.facts import StatusCorrection
from cases.inbox import Tab, cases_in
from cases.models import Case, ConflictKind, Recusal
from cases.notes import add_note
from cases.recusals import declare_conflict
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.similar import similar_cases
from cases.status import Status
from tests.case_factories import MONDAY, make_case, make_evidence, step
from tests.conftest import make_user

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


def everything_else(case, by):
    """What people do to a case beside the steps of the table."""
    given = {"case": case, "by": by, "at": MONDAY}
    return {
        "take": lambda: take(**given),
        "extend": lambda: extend(reason="Perlu waktu.", **given),
        "write a note": lambda: add_note(text="Catatan.", **given),
        "hold": lambda: place_hold(reason="Diminta pengadilan.", **given),
        "lift the hold": lambda: lift_hold(**given),
        "propose to erase": lambda: propose_disposal(**given),
        "approve erasing": lambda: approve_disposal(**given),
        "reject erasing": lambda: reject_disposal(**given),
        "recuse once more": lambda: recuse(case, by),
    }


@pytest.mark.parametrize("status", [Status.KAJIAN, Status.SELESAI])
@pytest.mark.parametrize("who", ["sari", "kartika", "nasrul", "aminah"])
def test_whoever_sees_a_case_may_keep_out_of_it_and_then_does_nothing_to_it(who, status, sari, budi, request):
    case, by = make_case(by=sari, second=budi, status=status), request.getfixturevalue(who)
    recuse(case, by)
    before = Case.objects.values().get(pk=case.pk)
    for action in Action:
        with pytest.raises(NotVisible):
            step(
                case, action, by=by, facts=StatusCorrection(target=Status.MASUK) if action == "koreksi_status" else None
            )
    for what, do in everything_else(case, by).items():
        with pytest.raises(NotVisible):
            pytest.fail(f"{by} could {what}: {do()}")
    assert Case.objects.values().get(pk=case.pk) == before
    assert Recusal.objects.get().user == by


def test_another_admin_corrects_what_the_recused_one_keeps_out_of(case, nasrul):
    recuse(case, nasrul)
    colleague = make_user("ratna", Role.NATIONAL_ADMIN, "", "Bawaslu RI")
    facts = StatusCorrection(target=Status.KAJIAN_AWAL)
    assert step(case, Action.KOREKSI_STATUS, by=colleague, facts=facts).status == Status.KAJIAN_AWAL


@pytest.mark.parametrize("who", ["wayan", "dewi"])
def test_nobody_keeps_out_of_what_they_do_not_see(case, who, request):
    with pytest.raises(NotVisible):
        recuse(case, request.getfixturevalue(who))
    assert not Recusal.objects.exists()


def test_an_unknown_kind_is_refused(case, sari):
    with pytest.raises(FactsRefused):
        recuse(case, sari, kind="bosan")
