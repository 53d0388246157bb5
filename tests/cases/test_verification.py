"""Comparing a file with what was received; nothing is told of pictures the person may not see."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEvent
from cases.custody import custody
from cases.documents import Pact, prepare_waiting_pages, record_pact
from cases.masking import mask_picture
from cases.models import DocumentPage
from cases.sharing import share_with_kesbangpol
from cases.verification import is_of_report, verify_anywhere, verify_for
from reports import drafts
from reports.models import Evidence, HeldImage
from reports.originals import Picture, open_original, sealed_models
from tests.case_factories import MONDAY, make_case
from tests.factories import new_draft, png
from tests.picture_factories import make_picture, screenshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


@pytest.fixture
def picture(case):
    return make_picture(case, data=screenshot())


@pytest.fixture
def masked(picture, sari):
    return mask_picture(evidence=picture, boxes=[(0, 0, 99, 99)], by=sari, at=MONDAY)


def kinds(digest, person):
    return [match.kind for match in verify_for(digest, by=person, at=MONDAY)]


def test_original_clean_and_masked_copy_are_told_apart(picture, masked, sari, case):
    digests = [picture.sha256, picture.clean_sha256, masked.sha256]
    assert [kinds(digest, sari) for digest in digests] == [["original"], ["clean"], ["masked"]]
    match = verify_for(picture.sha256, by=sari, at=MONDAY)[0]
    assert (match.case, match.image) == (case, picture)
    assert match.custody[0].name == "evidence.received"


def test_the_same_picture_of_two_reports_is_found_twice(case, picture, sari, budi):
    other = make_case(by=sari, second=budi, employer="33.74", at=MONDAY.replace(hour=10))
    make_picture(other, data=screenshot())
    assert {match.case for match in verify_for(picture.sha256, by=sari, at=MONDAY)} == {case, other}


def test_nothing_is_told_of_cases_the_person_may_not_see(picture, wayan, kartika, dewi):
    for person in (wayan, kartika, dewi):
        assert kinds(picture.sha256, person) == []
    assert not AuditEvent.objects.filter(action="bukti_dicocokkan").exists()


def test_kesbangpol_learns_of_the_copy_it_is_shown_alone(case, picture, masked, sari, kartika):
    """With the original's hash the accused's house could find out whose phone a report came from."""
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    assert [kinds(digest, kartika) for digest in (picture.sha256, picture.clean_sha256)] == [[], []]
    assert kinds(masked.sha256, kartika) == ["masked"]


def test_each_find_is_on_record(picture, sari, case):
    kinds(picture.sha256, sari)
    event = AuditEvent.objects.about(picture.pk).get(action="bukti_dicocokkan")
    assert (event.actor, event.details) == (sari, {"case": str(case.pk), "copy": "original"})


def test_a_reporter_compares_with_the_own_report_alone(picture, case, sari, budi):
    other = make_case(by=sari, second=budi).case_reports.get().report
    assert is_of_report(picture.sha256, picture.report)
    assert not is_of_report(picture.sha256, other)
    assert not is_of_report(picture.clean_sha256, picture.report)


def test_the_command_says_of_each_file_what_it_is(picture, case, tmp_path, capsys):
    known, unknown = tmp_path / "known.png", tmp_path / "unknown.png"
    known.write_bytes(screenshot())
    unknown.write_bytes(b"x")
    call_command("verify_file", str(known))
    assert f"berkas asli seperti diterima, diterima 14-10-2024, {case.reference}" in capsys.readouterr().out
    with pytest.raises(CommandError, match="dari 2 berkas: 1 tidak dikenal, 0 tidak terbaca"):
        call_command("verify_file", str(known), str(unknown))
    assert sha256(b"x").hexdigest() in capsys.readouterr().out


def test_the_command_names_a_file_it_cannot_read_and_goes_on(picture, tmp_path, capsys):
    known, missing = tmp_path / "known.png", tmp_path / "none.png"
    known.write_bytes(screenshot())
    with pytest.raises(CommandError, match="dari 3 berkas: 0 tidak dikenal, 2 tidak terbaca"):
        call_command("verify_file", str(missing), str(tmp_path), str(known))
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"{missing}: No such file or directory", f"{tmp_path}: Is a directory"]
    assert "berkas asli seperti diterima" in said.out


def evidence_of(case, by):
    return make_picture(case, data=screenshot()), case


def page_of(case, by):
    """A page of a pact, and as the worker leaves it."""
    pact = Pact(signed_date=MONDAY.date(), witness="Sekretaris BKPSDM", pages=[Picture.of(png())])
    page = record_pact(case=case, pact=pact, by=by, at=MONDAY).pages.get()
    prepare_waiting_pages(at=MONDAY)
    page.refresh_from_db()
    return page, case


def held_image(case, by):
    return drafts.hold_one(draft=new_draft(), picture=Picture.of(png()), at=MONDAY), None


# A table of pictures without a line here fails below. True: the page tells of it too; nothing of forms not sent yet.
STORED = {Evidence: (evidence_of, True), DocumentPage: (page_of, True), HeldImage: (held_image, False)}


@pytest.mark.parametrize("model", sealed_models(), ids=lambda model: model.__name__)
def test_every_table_of_pictures_is_compared(model, case, sari):
    make, is_on_page = STORED[model]
    image, where = make(case, sari)
    digests = {"original": image.sha256, "clean": getattr(image, "clean_sha256", "")}
    for kind, digest in digests.items():
        if digest:
            assert [(found.kind, found.image, found.case) for found in verify_anywhere(digest)] == [
                (kind, image, where)
            ]
            assert kinds(digest, sari) == ([kind] if is_on_page else [])


def test_the_page_names_the_paper_a_file_is_a_page_of(case, sari, client):
    page, _ = page_of(case, sari)
    original = open_original(page)
    file = SimpleUploadedFile("pakta.png", original, "image/png")
    client.force_login(sari)
    text = client.post(reverse("cases:verify-file"), {"file": file}).content.decode()
    assert f"{case.reference}, Pakta integritas, halaman 1" in text
    event = AuditEvent.objects.about(page.pk).get(action="bukti_dicocokkan")
    assert (event.actor, event.details) == (sari, {"case": str(case.pk), "copy": "original"})


def test_nothing_is_told_of_papers_outside_the_own_cases(case, sari, wayan, kartika):
    page, _ = page_of(case, sari)
    assert kinds(page.sha256, wayan) == kinds(page.sha256, kartika) == []


def test_kesbangpol_learns_of_the_page_it_is_shown_alone(case, picture, masked, sari, kartika):
    page, _ = page_of(case, sari)
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    assert [kinds(digest, kartika) for digest in (page.sha256, page.clean_sha256)] == [[], ["clean"]]


def test_custody_names_every_link_from_the_intake_on(picture, masked, sari):
    kinds(picture.sha256, sari)
    assert [step.name for step in custody(picture, by=sari)] == [
        "evidence.received",
        "evidence.sealed",
        "evidence.prepared",
        "bukti_disamarkan",
        "bukti_dicocokkan",
    ]
    received = custody(picture, by=sari)[0]
    assert (received.who, received.day_only) == ("", False)
    assert ("SHA-256", picture.sha256) in received.lines


def test_outside_the_team_custody_tells_days_and_no_hash(picture, masked, kartika):
    steps = custody(picture, by=kartika)
    assert [step.day_only for step in steps] == [True, True, True, False]
    assert not any(step.lines for step in steps)
