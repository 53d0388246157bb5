"""Pictures are handed out after the question who asks, and every look is written down."""

import pytest

from accounts.models import AuditEvent
from cases.evidence_access import clean_copy, record_view
from cases.timeline import timeline
from cases.workflow import ActionRefused, NotVisible
from reports.models import PreparationState
from tests.case_factories import MONDAY, make_case, make_evidence, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


@pytest.fixture
def picture(case):
    return make_evidence(case.case_reports.get().report)


def looks():
    return list(AuditEvent.objects.filter(action="bukti_dilihat").values_list("actor__username", flat=True))


def test_the_clean_copy_is_named_and_the_look_is_on_record(case, picture, sari, settings):
    path = clean_copy(evidence=picture, by=sari, at=MONDAY)
    assert path == settings.CLEAN_ROOT / f"{picture.pk}.png"
    event = AuditEvent.objects.about(case.pk).get(action="bukti_dilihat")
    assert (event.actor, event.details) == (sari, {"evidence": str(picture.pk)})


def test_nobody_outside_the_case_gets_the_picture(picture, wayan, dewi, kartika):
    for person in (wayan, dewi, kartika):
        with pytest.raises(NotVisible):
            clean_copy(evidence=picture, by=person, at=MONDAY)
    assert looks() == []


def test_the_auditor_looks_too_and_is_written_down(picture, aminah):
    clean_copy(evidence=picture, by=aminah, at=MONDAY)
    assert looks() == ["aminah"]


def test_a_picture_of_a_report_without_a_case_is_nobodys(sari):
    with pytest.raises(NotVisible):
        clean_copy(evidence=make_evidence(make_report()), by=sari, at=MONDAY)


@pytest.mark.parametrize("state", [PreparationState.WAITING, PreparationState.NEEDS_PERSON])
def test_a_picture_without_a_clean_copy_is_not_shown(case, sari, state):
    picture = make_evidence(case.case_reports.get().report, state=state)
    with pytest.raises(ActionRefused, match="belum siap"):
        clean_copy(evidence=picture, by=sari, at=MONDAY)
    assert looks() == []


def test_looking_is_kept_for_the_auditor_and_left_out_of_the_timeline(case, picture, sari):
    record_view(case=case, by=sari, at=MONDAY)
    clean_copy(evidence=picture, by=sari, at=MONDAY)
    assert AuditEvent.objects.about(case.pk).count() == 3
    assert [entry.what for entry in timeline(case)] == ["Kasus dibuka"]
