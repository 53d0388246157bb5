"""What the database refuses whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import AuditEvent
from cases.models import Assessment, Case, CaseReport, OversightBody, Respondent, Verdict
from cases.status import Status
from cases.workflow import Action, ActionRefused
from tests.case_factories import MONDAY, RULE, make_case, make_finding, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "nirwana", "version": 2}, "no step leads a case from masuk to nirwana"),
        ({"status": "selesai", "version": 2}, "finished_case_has_an_outcome"),
        ({"outcome": "sanksi"}, "finished_case_has_an_outcome"),
        ({"status": "selesai", "version": 2, "outcome": "sanksi"}, "finished_case_has_no_deadline"),
        ({"status": "selesai", "version": 2, "outcome": "dobel", "due_at": None}, "duplicate_case_names_the_other"),
        ({"assigned_at": MONDAY}, "case_assignment_has_who_and_when"),
        ({"shared_with_kesbangpol_at": MONDAY}, "case_sharing_has_who_and_when"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(case, changes, constraint):
    with refused(constraint), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changes)


def test_only_a_duplicate_names_another_case_and_never_itself(case, sari, budi):
    with refused("duplicate_case_names_the_other"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(duplicate_of=make_case(by=sari, second=budi))
    with refused("case_is_no_duplicate_of_itself"), transaction.atomic():
        changes = {"status": "selesai", "version": 2, "outcome": "dobel", "due_at": None, "duplicate_of": case}
        Case.objects.filter(pk=case.pk).update(**changes)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"nip": "123"}, "respondent_nip_has_18_digits"),
        ({"employer_code": "bukan"}, "respondent_employer_is_a_government"),
    ],
)
def test_facts_of_a_respondent_have_their_form(case, changes, constraint):
    with refused(constraint), transaction.atomic():
        Respondent.objects.filter(pk=case.respondent_id).update(**changes)


def test_a_report_belongs_to_one_case(case, sari, budi):
    other = make_case(by=sari, second=budi)
    with refused("report_id"), transaction.atomic():
        CaseReport.objects.create(case=case, report=other.case_reports.get().report, attached_at=MONDAY)


def test_two_cases_never_share_a_number(case, sari, budi):
    with refused("number"), transaction.atomic():
        Case.objects.filter(pk=make_case(by=sari, second=budi).pk).update(number=case.number)


def test_an_added_rule_has_no_finding(case, sari):
    finding = make_finding(case.case_reports.get().report)
    with refused("added_assessment_has_no_finding"), transaction.atomic():
        Assessment.objects.create(
            case=case, rule_code=RULE, verdict=Verdict.ADDED, finding=finding, reason="x", by=sari, at=MONDAY
        )


def test_a_held_clarification_says_who_recorded_it(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    with refused("held_clarification_has_who_and_when"), transaction.atomic():
        case.clarifications.update(held_date=MONDAY.date())


def test_a_registration_has_a_number(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    with refused("registration_has_a_number"), transaction.atomic():
        case.registrations.update(number="")


def test_one_sanction_and_one_waiting_letter_count(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.SANKSI)
    sanction = case.sanction
    sanction.pk = None
    with refused("one_sanction_counts_per_case"), transaction.atomic():
        sanction.save(force_insert=True)
    case = make_case(by=sari, second=budi, status=Status.REKOMENDASI)
    letter = case.recommendation
    letter.pk = None
    with refused("one_recommendation_waits_per_case"), transaction.atomic():
        letter.save(force_insert=True)


def test_the_level_of_a_sanction_is_known(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.SANKSI)
    with refused("sanction_level_is_known"), transaction.atomic():
        case.sanctions.update(level="ringan")


def test_an_oversight_body_ends_after_it_began(reference):
    with refused("oversight_body_dates_are_in_order"), transaction.atomic():
        OversightBody.objects.filter(code="kasn").update(valid_until=date(2010, 1, 1))


def test_what_was_told_cannot_be_changed_or_taken_back(case):
    with pytest.raises(InternalError), transaction.atomic():
        AuditEvent.objects.about(case.pk).update(action="lain")
    with pytest.raises(InternalError), transaction.atomic():
        AuditEvent.objects.about(case.pk).delete()


def test_a_step_that_fails_halfway_leaves_nothing(case, sari, monkeypatch):
    def broken(**told):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("cases.workflow.record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        step(case, Action.MULAI_KAJIAN_AWAL, by=sari)
    now = Case.objects.get(pk=case.pk)
    assert (now.status, now.version) == (Status.MASUK, 1)
    assert AuditEvent.objects.about(case.pk).count() == 1


def test_a_step_rolled_back_with_its_surroundings_leaves_no_event(case, sari):
    with transaction.atomic():
        step(case, Action.MULAI_KAJIAN_AWAL, by=sari)
        transaction.set_rollback(True)
    assert Case.objects.get(pk=case.pk).status == Status.MASUK
    assert AuditEvent.objects.about(case.pk).count() == 1


def test_a_refusal_does_not_disturb_the_case_in_hand(case, budi):
    with pytest.raises(ActionRefused):
        step(case, Action.TUTUP, by=budi)
    assert (case.status, case.version) == (Status.MASUK, 1)
