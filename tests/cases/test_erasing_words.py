"""Words of the audit go with their case, whichever case they were written at; a held case keeps its own."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.chain import Sound, check_trail
from accounts.models import AuditEvent
from accounts.roles import Role
from cases import persons
from cases.disposal import approve_disposal, lift_hold, place_hold, propose_disposal
from cases.facts import Duplicate, StatusCorrection
from cases.grouping import attach_report
from cases.models import AsnStatus, Case, CaseReport, Disposal, Regrouping, SamePerson
from cases.refusals import ActionRefused, FactsRefused
from cases.respondents import RespondentFacts, edit_respondent
from cases.retention import due_cases
from cases.status import Status
from cases.timeline import timeline
from cases.workflow import TRANSITIONS, Action, available_actions
from reports import outbox
from reports.models import Report, Step
from tests.accounts.tampering import commit
from tests.case_factories import MONDAY, make_case, make_report, step
from tests.cases.test_erasing import tables_with
from tests.conftest import make_user

LATER = MONDAY.replace(year=2040)
CANARY = "KenariKata"
ROOT = Path(__file__).parents[2]
APPS = {"accounts", "reports", "rules", "cases", "stats", "portal"}
NIP = "199001012015031001"

pytestmark = pytest.mark.django_db


@pytest.fixture
def nur(reference):
    """The second national admin."""
    return make_user("nur", Role.NATIONAL_ADMIN, "", "Bawaslu RI")


@pytest.fixture
def other(sari, budi):
    return make_case(by=sari, second=budi)


@pytest.fixture
def case(sari, budi, other):
    """A finished case whose respondent was corrected, linked with another's, and which got a report from there."""
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    facts = RespondentFacts(employer_code="pusat", nip=NIP, asn_status=AsnStatus.UNVERIFIED, name=f"{CANARY} Slamet")
    edit_respondent(case=case, facts=facts, by=sari, at=MONDAY)
    persons.link_person(case=case, other=other, reason=CANARY, by=sari, at=MONDAY)
    link = CaseReport.objects.create(case=other, report=make_report(), attached_at=MONDAY)
    attach_report(case=other, report_id=link.report_id, to=case, reason=CANARY, by=sari, at=MONDAY)
    case = step(Case.objects.get(pk=case.pk), Action.TOLAK_REGISTRASI, by=sari, reason=CANARY)
    return step(case, Action.TUTUP, by=sari, reason=CANARY)


@pytest.fixture
def erase(nasrul, nur):
    def erase(case):
        case = Case.objects.get(pk=case.pk)
        propose_disposal(case=case, by=nasrul, at=LATER)
        approve_disposal(case=case, by=nur, at=LATER)
        commit()

    return erase


def test_no_word_of_the_case_is_left_at_either_case(case, erase):
    assert {"accounts_auditwords", "cases_sameperson", "cases_regrouping"} < set(tables_with(CANARY))
    erase(case)
    assert tables_with(CANARY) == []
    assert tables_with(NIP) == []


def test_the_chain_still_holds_and_names_the_erasing(case, erase):
    erase(case)
    found = check_trail({})
    event = AuditEvent.objects.get(action="kasus_dihapus")
    assert isinstance(found, Sound)
    assert found.erased == {event.pk: event.details["words"]}
    assert event.details["words"] > 5


def test_the_timeline_says_that_words_are_gone(case, erase, sari):
    erase(case)
    told = {line for entry in timeline(Case.objects.get(pk=case.pk), by=sari) for line in entry.lines}
    assert ("Teks", "sudah dihapus") in told


@pytest.mark.parametrize("action", [action for action, row in TRANSITIONS.items() if Status.SELESAI in row.sources])
def test_no_step_is_taken_on_an_erased_case(action, erase, sari, budi, client):
    case = make_case(by=sari, second=budi, status=Status.SELESAI)
    erase(case)
    gone = Case.objects.get(pk=case.pk)
    assert available_actions(gone, sari) == []
    with pytest.raises(ActionRefused, match="sudah dihapus"):
        step(gone, action, by=sari)
    client.force_login(sari)
    path = reverse("cases:take-step", args=[case.pk, action])
    answer = client.post(path, {"version": gone.version, "reason": "Ada lagi.", "target": Status.KAJIAN})
    assert answer.status_code == 409
    assert "sudah dihapus" in answer.content.decode()


def test_an_erased_case_is_nobodys_original(erase, sari, budi):
    """What was written there about the duplicate would stay for good."""
    case, gone = make_case(by=sari, second=budi), make_case(by=sari, second=budi, status=Status.SELESAI)
    erase(gone)
    before = AuditEvent.objects.about(gone.pk).count()
    with pytest.raises(FactsRefused, match="sudah dihapus") as refused:
        step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=gone), reason=CANARY)
    assert list(refused.value.problems) == ["other"]
    assert AuditEvent.objects.about(gone.pk).count() == before


def test_a_merge_into_a_case_that_was_erased_since_is_not_undone(erase, sari, budi, nasrul):
    case, gone = make_case(by=sari, second=budi), make_case(by=sari, second=budi, status=Status.SELESAI)
    case = step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=gone))
    erase(gone)
    before = AuditEvent.objects.about(gone.pk).count()
    with pytest.raises(ActionRefused, match="sudah dihapus"):
        step(Case.objects.get(pk=case.pk), Action.BATALKAN_DOBEL, by=sari, reason=CANARY)
    facts = StatusCorrection(target=Status.MASUK)
    with pytest.raises(ActionRefused, match="sudah dihapus, jadi penggabungan ini tetap") as refused:
        step(Case.objects.get(pk=case.pk), Action.KOREKSI_STATUS, by=nasrul, facts=facts, reason=CANARY)
    assert "Batalkan" not in str(refused.value), "nobody can"
    assert AuditEvent.objects.about(gone.pk).count() == before


def test_a_held_case_keeps_what_was_written_at_it(case, other, erase, sari):
    kept = AuditEvent.objects.about(other.pk).filter(action="terlapor_ditautkan").get()
    place_hold(case=other, reason="Gugatan di PTUN.", by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="ikut ditahan"):
        erase(case)
    Regrouping.objects.update(undone_at=MONDAY, undone_by=sari)
    erase(case)
    assert AuditEvent.objects.to_read().get(pk=kept.pk).told["reason"] == CANARY
    assert SamePerson.objects.get().reason == CANARY


def test_a_hold_goes_with_the_reports_that_came_from_the_held_case(case, other, sari, nasrul):
    assert case in due_cases(at=LATER)
    place_hold(case=other, reason="Gugatan di PTUN.", by=sari, at=MONDAY)
    assert case not in due_cases(at=LATER)
    with pytest.raises(ActionRefused, match="ikut ditahan"):
        propose_disposal(case=case, by=nasrul, at=LATER)
    lift_hold(case=Case.objects.get(pk=other.pk), by=nasrul, at=MONDAY)
    assert case in due_cases(at=LATER)


def test_a_hold_on_a_merged_case_holds_the_one_it_was_merged_into(sari, budi, nasrul):
    main, merged = (make_case(by=sari, second=budi) for _ in range(2))
    merged = step(merged, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=main))
    main = step(Case.objects.get(pk=main.pk), Action.MULAI_KAJIAN_AWAL, by=sari)
    main = step(step(main, Action.TOLAK_REGISTRASI, by=sari), Action.TUTUP, by=sari)
    place_hold(case=merged, reason="Gugatan di PTUN.", by=sari, at=MONDAY + timedelta(hours=1))
    with pytest.raises(ActionRefused, match="ikut ditahan"):
        propose_disposal(case=main, by=nasrul, at=LATER)


def test_the_database_erases_no_held_case(case, sari, nasrul, nur):
    place_hold(case=case, reason="Gugatan di PTUN.", by=sari, at=MONDAY)
    Disposal.objects.create(
        case=case, rule="x", due_on=MONDAY, proposed_by=nasrul, proposed_at=MONDAY, approved_by=nur, approved_at=LATER
    )
    with pytest.raises(DatabaseError, match="held"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(erased_at=LATER)


def test_a_failed_erasing_leaves_the_words(case, erase):
    report = Report.objects.filter(case_link__case=case).last()
    outbox.enqueue(step=Step.CLASSIFY_REPORT, report=report, at=LATER)
    with pytest.raises(ActionRefused, match="still works"):
        erase(case)
    assert "accounts_auditwords" in tables_with(CANARY)
    assert not AuditEvent.objects.filter(action="kasus_dihapus").exists()


def test_whatever_erases_goes_through_the_two_people():
    """Nothing erases by the clock, from the reporter's side or at a console."""
    callers = {"erase_words(": set(), "erase_contents(": set(), "erase_report(": set(), "erase_originals(": set()}
    for path in ROOT.glob("*/**/*.py"):
        if path.parts[-2] not in {"migrations"} and path.relative_to(ROOT).parts[0] in APPS:
            text = path.read_text(encoding="utf-8")
            for call in callers:
                if call in text.replace(f"def {call}", ""):
                    callers[call].add(str(path.relative_to(ROOT)))
    assert callers == {
        "erase_words(": {"cases/disposal.py"},
        "erase_contents(": {"cases/disposal.py"},
        "erase_report(": {"cases/erasing.py"},
        "erase_originals(": {"reports/erasing_reports.py"},
    }
