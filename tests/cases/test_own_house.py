"""The accused's own house sees no picture, and no word of one, before somebody looked at it for its eyes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cases.dossier import dossier
from cases.evidence_access import small_copy, watermarked_copy
from cases.masking import confirm_nothing_to_hide, mask_picture
from cases.models import Case, Respondent
from cases.notes import add_note, propose
from cases.refusals import ActionRefused
from cases.sharing import share_with_kesbangpol
from cases.verification import verify_for
from tests.case_factories import MONDAY, make_case
from tests.picture_factories import make_picture

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BOX = (0, 45, 240, 75)


@pytest.fixture
def build(sari, budi):
    def build(employer):
        case = make_case(by=sari, second=budi, employer=employer)
        picture = make_picture(case)
        share_with_kesbangpol(case=case, by=sari, at=MONDAY)
        return Case.objects.get(pk=case.pk), picture

    return build


def reads(case, person):
    sheets = [sheet for report in dossier(case, by=person, at=MONDAY).reports for sheet in report.pictures]
    return "".join(part.text for sheet in sheets for part in sheet.text.segments)


def sees(picture, person):
    try:
        small_copy(evidence=picture, by=person)
        return bool(watermarked_copy(evidence=picture, by=person, at=MONDAY).data)
    except ActionRefused:
        return False


# Employer -> does Kesbangpol of Kota Semarang wait for somebody to look at the picture?
WAITS = [("33.74", True), ("", True), ("pusat", False), ("33.72", False), ("33", False)]


@pytest.mark.parametrize(("employer", "waits"), WAITS)
def test_sharing_a_case_is_no_look_at_its_pictures(employer, waits, build, kartika, sari, aminah):
    case, picture = build(employer)
    assert sees(picture, kartika) is not waits
    assert ("Mari dukung" in reads(case, kartika)) is not waits
    assert bool(verify_for(picture.clean_sha256, by=kartika, at=MONDAY)) is not waits
    for person in (sari, aminah):
        assert sees(picture, person)
        assert "Mari dukung" in reads(case, person)


def test_a_masked_copy_or_the_word_of_the_team_shows_it(build, kartika, sari):
    case, picture = build("33.74")
    mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY)
    assert sees(picture, kartika)
    assert "Mari dukung" in reads(case, kartika)
    assert "0812" not in reads(case, kartika)
    other_case, other = build("33.74")
    confirm_nothing_to_hide(evidence=other, by=sari, at=MONDAY)
    assert sees(other, kartika)
    assert "0812" in reads(other_case, kartika)


def test_the_page_says_what_it_waits_for(build, kartika):
    case, picture = build("33.74")
    browser = Client()
    browser.force_login(kartika)
    page = browser.get(reverse("cases:evidence", args=[case.pk, picture.pk])).content.decode()
    assert "Belum diperiksa untuk kantor Anda" in page
    assert "Mari dukung" not in page
    assert picture.clean_sha256 not in page
    for name in ("evidence-image", "evidence-thumbnail"):
        assert browser.get(reverse(f"cases:{name}", args=[case.pk, picture.pk])).status_code == 404


BEFORE, AFTER = "Mungkin tetangganya yang melapor.", "Terlapor sudah dipanggil."


def notes_read(case, person):
    told = dossier(Case.objects.get(pk=case.pk), by=person, at=MONDAY)
    return [note.text for note in (*told.notes, *told.proposals)]


@pytest.mark.parametrize(("employer", "is_withheld"), WAITS)
def test_the_accuseds_house_reads_no_note_from_before_it_was_let_in(employer, is_withheld, sari, budi, kartika, aminah):
    case = make_case(by=sari, second=budi, employer=employer)
    add_note(case=case, text=BEFORE, by=sari, at=MONDAY)
    case = share_with_kesbangpol(case=case, by=sari, at=MONDAY + HOUR)
    add_note(case=case, text=AFTER, by=sari, at=MONDAY + 2 * HOUR)
    assert notes_read(case, kartika) == ([AFTER] if is_withheld else [BEFORE, AFTER])
    for person in (sari, budi, aminah):
        assert notes_read(case, person) == [BEFORE, AFTER]


def test_what_an_office_wrote_itself_it_still_reads_once_the_accused_turns_out_to_be_of_its_house(sari, budi, kartika):
    case = make_case(by=sari, second=budi)
    add_note(case=case, text="Catatan Kesbangpol.", by=kartika, at=MONDAY)
    propose(case=case, text="Usul.", by=kartika, at=MONDAY)
    add_note(case=case, text=BEFORE, by=sari, at=MONDAY)
    Respondent.objects.filter(pk=case.respondent_id).update(employer_code="33.74")
    case = share_with_kesbangpol(case=Case.objects.get(pk=case.pk), by=sari, at=MONDAY + HOUR)
    assert notes_read(case, kartika) == ["Catatan Kesbangpol.", "Usul."]


def test_the_pages_say_who_reads_a_note(sari, budi):
    case, browser = make_case(by=sari, second=budi, employer="33.74"), Client()
    browser.force_login(sari)
    assert "sesudah kasus dibagikan" in browser.get(reverse("cases:write-note", args=[case.pk])).content.decode()
    page = browser.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "catatan yang sudah ditulis tidak ikut dibagikan" in page
