"""What decided cases teach, and what they do not."""

from datetime import timedelta

import pytest

from cases import assessment
from cases.labelled_cases import labelled_cases
from cases.models import Case, CaseReport, Conclusion, SecondReading, SecondReadingDraw
from cases.status import Status
from cases.workflow import Action
from reports.models import Finding
from tests.case_factories import MONDAY, RULE, make_case, make_evidence, make_finding, make_report, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
SHIPPED = 681
FEW = 3


def labels(shipped=SHIPPED):
    return [record.labels for record in labelled_cases(shipped=shipped, at=MONDAY)]


def case_in(status, sari, budi, **fields):
    return make_case(by=sari, second=budi, status=status, **fields)


def rejected(case, by, label="PROPS", code="SKB2-II-B-1"):
    finding = make_finding(case.case_reports.get().report, code)
    Finding.objects.filter(pk=finding.pk).update(label=label)
    finding.refresh_from_db()
    assessment.reject(case=case, finding=finding, reason="Bukan itu.", by=by, at=MONDAY)


@pytest.mark.parametrize("status", [Status.TINDAK_LANJUT, Status.SANKSI, Status.SELESAI])
def test_a_rule_two_people_stand_behind_is_a_label(sari, budi, status):
    case_in(status, sari, budi)
    assert labels() == [("SOCMED_CAMPAIGN",)]


@pytest.mark.parametrize(
    "status",
    [Status.KAJIAN_AWAL, Status.KAJIAN, Status.REKOMENDASI, Status.TIDAK_DIREGISTRASI, Status.TIDAK_TERBUKTI],
)
def test_what_nobody_decided_or_says_nothing_of_the_act_teaches_nothing(sari, budi, status):
    case_in(status, sari, budi)
    assert labels() == []


def test_no_violation_with_every_rule_rejected_is_lawful_conduct(sari, budi):
    case = case_in(Status.KAJIAN, sari, budi)
    assessment.withdraw_rule(case=case, rule_code=RULE, reason="Keliru.", by=sari, at=MONDAY)
    rejected(case, sari)
    step(case, Action.PUTUSKAN_BUKAN_PELANGGARAN, by=sari)
    assert labels() == [("NONE_NEUTRAL",)]


def test_no_violation_while_a_rule_still_stands_settles_nothing(sari, budi):
    case_in(Status.BUKAN_PELANGGARAN, sari, budi)
    assert labels() == []


def test_a_respondent_who_is_no_civil_servant_is_a_label(sari, budi):
    step(case_in(Status.KAJIAN_AWAL, sari, budi), Action.NYATAKAN_BUKAN_ASN, by=sari)
    assert labels() == [("NONE_NOT_ASN",)]


def test_a_row_for_several_acts_takes_the_act_the_machine_named_and_a_person_confirmed(sari, budi):
    case = case_in(Status.KAJIAN, sari, budi)
    assessment.withdraw_rule(case=case, rule_code=RULE, reason="Keliru.", by=sari, at=MONDAY)
    finding = make_finding(case.case_reports.get().report, "SKB2-II-B-8")
    Finding.objects.filter(pk=finding.pk).update(label="APPEAL")
    finding.refresh_from_db()
    assessment.confirm(case=case, finding=finding, reason="Ajakan.", by=sari, at=MONDAY)
    step(case, Action.SUSUN_REKOMENDASI, by=sari)
    step(case, Action.KIRIM_REKOMENDASI, by=budi)
    assert labels() == [("APPEAL",)]


def test_a_campaign_of_reports_about_one_case_counts_once(sari, budi):
    case = case_in(Status.SANKSI, sari, budi)
    for _ in range(FEW):
        later = make_report(received_at=MONDAY + timedelta(days=1), narrative="Laporan tambahan.")
        CaseReport.objects.create(case=case, report=later, attached_at=MONDAY)
    [record] = labelled_cases(shipped=SHIPPED, at=MONDAY)
    assert "poster" in record.account.text


def test_cases_are_a_limited_part_and_regions_take_turns(sari, budi, wayan):
    for _ in range(FEW):
        case_in(Status.SANKSI, sari, budi)
    make_case(by=wayan, second=_second_of_denpasar(), status=Status.SANKSI, region_code="51.71")
    kept = labelled_cases(shipped=6, at=MONDAY)
    assert {record.account.province for record in kept} == {"Jawa Tengah", "Bali"}
    assert len(kept) == 2


def _second_of_denpasar():
    return make_user("made", "reviewer_bawaslu", "51.71", "Bawaslu Kota Denpasar")


def test_names_numbers_and_unpublished_words_stay_in_the_house(sari, budi):
    case = case_in(
        Status.SANKSI,
        sari,
        budi,
        narrative="Pak Bambang (NIP 198001012005011001, 0812345678) membagikan poster ke grup Zzorbnya.",
        respondent_post="Lurah Zzorb",
    )
    evidence = make_evidence(case.case_reports.get().report)
    type(evidence).objects.filter(pk=evidence.pk).update(text="Bambang Sutrisno\nPilih nomor 2")
    [record] = labelled_cases(shipped=SHIPPED, at=MONDAY)
    told = f"{record.account.text} {record.account.screenshot_text} {record.account.office}"
    assert not [word for word in ("Bambang", "Sutrisno", "198001", "0812", "orb") if word in told]
    assert "poster" in told
    assert "nomor 2" in told


def test_a_case_stands_in_the_fold_of_its_province_and_month(sari, budi):
    case_in(Status.SANKSI, sari, budi)
    [record] = labelled_cases(shipped=SHIPPED, at=MONDAY)
    assert record.group == "Jawa Tengah|2024-10"
    assert record.stage == "calon"


@pytest.mark.parametrize(
    ("conclusion", "codes", "teaches"),
    [
        (Conclusion.VIOLATION, [RULE], True),
        (Conclusion.VIOLATION, ["SKB2-II-B-7"], False),
        (Conclusion.LAWFUL, [], False),
        (Conclusion.UNCLEAR, [], True),
    ],
)
def test_a_case_two_readers_disagree_on_teaches_nothing(sari, budi, conclusion, codes, teaches):
    case = case_in(Status.SANKSI, sari, budi)
    draw = SecondReadingDraw.objects.create(case=case, drawn_at=MONDAY)
    SecondReading.objects.create(
        draw=draw, conclusion=conclusion, rule_codes=codes, reason="Jelas.", by=budi, at=MONDAY
    )
    assert bool(labels()) == teaches


def test_reading_them_changes_nothing(sari, budi):
    case = case_in(Status.SANKSI, sari, budi)
    before = Case.objects.filter(pk=case.pk).values().get()
    labels()
    assert Case.objects.filter(pk=case.pk).values().get() == before
