"""Who is drawn for a blind second reading, who may read, and that nothing shows what others held."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from cases import assessment, second_reading
from cases.assignment import give
from cases.custody import custody, custody_of
from cases.evidence_access import record_view
from cases.models import Assessment, Case, Conclusion, SecondReading, SecondReadingDraw
from cases.reader_pairs import reader_pairs
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.second_reading import draw_cases, lot_of, record_reading, waiting_for
from cases.status import Status
from cases.timeline import timeline
from reports.models import Finding
from stats.audit_names import SEEN
from tests.case_factories import MONDAY, RULE, make_case, make_evidence, make_finding
from tests.conftest import make_user
from tests.factories import png

pytestmark = pytest.mark.django_db
EVERYBODY = 1.0


@pytest.fixture
def case(sari):
    """A case Sari alone has worked on."""
    return make_case(by=sari, second=sari, status=Status.KAJIAN)


@pytest.fixture
def draw(case):
    draw_cases(at=MONDAY, share=EVERYBODY)
    return SecondReadingDraw.objects.get()


def read(draw, by, conclusion=Conclusion.VIOLATION, codes=(RULE,), reason="Poster dibagikan."):
    return record_reading(draw_id=draw.pk, conclusion=conclusion, rule_codes=codes, reason=reason, by=by, at=MONDAY)


@pytest.mark.parametrize("status", [Status.MASUK, Status.KAJIAN_AWAL, Status.PERBAIKAN])
def test_a_case_in_triage_is_not_drawn(sari, status):
    case = make_case(by=sari, second=sari, status=status)
    assessment.add_rule(case=case, rule_code=RULE, reason="Jelas.", by=sari, at=MONDAY)
    assert draw_cases(at=MONDAY, share=EVERYBODY) == 0


def test_a_case_nobody_assessed_is_not_drawn(sari):
    make_case(by=sari, second=sari, status=Status.DIREGISTRASI)
    assert draw_cases(at=MONDAY, share=EVERYBODY) == 0


def test_the_lot_falls_once_and_for_good(case):
    lot = lot_of(case)
    assert draw_cases(at=MONDAY, share=lot) == 0
    assert draw_cases(at=MONDAY + timedelta(days=9), share=lot) == 0
    assert draw_cases(at=MONDAY, share=lot + 1e-9) == 1
    assert draw_cases(at=MONDAY, share=EVERYBODY) == 0


def test_lots_are_spread_evenly_and_cannot_be_foretold_without_the_secret(case, settings):
    lots = [lot_of(Case(opened_at=MONDAY)) for _ in range(400)]
    assert 0.4 < sum(lots) / len(lots) < 0.6
    before = lot_of(case)
    settings.SECRET_KEY = "another-secret-key"
    assert lot_of(case) != before


def test_a_colleague_who_never_touched_the_case_may_read_it(draw, budi):
    assert list(waiting_for(budi)) == [draw]


def test_who_worked_on_it_opened_its_page_or_holds_it_may_not(draw, case, sari, budi):
    assert not waiting_for(sari).exists()
    record_view(case=case, by=budi, at=MONDAY)
    assert not waiting_for(budi).exists()
    citra = make_user("citra", "reviewer_bawaslu", "33.74", "Bawaslu Kota Semarang")
    assert waiting_for(citra).exists()
    give(case=case, to=citra, by=sari, at=MONDAY)
    assert not waiting_for(citra).exists()


@pytest.mark.parametrize("person", ["wayan", "kartika", "nasrul", "aminah", "dewi"])
def test_other_regions_and_other_roles_may_not(request, draw, person):
    by = request.getfixturevalue(person)
    assert not waiting_for(by).exists()
    with pytest.raises(NotVisible):
        read(draw, by)


def test_looking_at_it_blind_does_not_shut_the_reader_out(draw, budi):
    second_reading.open_reading(draw_id=draw.pk, by=budi, at=MONDAY)
    assert waiting_for(budi).exists()
    assert AuditEvent.objects.filter(action="kasus_dibaca_kedua", actor=budi).exists()


def test_a_reading_is_kept_apart_from_assessments_and_only_once(draw, case, budi):
    before = Assessment.objects.count()
    reading = read(draw, budi)
    assert (reading.conclusion, reading.rule_codes) == (Conclusion.VIOLATION, [RULE])
    assert Assessment.objects.count() == before
    with pytest.raises(NotVisible):
        read(draw, budi)
    for change in (lambda: SecondReading.objects.update(reason="Lain."), reading.delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_neither_the_audit_nor_the_timeline_tells_what_was_held(draw, case, budi):
    before = timeline(case, by=budi)
    read(draw, budi)
    assert AuditEvent.objects.get(action="pembacaan_kedua").details == {}
    assert timeline(case, by=budi) == before


@pytest.mark.parametrize(
    ("conclusion", "codes", "field"),
    [
        (Conclusion.VIOLATION, [], "rule_codes"),
        (Conclusion.LAWFUL, [RULE], "rule_codes"),
        (Conclusion.VIOLATION, ["SKB2-II-Z-9"], "rule_codes"),
    ],
)
def test_conclusion_and_rules_must_fit(draw, budi, conclusion, codes, field):
    with pytest.raises(FactsRefused) as refused:
        read(draw, budi, conclusion, codes)
    assert field in refused.value.problems
    with pytest.raises(ActionRefused):
        read(draw, budi, reason=" ")


def test_the_database_refuses_a_violation_without_a_rule(draw, budi):
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondReading.objects.create(
            draw=draw, conclusion=Conclusion.VIOLATION, rule_codes=[], reason="x", by=budi, at=MONDAY
        )


def test_both_readers_stand_side_by_side_as_acts(draw, case, budi):
    read(draw, budi, codes=["SKB2-II-A-2"])
    [pair] = reader_pairs(at=MONDAY)
    # Rows of both stages speak of the same act.
    assert (pair.first, pair.second) == (frozenset({"SOCMED_CAMPAIGN"}),) * 2
    assert not pair.is_disputed


def test_a_reader_who_could_not_tell_makes_no_pair(draw, budi):
    read(draw, budi, Conclusion.UNCLEAR, [])
    assert reader_pairs(at=MONDAY) == []


@pytest.fixture
def shown(case, draw, settings):
    """The case with an opinion of the machine, a picture, and a verdict whose words would give it away."""
    report = case.case_reports.get().report
    finding = make_finding(report, "SKB2-II-B-7")
    Finding.objects.filter(pk=finding.pk).update(spans=[{"source": "report", "words": "poster", "why": "KenariMesin"}])
    Assessment.objects.create(
        case=case, rule_code="SKB2-II-B-7", verdict="rejected", reason="KenariOrang", by=case_reader(), at=MONDAY
    )
    evidence = make_evidence(report)
    settings.CLEAN_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.CLEAN_ROOT / evidence.clean_name).write_bytes(png())
    return evidence


def case_reader():
    return make_user("rina", "reviewer_bawaslu", "33", "Bawaslu Jawa Tengah")


def test_the_page_shows_the_report_and_neither_findings_nor_verdicts_nor_the_case(client, shown, draw, case, budi):
    client.force_login(budi)
    page = client.get(reverse("cases:second-reading", args=[draw.pk])).content.decode()
    assert "membagikan poster" in page
    for secret in ("Kenari", "80 %", case.reference, str(case.pk), case.get_status_display()):
        assert secret not in page
    image = client.get(reverse("cases:second-reading-image", args=[draw.pk, shown.pk]))
    assert image.status_code == 200
    assert image.content.startswith(b"\xff\xd8")
    assert waiting_for(budi).exists()


def test_the_custody_of_a_picture_does_not_tell_that_it_was_read_blind(client, shown, draw, case, sari, budi):
    before = custody(shown, by=sari)
    client.force_login(budi)
    assert client.get(reverse("cases:second-reading-image", args=[draw.pk, shown.pk])).status_code == 200
    assert custody(shown, by=sari) == before
    assert custody_of([shown.pk], for_team=False)[shown.pk] == before
    # The auditor reads who it was.
    look = AuditEvent.objects.about(shown.pk).get(actor=budi)
    assert (look.action, look.details) == ("bukti_dibaca_kedua", {"case": str(case.pk)})
    assert look.action in SEEN


def test_a_look_by_the_same_person_with_open_eyes_is_told(client, shown, draw, case, sari, budi):
    client.force_login(budi)
    client.get(reverse("cases:second-reading-image", args=[draw.pk, shown.pk]))
    client.get(reverse("cases:evidence-image", args=[case.pk, shown.pk]))
    assert [(step.name, step.who) for step in custody(shown, by=sari)] == [("bukti_dilihat", "budi")]


def test_the_queue_leads_there_and_the_form_back(client, draw, budi):
    client.force_login(budi)
    address = reverse("cases:second-reading", args=[draw.pk])
    assert address in client.get(reverse("cases:second-readings")).content.decode()
    wrong = client.post(address, {"conclusion": "melanggar", "reason": "Poster."})
    assert wrong.status_code == 422
    assert "Centang paling sedikit satu" in wrong.content.decode()
    assert "Poster." in wrong.content.decode()
    assert client.post(address, {"conclusion": "", "reason": ""}).status_code == 422
    right = client.post(address, {"conclusion": "melanggar", "rule_codes": [RULE], "reason": "Poster."})
    assert right.status_code == 302
    assert client.get(address).status_code == 404
    assert "Tidak ada yang menunggu" in client.get(reverse("cases:second-readings")).content.decode()


def test_a_picture_of_another_case_is_not_reached(client, draw, budi, wayan):
    other = make_case(by=wayan, second=wayan, region_code="51.71")
    evidence = make_evidence(other.case_reports.get().report)
    client.force_login(budi)
    assert client.get(reverse("cases:second-reading-image", args=[draw.pk, evidence.pk])).status_code == 404
