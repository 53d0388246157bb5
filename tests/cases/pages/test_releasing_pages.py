"""Choosing what the accused is shown, and what the accused then finds, over HTTP."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEvent
from cases.masking import confirm_nothing_to_hide, mask_picture
from cases.models import MaskedCopy, Release
from cases.releases import release_copy, withdraw_release
from cases.respondent_access import issue_code, revoke_code
from cases.status import Status
from evidence.images import assert_clean
from tests.case_factories import MONDAY, make_case
from tests.clarification_factories import allege
from tests.picture_factories import make_picture

PAGE = "/jawab/undangan/"
BOX = (0, 45, 240, 75)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def picture(case):
    return make_picture(case)


@pytest.fixture
def masked(picture, sari):
    return mask_picture(evidence=picture, boxes=[BOX], by=sari, at=MONDAY)


@pytest.fixture
def officer(sari):
    browser = Client()
    browser.force_login(sari)
    return browser


@pytest.fixture
def respondent(case, sari):
    allege(case, by=sari)
    browser = Client()
    browser.post("/jawab/", {"code": issue_code(case=case, by=sari, at=MONDAY)})
    return browser


def words(answer) -> str:
    return answer.content.decode()


def path(case, picture):
    return reverse("cases:release-copy", args=[case.pk, picture.pk])


def show(copy, by):
    return release_copy(evidence=copy.evidence, seen_sha256=copy.sha256, by=by, at=MONDAY)


def addresses(shown):
    return [reverse(f"cases:respondent-{name}", args=[shown.pk]) for name in ("evidence", "thumbnail")]


def test_an_unchecked_picture_offers_masking_or_saying_that_none_is_needed(case, picture, officer):
    page = words(officer.get(path(case, picture)))
    assert "belum diperiksa" in page
    assert reverse("cases:clear-copy", args=[case.pk, picture.pk]) in page
    assert 'name="is_checked"' not in page
    assert "nomor telepon" in page, "lines that give somebody away are pointed out"


def test_from_saying_that_none_is_needed_to_the_accuseds_page(case, picture, officer, respondent):
    answer = officer.post(reverse("cases:clear-copy", args=[case.pk, picture.pk]), follow=True)
    assert 'name="is_checked"' in words(answer)
    seen = {"seen": picture.clean_sha256}
    assert officer.post(path(case, picture), seen).status_code == 422, "nobody said they looked"
    answer = officer.post(path(case, picture), seen | {"is_checked": "on"}, follow=True)
    assert "terlihat sebagai bukti 1" in words(answer)
    assert "Buka bukti 1" in words(respondent.get(PAGE))


def test_who_looked_at_an_older_copy_is_shown_the_newer_one(case, picture, masked, officer, sari):
    boxes, seen, at = [(0, 0, 300, 30)], masked.sha256, MONDAY.replace(hour=10)
    newer = mask_picture(evidence=picture, boxes=boxes, seen_sha256=seen, by=sari, at=at)
    answer = officer.post(path(case, picture), {"seen": masked.sha256, "is_checked": "on"})
    assert (answer.status_code, Release.objects.count()) == (409, 0)
    assert "berganti" in words(answer)
    assert newer.sha256 in words(answer)
    assert masked.sha256 not in words(answer)


def test_saying_that_none_is_needed_from_an_old_page_shows_the_mask_made_meanwhile(case, picture, officer, budi):
    page = words(officer.get(path(case, picture)))
    assert '<input type="hidden" name="seen" value="">' in page
    masked = mask_picture(evidence=picture, boxes=[BOX], by=budi, at=MONDAY)
    answer = officer.post(reverse("cases:clear-copy", args=[case.pk, picture.pk]), {"seen": ""}, follow=True)
    assert "berganti" in words(answer)
    assert f"Disamarkan oleh {budi}" in words(answer)
    assert MaskedCopy.objects.get() == masked


def test_withdrawing_takes_it_from_the_page_at_once(case, masked, officer, respondent, sari):
    shown = show(masked, sari)
    assert respondent.get(addresses(shown)[0]).status_code == 200
    officer.post(reverse("cases:withdraw-copy", args=[case.pk, shown.pk]))
    assert "Buka bukti" not in words(respondent.get(PAGE))
    assert {respondent.get(address).status_code for address in addresses(shown)} == {404}


def test_the_file_is_a_marked_masked_picture_with_a_name_that_tells_nothing(masked, respondent, picture, sari):
    shown = show(masked, sari)
    full, small = (respondent.get(address) for address in addresses(shown))
    for answer in (full, small):
        assert answer.headers["Content-Disposition"] == 'inline; filename="bukti.jpg"'
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "no-store"
        assert_clean(answer.content)
        assert not Image.open(io.BytesIO(answer.content)).getexif()
    assert Image.open(io.BytesIO(full.content)).convert("L").crop((0, 34, 238, 78)).getextrema()[1] < 110
    page = words(respondent.get(PAGE))
    told = [picture.sha256, picture.clean_sha256, masked.sha256, str(picture.pk), str(masked.pk), picture.clean_name]
    assert [word for word in told if word in page + str(full.headers)] == []


def test_a_look_is_on_record_and_the_list_is_no_look(masked, respondent, sari):
    shown = show(masked, sari)
    looks = AuditEvent.objects.filter(action="bukti_dilihat_terlapor")
    respondent.get(PAGE)
    respondent.get(addresses(shown)[1])
    assert not looks.exists()
    respondent.get(addresses(shown)[0])
    assert looks.get().actor is None


def test_the_pictures_open_with_this_cases_code_alone(case, masked, respondent, sari, budi):
    shown = show(masked, sari)
    other = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    allege(other, by=sari)
    stranger = Client()
    stranger.post("/jawab/", {"code": issue_code(case=other, by=sari, at=MONDAY)})
    for address in addresses(shown):
        assert stranger.get(address).status_code == 404
        assert Client().get(address).url == "/jawab/"
        assert respondent.post(address).status_code == 405
    revoke_code(case=case, by=sari, at=MONDAY)
    assert {respondent.get(address).status_code for address in addresses(shown)} == {302}


def test_unreleased_copies_have_no_address(picture, masked, respondent, sari):
    cleared = confirm_nothing_to_hide(evidence=make_picture(picture.report.case_link.case), by=sari, at=MONDAY)
    gone = show(masked, sari)
    withdraw_release(release=gone, by=sari, at=MONDAY)
    for identifier in (picture.pk, masked.pk, cleared.pk, gone.pk):
        for name in ("evidence", "thumbnail"):
            address = reverse(f"cases:respondent-{name}", args=[identifier])
            assert respondent.get(address).status_code == 404, (name, identifier)


def test_the_page_says_rights_and_what_comes_next(respondent):
    page = words(respondent.get(PAGE))
    for said in ("Hak Anda", "Mengirim bukti Anda sendiri", "tanggal lain", "Pejabat Pembina Kepegawaian", "BPASN"):
        assert said in page
    assert "Badan Kepegawaian Negara" in page, "the body in force in October 2024"
    assert "Belum ada gambar yang dapat diperlihatkan" in page


def test_a_rule_is_told_in_plain_words_with_its_articles(respondent, case, sari):
    from_catalogue = "Sesudah penetapan calon, ASN tidak boleh memasang"
    assert from_catalogue not in words(respondent.get(PAGE))
    case.assessments.create(rule_code="SKB2-II-B-1", verdict="added", reason="Jelas.", by=sari, at=MONDAY)
    page = words(respondent.get(PAGE))
    assert from_catalogue in page
    assert "PP 94/2021" in page
    assert "hukuman disiplin" not in page, "a table's maximum is no forecast"


def test_kesbangpol_reads_what_the_accused_is_shown_and_chooses_nothing(case, picture, masked, kartika, sari):
    browser = Client()
    browser.force_login(kartika)
    room = reverse("cases:clarification", args=[case.pk])
    assert "terlihat sebagai" not in words(browser.get(room))
    show(masked, sari)
    page = words(browser.get(room))
    assert "terlihat sebagai bukti 1" in page
    assert reverse("cases:release-copy", args=[case.pk, picture.pk]) not in page
    assert browser.get(path(case, picture)).status_code == 403
