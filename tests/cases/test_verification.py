"""Comparing a file with what was received; nothing is told of pictures the person may not see."""

from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from cases.custody import custody
from cases.masking import mask_picture
from cases.sharing import share_with_kesbangpol
from cases.verification import is_of_report, verify_for
from tests.case_factories import MONDAY, make_case
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
    assert (match.case, match.evidence) == (case, picture)
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
    with pytest.raises(CommandError, match="1 dari 2 berkas tidak dikenal"):
        call_command("verify_file", str(known), str(unknown))
    assert sha256(b"x").hexdigest() in capsys.readouterr().out
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_file", str(tmp_path / "none"))


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
