"""The machine's opinion of a report, kept beside what people decide."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from reports.classification import classify, election_of, known_elections
from reports.models import Classification
from rules.models import ElectionEvent
from tests.factories import AT, make_report, report_facts, send_report


@pytest.mark.django_db
def test_a_report_gets_ranked_findings_with_the_words_they_rest_on(reference):
    report = make_report()
    run = report.classifications.get()
    findings = list(run.findings.order_by("rank"))
    assert report.classification_state == "classified"
    assert len(findings) >= 3
    assert [finding.probability for finding in findings] == sorted((f.probability for f in findings), reverse=True)
    assert findings[0].spans
    for span in findings[0].spans:
        assert report.narrative[span["start"] : span["end"]] == span["words"]


@pytest.mark.django_db
def test_words_of_a_picture_are_found_again_in_that_picture(reference):
    text = "Sekolah libur hari Senin\nMari kita menangkan paslon nomor 2, coblos tanggal 27 November"
    report = make_report(narrative="Unggahan seorang guru di Facebook, lihat gambarnya saja ya.", pictures=2, text=text)
    pictures = {str(evidence.id): evidence.text for evidence in report.evidence.all()}
    spans = [
        span
        for finding in report.classifications.get().findings.all()
        for span in finding.spans
        if span["source"] == "screenshot"
    ]
    assert spans
    for span in spans:
        assert pictures[span["evidence"]][span["start"] : span["end"]] == span["words"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "stage"),
    [(date(2024, 9, 21), "bakal_calon"), (date(2024, 9, 22), "calon"), (date(2022, 3, 1), "unknown")],
)
def test_the_date_of_the_act_decides_the_stage(reference, day, stage):
    assert make_report(act_date=day).classifications.get().stage == stage


@pytest.mark.django_db
def test_a_date_an_officer_corrected_counts_at_once(reference):
    ElectionEvent.objects.filter(code="pilkada-2024").update(penetapan_date=date(2024, 10, 15))
    assert make_report(act_date=date(2024, 10, 10)).classifications.get().stage == "bakal_calon"


@pytest.mark.django_db
def test_the_election_the_reporter_named_wins_if_it_was_held_there(reference):
    pemilu = ElectionEvent.objects.get(code="pemilu-2024-presiden")
    report = send_report(election_event=pemilu).report
    assert election_of(report, report.narrative, known_elections()).code == "pemilu-2024-presiden"
    elsewhere = ElectionEvent.objects.get(code="psu-jambi-2021")
    report = send_report(election_event=elsewhere).report
    assert election_of(report, report.narrative, known_elections()).code == "pilkada-2024"


@pytest.mark.django_db
def test_a_second_run_is_a_second_row(reference):
    report = make_report()
    first = report.classifications.get()
    classify(report=report, at=AT)
    assert Classification.objects.filter(report=report).count() == 2
    assert first.findings.count() == report.classifications.get(pk=first.pk).findings.count()


@pytest.mark.django_db
def test_the_audit_tells_of_the_run_without_a_word_of_the_report(reference):
    report = make_report()
    event = AuditEvent.objects.about(report.id).get(action="report.classified")
    assert set(event.details) == {"classification", "stage", "abstained"}
    assert report_facts().narrative not in str(event.details)


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["netralitasnya dipertanyakan", "condong ke paslon", "melakukan pelanggaran lain"])
def test_the_row_that_only_people_may_choose_is_never_suggested(reference, said):
    run = make_report(narrative=f"Seorang PNS di kantor camat {said}, semua orang tahu.").classifications.get()
    assert all("SKB2-II-B-13" not in (f.rule_code, *f.also_rule_codes) for f in run.findings.all())


@pytest.mark.django_db
def test_the_second_opinion_is_stored_with_each_finding(reference):
    run = make_report().classifications.get()
    assert run.second_version
    assert all(0 <= finding.second_probability <= 1 for finding in run.findings.all())
