"""What the database itself refuses, one rule at a time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from reports.models import Classification, Evidence, Finding, OutboxEntry, Report
from rules.models import CatalogueVersion
from tests.factories import AT, send_report


@pytest.fixture
def report(reference):
    return send_report(pictures=2).report


def refused(constraint, queryset, **values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        queryset.update(**values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("identity_only_in_the_laporan_lane", {"lane": "laporan"}),
        ("identity_only_in_the_laporan_lane", {"identity_key": b"k"}),
        ("identity_only_in_the_laporan_lane", {"identity_box": b"b"}),
        ("identity_only_in_the_laporan_lane", {"lane": "laporan", "identity_key": b"k"}),
        ("report_nip_has_18_digits", {"respondent_nip": "123"}),
        ("report_nip_has_18_digits", {"respondent_nip": "12345678901234567x"}),
        ("report_says_name_or_post", {"respondent_name": "", "respondent_post": ""}),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(report, constraint, values):
    refused(constraint, Report.objects.filter(pk=report.pk), **values)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["receipt_digest", "idempotency_digest"])
def test_two_reports_never_share_a_digest(report, column):
    other = send_report().report
    refused(column, Report.objects.filter(pk=other.pk), **{column: getattr(report, column)})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("one_evidence_per_position", {"position": 1}),
        ("ready_evidence_has_a_clean_copy", {"state": "ready"}),
    ],
)
def test_evidence_that_contradicts_itself_is_refused(report, constraint, values):
    refused(constraint, Evidence.objects.filter(report=report, position=2), **values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("outbox_step_has_its_subject", {"step": "classify_report"}),
        ("outbox_step_has_its_subject", {"evidence": None}),
        ("outbox_entry_ends_once", {"finished_at": AT, "gave_up_at": AT}),
    ],
)
def test_work_that_contradicts_itself_is_refused(report, constraint, values):
    refused(constraint, OutboxEntry.objects.filter(report=report, evidence__position=1), **values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("one_finding_per_rank", {"rank": 1}),
        ("finding_probability_in_0_1", {"probability": 1.01}),
        ("finding_probability_in_0_1", {"probability": -0.01}),
    ],
)
def test_a_finding_that_contradicts_itself_is_refused(report, constraint, values):
    version = CatalogueVersion.objects.create(
        digest="f" * 64, label="uji", effective_date=date(2022, 9, 22), content={}, loaded_at=AT
    )
    run = Classification.objects.create(
        report=report, made_at=AT, catalogue_version=version, engine_version="uji", stage="unknown", abstained=False
    )
    for rank in (1, 2):
        Finding.objects.create(classification=run, rank=rank, label="OTHER", probability=0.5)
    refused(constraint, Finding.objects.filter(classification=run, rank=2), **values)
