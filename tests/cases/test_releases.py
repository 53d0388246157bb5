"""What the accused is shown of the evidence: chosen copies only, taken back at once, every step and look on record."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image

from accounts.models import AuditEvent
from cases.custody import custody
from cases.grouping import attach_report, undo_regrouping
from cases.masking import confirm_nothing_to_hide, giveaways_left, mask_picture
from cases.models import Case, CaseReport, MaskedCopy, Regrouping, Release
from cases.refusals import ActionRefused, NotVisible
from cases.released_evidence import released_pictures, small_release, watermarked_release
from cases.releases import releasable_pictures, release_copy, withdraw_release
from cases.sharing import share_with_kesbangpol
from cases.status import Status
from evidence.images import assert_clean
from reports.models import Evidence
from tests.case_factories import MONDAY, make_case, make_report
from tests.clarification_factories import invite
from tests.picture_factories import HEIGHT, WIDTH, make_picture

pytestmark = pytest.mark.django_db
BOX = (0, 45, 240, 75)
LATER = MONDAY + timedelta(minutes=5)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI, employer="33.74")


@pytest.fixture
def picture(case):
    return make_picture(case)


@pytest.fixture
def masked(picture, sari):
    return mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY)


@pytest.fixture
def access(case, sari):
    return invite(case, by=sari).access


def release(copy, by, at=MONDAY):
    return release_copy(evidence=copy.evidence, seen_sha256=copy.sha256, by=by, at=at)


def mask(picture, by, *, boxes=(BOX,), seen=None, at=LATER):
    return mask_picture(evidence=picture, boxes=boxes, seen_sha256=seen.sha256 if seen else "", by=by, at=at)


def shown(case):
    return [row.copy for row in released_pictures(Case.objects.get(pk=case.pk))]


def events(picture):
    return [event.action for event in AuditEvent.objects.about(picture.pk).oldest_first()]


def test_nothing_is_shown_until_somebody_chose_it(case, picture, masked, sari):
    assert shown(case) == []
    release(masked, sari)
    assert shown(case) == [masked]
    event = AuditEvent.objects.about(picture.pk).get(action="bukti_diserahkan")
    assert (event.actor, event.details) == (sari, {"case": str(case.pk), "number": 1, "sha256": masked.sha256})


def test_a_picture_nobody_masked_or_cleared_is_never_released(case, picture, sari):
    for seen in (picture.clean_sha256, picture.sha256, ""):
        with pytest.raises(ActionRefused, match="belum diperiksa"):
            release_copy(evidence=picture, seen_sha256=seen, by=sari, at=MONDAY)
    assert not Release.objects.exists()


def test_saying_that_nothing_needs_hiding_is_a_step_of_its_own_and_on_record(case, picture, sari, budi):
    cleared = confirm_nothing_to_hide(evidence=picture, by=sari, at=MONDAY)
    assert shown(case) == []
    release(cleared, budi)
    assert shown(case) == [cleared]
    assert events(picture)[-2:] == ["bukti_tanpa_samaran", "bukti_diserahkan"]
    with pytest.raises(ActionRefused, match="sudah dinyatakan"):
        confirm_nothing_to_hide(evidence=picture, by=budi, at=LATER)


def test_only_the_copy_that_was_looked_at_is_released(picture, masked, sari, budi):
    newer = mask(picture, budi, boxes=[(0, 0, 300, 30)], seen=masked)
    with pytest.raises(ActionRefused, match="berganti"):
        release(masked, sari)
    release(newer, sari)


def test_a_new_copy_ends_the_showing_of_the_old_one(case, picture, masked, sari, budi):
    release(masked, sari)
    newer = mask(picture, budi, boxes=[BOX, (0, 0, 300, 30)], seen=masked)
    assert shown(case) == []
    assert events(picture)[-2:] == ["bukti_ditarik", "bukti_disamarkan"]
    release(newer, sari, at=LATER)
    after = LATER + timedelta(minutes=1)
    confirm_nothing_to_hide(evidence=picture, seen_sha256=newer.sha256, by=sari, at=after)
    assert shown(case) == []


def test_what_was_withdrawn_is_gone_at_once_and_keeps_its_number(case, picture, masked, access, sari, budi):
    first = release(masked, sari)
    second = mask_picture(evidence=make_picture(case), boxes=[BOX], by=sari, at=MONDAY)
    release(second, sari)
    withdraw_release(release=first, by=budi, at=LATER)
    assert [row.number for row in released_pictures(case)] == [2]
    with pytest.raises(NotVisible):
        watermarked_release(access=access, release_id=first.pk, at=LATER)
    with pytest.raises(ActionRefused, match="tidak diperlihatkan lagi"):
        withdraw_release(release=first, by=sari, at=LATER)
    assert release(masked, sari, at=LATER).number == 1
    assert Release.objects.count() == 3, "every showing stays on record"


def test_the_accused_sees_the_masked_pixels_marked_and_without_metadata(picture, masked, access, sari):
    shown = release(masked, sari)
    data = watermarked_release(access=access, release_id=shown.pk, at=MONDAY).data
    assert assert_clean(data) == (WIDTH, HEIGHT)
    # Black under the watermark; white paper would be far above.
    assert Image.open(io.BytesIO(data)).convert("L").crop((0, 34, 238, 78)).getextrema()[1] < 110
    small = small_release(access=access, release_id=shown.pk)
    assert max(assert_clean(small)) <= 160


def test_each_look_is_a_link_of_the_chain_of_custody(case, picture, masked, access, sari):
    shown = release(masked, sari)
    for at in (MONDAY, MONDAY + timedelta(seconds=30), LATER):
        watermarked_release(access=access, release_id=shown.pk, at=at)
    small_release(access=access, release_id=shown.pk)
    looks = [step for step in custody(picture, by=sari) if step.name == "bukti_dilihat_terlapor"]
    assert [(step.at, step.who, step.what) for step in looks] == [
        (MONDAY, "", "Salinan dilihat terlapor"),
        (LATER, "", "Salinan dilihat terlapor"),
    ]


def test_another_persons_code_opens_nothing_of_this_case(case, masked, sari, budi):
    other = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    stranger, shown = invite(other, by=sari).access, release(masked, sari)
    for identifier in (shown.pk, masked.pk, masked.evidence_id, uuid4()):
        with pytest.raises(NotVisible):
            watermarked_release(access=stranger, release_id=identifier, at=MONDAY)
        with pytest.raises(NotVisible):
            small_release(access=stranger, release_id=identifier)


def test_only_bawaslu_of_the_place_chooses(case, picture, masked, sari, wayan, kartika, aminah, nasrul):
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    shown = release(masked, sari)
    refused = [(wayan, NotVisible), (kartika, ActionRefused), (aminah, ActionRefused), (nasrul, ActionRefused)]
    for person, why in refused:
        with pytest.raises(why):
            release(masked, person)
        with pytest.raises(why):
            confirm_nothing_to_hide(evidence=picture, by=person, at=MONDAY)
        with pytest.raises(why):
            withdraw_release(release=shown, by=person, at=MONDAY)
    assert released_pictures(case) == [shown]


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.KLARIFIKASI}))
def test_nothing_is_released_outside_clarification(status, sari, budi):
    case = make_case(by=sari, second=budi, status=status)
    picture = make_picture(case)
    copy = confirm_nothing_to_hide(evidence=picture, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="hanya selama kasus berstatus"):
        release(copy, sari)


def test_a_picture_that_moves_to_another_case_goes_along_and_is_no_longer_shown(case, sari, budi):
    report = make_report()
    CaseReport.objects.create(case=case, report=report, attached_at=MONDAY)
    first = case.case_reports.order_by("pk").first().report
    picture = make_picture_of(first)
    shown = release(mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY), sari)
    other = make_case(by=sari, second=budi, employer="33.74")
    attach_report(case=case, report_id=first.pk, to=other, reason="Perbuatan lain.", by=sari, at=LATER)
    assert released_pictures(case) == released_pictures(other) == []
    undo_regrouping(regrouping=Regrouping.objects.get(), reason="Keliru.", by=sari, at=LATER)
    assert released_pictures(case) == [shown]


def test_a_mask_made_in_another_case_ends_the_showing_in_the_first_one_for_good(case, sari, budi):
    first = case.case_reports.get().report
    CaseReport.objects.create(case=case, report=make_report(), attached_at=MONDAY)
    picture = make_picture_of(first)
    old = mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY)
    release(old, sari)
    other = make_case(by=sari, second=budi, employer="33.74")
    attach_report(case=case, report_id=first.pk, to=other, reason="Perbuatan lain.", by=sari, at=LATER)
    newer = mask(picture, budi, boxes=[BOX, (0, 0, 300, 30)], seen=old)
    undo_regrouping(regrouping=Regrouping.objects.get(), reason="Keliru.", by=sari, at=LATER)
    assert released_pictures(case) == []
    withdrawn = AuditEvent.objects.about(picture.pk).get(action="bukti_ditarik")
    assert (withdrawn.actor, withdrawn.details["case"]) == (budi, str(case.pk))
    release(newer, sari, at=LATER)
    assert shown(case) == [newer]


def make_picture_of(report):
    """A picture of one report of a case that has several."""
    links = CaseReport.objects.filter(case=report.case_link.case).exclude(report=report)
    kept = list(links.values("case_id", "report_id", "attached_at"))
    links.delete()
    picture = make_picture(Case.objects.get(case_reports__report=report))
    CaseReport.objects.bulk_create(CaseReport(**row) for row in kept)
    return picture


def test_the_office_reads_which_pictures_are_shown(case, picture, masked, sari):
    other = make_picture(case)
    shown = release(masked, sari)
    assert [(row.evidence, row.copy, row.release) for row in releasable_pictures(case)] == [
        (picture, masked, shown),
        (other, None, None),
    ]


def test_lines_a_copy_still_shows_are_pointed_out(picture, masked):
    assert [line.why for line in giveaways_left(picture, None)] == ["nomor telepon", "nama akun"]
    assert [line.why for line in giveaways_left(picture, masked)] == ["nama akun"]


def test_an_erased_picture_is_not_shown(case, masked, access, sari):
    shown = release(masked, sari)
    Evidence.objects.filter(pk=masked.evidence_id).update(state="erased")
    assert released_pictures(case) == []
    with pytest.raises(NotVisible):
        small_release(access=access, release_id=shown.pk)


def test_a_cleared_copy_is_the_clean_copy_itself(picture, sari):
    cleared = confirm_nothing_to_hide(evidence=picture, by=sari, at=MONDAY)
    assert cleared.file_name == picture.clean_name
    assert MaskedCopy.objects.get().sha256 == picture.clean_sha256
