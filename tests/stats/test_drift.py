"""Counting how machine and people agree."""

from datetime import timedelta

import pytest

from cases import assessment
from cases.status import Status
from reports.models import Finding
from stats.drift import drift_of, drift_until
from stats.drift_keeping import report_day, report_yesterday
from stats.models import DriftReport
from tests.case_factories import MONDAY, RULE, make_case, make_finding

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
OTHER = "SKB2-II-B-6"


@pytest.fixture
def judge(sari, budi):
    """A case in study with an opinion of the machine, and what people held."""

    def made(machine=RULE, *, adds=(), rejects=False, confirms=False, at=MONDAY, version="test"):
        case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, at=at)
        finding = make_finding(case.case_reports.get().report, machine)
        Finding.objects.filter(pk=finding.pk).update(label="SOCMED_CAMPAIGN")
        type(finding.classification).objects.filter(pk=finding.classification_id).update(engine_version=version)
        finding.refresh_from_db()
        for code in adds:
            assessment.add_rule(case=case, rule_code=code, reason="Jelas.", by=sari, at=at)
        if confirms or rejects:
            use_case = assessment.confirm if confirms else assessment.reject
            use_case(case=case, finding=finding, reason="Jelas.", by=sari, at=at)
        return case

    return made


def test_first_answers_confirmed_missed_and_rejected_are_counted(judge):
    judge(confirms=True)
    judge(adds=[OTHER])
    judge(rejects=True)
    now = drift_until(TODAY).now
    assert (now.judged_cases, now.first_right, now.three_right) == (2, 1, 1)
    assert now.missed == {OTHER: 1}
    assert (now.confirmed, now.rejected) == ({"SOCMED_CAMPAIGN": 1}, {"SOCMED_CAMPAIGN": 1})
    assert now.reports == 3
    assert now.first_labels == {"SOCMED_CAMPAIGN": 3}
    assert now.mean_probability == pytest.approx(0.8)


def test_an_answer_further_down_counts_within_three(judge):
    case = judge(adds=[OTHER])
    run = case.case_reports.get().report.classifications.get()
    Finding.objects.create(classification=run, rank=3, label="SOCMED_ENGAGE", rule_code=OTHER, probability=0.1)
    now = drift_until(TODAY).now
    assert (now.first_right, now.three_right) == (0, 1)


def test_a_verdict_taken_back_counts_as_it_stands(judge, sari):
    case = judge(confirms=True)
    assessment.withdraw_rule(case=case, rule_code=RULE, reason="Keliru.", by=sari, at=MONDAY)
    now = drift_until(TODAY).now
    assert now.judged_cases == 0
    assert now.confirmed == {}


def test_windows_follow_one_another_and_overlap_nowhere(judge):
    judge(confirms=True, at=MONDAY - timedelta(days=29))
    judge(confirms=True, at=MONDAY - timedelta(days=30))
    judge(confirms=True, at=MONDAY - timedelta(days=120))
    drift = drift_until(TODAY)
    assert (drift.now.judged_cases, drift.before.judged_cases) == (1, 1)


def test_each_version_of_the_engine_is_counted_by_itself(judge):
    judge(confirms=True, version="lama")
    judge(adds=[OTHER], version="baru")
    assert drift_until(TODAY).now.engines == {"baru": [1, 0, 0], "lama": [1, 1, 1]}


def test_a_day_is_reported_once_and_stays(judge):
    judge(confirms=True)
    first = report_day(TODAY, at=MONDAY)
    judge(confirms=True)
    assert report_day(TODAY, at=MONDAY) == first
    assert DriftReport.objects.get().figures == first.figures
    assert drift_of(first.figures).now.judged_cases == 1


def test_at_night_the_day_before_is_reported(reference):
    assert report_yesterday(at=MONDAY).day == TODAY - timedelta(days=1)


def test_a_report_holds_counts_and_no_case(judge):
    case = judge(confirms=True)
    words = str(report_day(TODAY, at=MONDAY).figures)
    assert str(case.pk) not in words
    assert "Bambang" not in words
