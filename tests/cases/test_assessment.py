"""People's verdicts on rules: added, never changed."""

import pytest

from accounts.models import AuditEvent
from cases import assessment
from cases.models import Assessment, Verdict
from cases.workflow import ActionRefused, FactsRefused, NotVisible
from reports.models import Finding
from tests.case_factories import MONDAY, RULE, make_case, make_finding, make_report

pytestmark = pytest.mark.django_db
OTHER = "SKB2-II-B-6"


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status="kajian_awal")


@pytest.fixture
def finding(case):
    return make_finding(case.case_reports.get().report)


def judge(use_case, case, by, reason="Jelas.", **what):
    return use_case(case=case, reason=reason, by=by, at=MONDAY, **what)


def test_the_newest_verdict_per_rule_counts_and_older_ones_stay(case, finding, sari, budi):
    judge(assessment.confirm, case, sari, finding=finding)
    judge(assessment.add_rule, case, sari, rule_code=OTHER)
    judge(assessment.reject, case, budi, finding=finding, reason="Akun palsu.")
    current = assessment.current_assessments(case)
    assert [(row.rule_code, row.verdict) for row in current] == [(RULE, Verdict.REJECTED), (OTHER, Verdict.ADDED)]
    assert assessment.confirmed_rules(case) == [OTHER]
    assert Assessment.objects.count() == 3


def test_the_finding_of_the_machine_is_untouched(case, finding, sari):
    before = Finding.objects.filter(pk=finding.pk).values().get()
    judge(assessment.reject, case, sari, finding=finding)
    assert Finding.objects.filter(pk=finding.pk).values().get() == before


def test_each_verdict_leaves_one_event_without_the_reason(case, finding, sari):
    judge(assessment.confirm, case, sari, finding=finding, reason="Rahasia tim.")
    event = AuditEvent.objects.about(case.pk).get(action="aturan_dinilai")
    assert event.details == {"rule_code": RULE, "verdict": "confirmed"}


def test_a_verdict_needs_a_reason(case, finding, sari):
    with pytest.raises(FactsRefused) as refused:
        judge(assessment.confirm, case, sari, finding=finding, reason="  ")
    assert set(refused.value.problems) == {"reason"}
    assert not Assessment.objects.exists()


def test_only_rules_of_the_catalogue_can_be_added(case, sari):
    for code in ("SKB2-II-B-99", "", "NONE_lawful"):
        with pytest.raises(FactsRefused) as refused:
            judge(assessment.add_rule, case, sari, rule_code=code)
        assert set(refused.value.problems) == {"rule_code"}


def test_an_added_rule_can_be_taken_back_but_not_twice(case, sari):
    judge(assessment.add_rule, case, sari, rule_code=OTHER)
    judge(assessment.withdraw_rule, case, sari, rule_code=OTHER)
    assert assessment.confirmed_rules(case) == []
    with pytest.raises(FactsRefused):
        judge(assessment.withdraw_rule, case, sari, rule_code=OTHER)


def test_findings_of_other_reports_and_answers_that_are_no_rule_are_refused(case, sari):
    with pytest.raises(ActionRefused, match="bukan dari laporan"):
        judge(assessment.confirm, case, sari, finding=make_finding(make_report()))
    nothing = make_finding(case.case_reports.get().report, rule_code="")
    with pytest.raises(ActionRefused, match="bukan aturan"):
        judge(assessment.confirm, case, sari, finding=nothing)


def test_only_bawaslu_of_the_region_assesses(case, finding, kartika, nasrul, aminah, dewi, wayan):
    for person in (kartika, nasrul, aminah):
        with pytest.raises(ActionRefused, match="tidak berwenang"):
            judge(assessment.confirm, case, person, finding=finding)
        assert assessment.assessing_refusal(case, person)
    for person in (dewi, wayan):
        with pytest.raises(NotVisible):
            judge(assessment.confirm, case, person, finding=finding)
    assert not Assessment.objects.exists()
