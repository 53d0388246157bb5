"""Pictures are shown after the question who asks, marked with the answer, and every look is written down."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from accounts.models import AuditEvent, User
from cases.evidence_access import record_view, small_copy, watermark_lines, watermarked_copy
from cases.timeline import timeline
from cases.workflow import ActionRefused, NotVisible
from evidence import vault
from reports.models import PreparationState
from tests.case_factories import MONDAY, make_case, make_evidence, make_report
from tests.picture_factories import HEIGHT, WIDTH, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


@pytest.fixture
def picture(case):
    return make_picture(case)


def looks():
    return list(
        AuditEvent.objects.filter(action="bukti_dilihat").oldest_first().values_list("actor__username", flat=True)
    )


def test_a_look_shows_the_picture_marked_and_is_on_record(case, picture, sari):
    shown = watermarked_copy(evidence=picture, by=sari, at=MONDAY)
    assert (shown.width, shown.height) == (WIDTH, HEIGHT)
    assert shown.sha256 not in {picture.sha256, picture.clean_sha256}
    event = AuditEvent.objects.about(picture.pk).get(action="bukti_dilihat")
    assert (event.actor, event.subject_kind, event.details) == (sari, "evidence", {"case": str(case.pk)})


def test_the_mark_names_who_looks_and_the_minute_of_the_office(case, sari):
    assert watermark_lines(case=case, by=sari, at=MONDAY) == [
        "sari · Bawaslu Kota Semarang",
        f"14-10-2024 09.00 WIB · {case.reference}",
    ]
    in_bali = User(username="wayan", office_name="Bawaslu Kota Denpasar", region_code="51.71")
    assert "10.00 WITA" in watermark_lines(case=case, by=in_bali, at=MONDAY)[1]
    national = User(username="nasrul")
    assert watermark_lines(case=case, by=national, at=MONDAY)[0] == "nasrul"


def test_looking_again_within_the_minute_is_one_look_and_in_the_next_another(picture, sari, budi):
    for seconds, person in [(0, sari), (20, sari), (20, budi), (59, sari), (61, sari)]:
        watermarked_copy(evidence=picture, by=person, at=MONDAY + timedelta(seconds=seconds))
    assert looks() == ["sari", "budi", "sari"]


def test_two_pictures_are_two_looks(case, picture, sari):
    for evidence in (picture, make_picture(case)):
        watermarked_copy(evidence=evidence, by=sari, at=MONDAY)
    assert looks() == ["sari", "sari"]


def test_a_small_copy_is_no_look_and_made_once(picture, sari, settings):
    small = small_copy(evidence=picture, by=sari)
    assert max(Image.open(io.BytesIO(small)).size) == WIDTH // 4
    assert vault.load(settings.CLEAN_ROOT, f"{picture.clean_name}.quarter.jpg") == small
    vault.discard(settings.CLEAN_ROOT, picture.clean_name)
    assert small_copy(evidence=picture, by=sari) == small
    assert looks() == []


@pytest.mark.parametrize("ask", [small_copy, lambda **who: watermarked_copy(at=MONDAY, **who)])
def test_nobody_outside_the_case_gets_the_picture(ask, picture, wayan, dewi, kartika):
    for person in (wayan, dewi, kartika):
        with pytest.raises(NotVisible):
            ask(evidence=picture, by=person)
    assert looks() == []


def test_the_auditor_looks_too_and_is_written_down(picture, aminah):
    watermarked_copy(evidence=picture, by=aminah, at=MONDAY)
    assert looks() == ["aminah"]


def test_a_picture_of_a_report_without_a_case_is_nobodys(sari):
    with pytest.raises(NotVisible):
        watermarked_copy(evidence=make_evidence(make_report()), by=sari, at=MONDAY)


@pytest.mark.parametrize("state", [PreparationState.WAITING, PreparationState.NEEDS_PERSON])
def test_a_picture_without_a_clean_copy_is_not_shown(case, sari, state):
    picture = make_evidence(case.case_reports.get().report, state=state)
    with pytest.raises(ActionRefused, match="belum siap"):
        watermarked_copy(evidence=picture, by=sari, at=MONDAY)
    assert looks() == []


def test_looking_is_kept_for_the_auditor_and_left_out_of_the_timeline(case, picture, sari):
    record_view(case=case, by=sari, at=MONDAY)
    watermarked_copy(evidence=picture, by=sari, at=MONDAY)
    assert AuditEvent.objects.about(case.pk).filter(action="kasus_dilihat").count() == 1
    assert not {"Kasus dilihat", "Bukti dilihat"} & {entry.what for entry in timeline(case, by=sari)}
