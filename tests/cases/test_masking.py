"""Masked copies: pixels gone, originals untouched, and offices outside the team see nothing else."""

import io

import pytest
from PIL import Image

from accounts.models import AuditEvent
from cases.copies import copy_for, shown_lines, shown_text
from cases.dossier import dossier
from cases.evidence_access import case_of, watermarked_copy
from cases.grouping import attach_report
from cases.masking import confirm_nothing_to_hide, mask_picture, maskable_lines
from cases.models import CaseReport, MaskedCopy
from cases.refusals import ActionRefused, CopyReplaced, FactsRefused, NotVisible
from cases.sharing import share_with_kesbangpol
from evidence import vault
from evidence.digests import sha256_hex
from evidence.images import assert_clean
from reports.models import Evidence
from tests.case_factories import MONDAY, make_case, make_evidence, make_report
from tests.picture_factories import HEIGHT, LINES, PHONE, WIDTH, make_picture

pytestmark = pytest.mark.django_db
BOX = (0, 45, 240, 75)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


@pytest.fixture
def picture(case):
    return make_picture(case)


@pytest.fixture
def masked(picture, sari):
    return mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY)


def mask_again(picture, *, by, seen):
    """Another copy, from a page on which the copy with this SHA-256 was the newest; none when empty."""
    at = MONDAY.replace(hour=10)
    return mask_picture(evidence=picture, boxes=[(0, 200, 10, 210)], seen_sha256=seen, by=by, at=at)


def stored(settings, name):
    return vault.load(settings.CLEAN_ROOT, name)


def test_the_pixels_of_a_box_are_gone_and_nothing_else_is_in_the_file(picture, masked, settings):
    data = stored(settings, masked.file_name)
    assert sha256_hex(data) == masked.sha256
    assert assert_clean(data) == (WIDTH, HEIGHT)
    image = Image.open(io.BytesIO(data))
    assert image.convert("RGB").crop(tuple(masked.boxes[0])).getcolors() == [(240 * 48, (0, 0, 0))]
    assert image.info == {}


def test_boxes_grow_to_whole_blocks(masked):
    assert masked.boxes == [(0, 32, 240, 80)]


def test_original_and_clean_copy_stay_as_they_were(picture, settings, sari):
    sealed, clean = (settings.SEALED_ROOT / picture.sealed_name), (settings.CLEAN_ROOT / picture.clean_name)
    before = sealed.read_bytes(), clean.read_bytes(), Evidence.objects.filter(pk=picture.pk).values_list().get()
    mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY)
    assert before == (
        sealed.read_bytes(),
        clean.read_bytes(),
        Evidence.objects.filter(pk=picture.pk).values_list().get(),
    )


def test_masking_is_on_record(case, picture, masked, sari):
    event = AuditEvent.objects.about(picture.pk).get(action="bukti_disamarkan")
    assert (event.actor, event.details) == (sari, {"case": str(case.pk), "sha256": masked.sha256, "boxes": 1})


def test_a_later_mask_starts_from_the_clean_copy_and_counts(picture, masked, sari, kartika, case):
    later = mask_again(picture, by=sari, seen=masked.sha256)
    assert copy_for(picture, kartika).mask == later
    assert MaskedCopy.objects.count() == 2


def test_a_copy_made_meanwhile_is_not_replaced_by_who_did_not_see_it(case, picture, masked, budi, kartika, settings):
    files = sorted(path.name for path in settings.CLEAN_ROOT.glob("*.masked.*"))
    for press in (
        lambda seen: mask_again(picture, by=budi, seen=seen),
        lambda seen: confirm_nothing_to_hide(evidence=picture, seen_sha256=seen, by=budi, at=MONDAY.replace(hour=10)),
    ):
        for seen in ("", picture.clean_sha256, "0" * 64):
            with pytest.raises(CopyReplaced, match="berganti") as refused:
                press(seen)
            assert refused.value.copy == masked
    assert copy_for(picture, kartika).mask == MaskedCopy.objects.get() == masked
    assert sorted(path.name for path in settings.CLEAN_ROOT.glob("*.masked.*")) == files
    mask_again(picture, by=budi, seen=masked.sha256)
    assert MaskedCopy.objects.count() == 2


def test_nothing_is_said_about_a_picture_that_moves_at_this_moment(case, picture, sari, budi, monkeypatch):
    """The page was judged when the report was still here; the other case has its own people who wait."""
    other = make_case(by=sari, second=budi, employer="33.74")
    CaseReport.objects.create(case=case, report=make_report(), attached_at=MONDAY)
    here = case_of(picture, sari)
    attach_report(case=case, report_id=picture.report_id, to=other, reason="Keliru.", by=sari, at=MONDAY)
    monkeypatch.setattr("cases.masking.case_of", lambda *given: here)
    for press in (
        lambda: mask_again(picture, by=sari, seen=""),
        lambda: confirm_nothing_to_hide(evidence=picture, by=sari, at=MONDAY),
    ):
        with pytest.raises(ActionRefused, match="pindah ke kasus lain"):
            press()
    assert not MaskedCopy.objects.exists()


def test_the_team_sees_the_clean_copy_and_kesbangpol_the_masked_one(case, picture, masked, sari, aminah, kartika):
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    assert copy_for(picture, sari).sha256 == copy_for(picture, aminah).sha256 == picture.clean_sha256
    assert copy_for(picture, sari, masked=True).sha256 == copy_for(picture, kartika).sha256 == masked.sha256
    shown = Image.open(io.BytesIO(watermarked_copy(evidence=picture, by=kartika, at=MONDAY).data)).convert("L")
    # Black under the watermark; white paper would be far above.
    assert shown.crop((0, 34, 238, 78)).getextrema()[1] < 110


def test_words_under_a_box_are_kept_from_kesbangpol_everywhere(case, picture, masked, sari, kartika):
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    assert [line["text"] for line in shown_lines(picture, masked)] == [LINES[0][0], LINES[2][0]]
    assert "0812" not in shown_text(picture, masked)
    read = {person: _read_by(case, person) for person in (sari, kartika)}
    assert "0812" in read[sari]
    assert "0812" not in read[kartika]
    assert "Mari dukung" in read[kartika]


def _read_by(case, person):
    sheets = [sheet for report in dossier(case, by=person, at=MONDAY).reports for sheet in report.pictures]
    return "".join(part.text for sheet in sheets for part in sheet.text.segments)


def test_a_line_nobody_knows_the_place_of_is_hidden_with_any_mask(picture, masked):
    picture.lines = [{"text": "0812", "box": [], "confidence": 1}, {"text": "aman", "box": [0, 0, 9, 9]}]
    assert [line["text"] for line in shown_lines(picture, masked)] == ["aman"]


def test_lines_that_give_somebody_away_are_suggested(picture):
    lines = maskable_lines(picture)
    assert [line.why for line in lines] == ["", "nomor telepon", "nama akun"]
    left, top, right, bottom = LINES[PHONE][1]
    assert lines[PHONE].box == (left - 3, top - 3, right + 3, bottom + 3)


@pytest.mark.parametrize("boxes", [[], [(5, 5, 5, 5)], [(WIDTH, 0, WIDTH + 50, 9)], [(-9, -9, 0, 0)]])
def test_boxes_that_hide_nothing_are_refused_with_the_size_of_the_picture(picture, sari, boxes):
    with pytest.raises(FactsRefused, match=f"{WIDTH} × {HEIGHT}"):
        mask_picture(evidence=picture, boxes=boxes, by=sari, at=MONDAY)
    assert not MaskedCopy.objects.exists()


def test_only_bawaslu_of_the_region_masks(case, picture, sari, wayan, kartika, aminah):
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    for person, refusal in [(wayan, NotVisible), (kartika, ActionRefused), (aminah, ActionRefused)]:
        with pytest.raises(refusal):
            mask_picture(evidence=picture, boxes=[BOX], by=person, at=MONDAY)
    assert not MaskedCopy.objects.exists()


def test_without_a_clean_copy_nothing_is_masked(case, picture, sari, settings):
    waiting = make_evidence(case.case_reports.get().report, state="waiting")
    (settings.CLEAN_ROOT / picture.clean_name).unlink()
    for evidence in (waiting, picture):
        with pytest.raises(ActionRefused):
            mask_picture(evidence=evidence, boxes=[BOX], by=sari, at=MONDAY)
    assert not MaskedCopy.objects.exists()
