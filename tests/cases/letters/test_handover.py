"""What becomes of letters when their case goes to another office."""

import pytest

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.actions import Action
from cases.letters.kinds import LetterKind
from cases.letters.panel import letter_panel
from cases.letters.writing import draft_letter, issue_letter, sign_off, signing_refusal
from cases.models import Case, Letter
from cases.refusals import ActionRefused
from cases.status import Status
from reports.models import Lane
from tests.case_factories import MONDAY, hand_over, make_case, other_region, receiver_in, step
from tests.conftest import make_user
from tests.hearing_factories import summon_witness

pytestmark = pytest.mark.django_db
STUDY = {"formal": "Lengkap.", "material": "Ada.", "conclusion": "Diregistrasi."}


@pytest.fixture
def case(sari, budi):
    """Reported by name, so that taking it up drafted a receipt."""
    sealed = {"lane": Lane.LAPORAN, "identity_key": b"k", "identity_box": b"b"}
    return make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, **sealed)


def letters_of(case) -> list[Letter]:
    return list(Letter.objects.filter(case=case).order_by("pk"))


def test_drafts_of_the_giver_are_withdrawn_with_a_reason_and_their_numbers_stay_taken(case, sari):
    summon_witness(case, "Siti", sari)
    draft_letter(case=case, kind=LetterKind.KAJIAN_AWAL, extra=STUDY, by=sari, at=MONDAY)
    moved = hand_over(case, other_region(), by=sari)
    receipt, invitation, study = letters_of(case)
    assert [receipt.number, invitation.number, study.number] == [
        "001/TT/BWS.33.74/X/2024",
        "001/UND.KET/BWS.33.74/X/2024",
        "",
    ]
    for letter in (receipt, invitation, study):
        assert (letter.withdrawn_by, letter.withdrawn_at) == (receiver_in("33.72"), MONDAY)
        assert letter.withdrawal_reason == "Kasus ini kini ditangani kantor lain, yang menyusun suratnya sendiri."
        with pytest.raises(ActionRefused, match="sudah ditarik"):
            sign_off(letter=letter, by=receiver_in("33.72"), at=MONDAY)
    told = AuditEvent.objects.about(case.pk).filter(action="surat_ditarik")
    assert [event.details["letter"] for event in told.order_by("id")] == [receipt.pk, invitation.pk, study.pk]
    assert not any(row.may_sign for row in letter_panel(moved, receiver_in("33.72")).rows)


def test_what_the_giver_signed_stays_as_it_is(case, sari):
    signed = issue_letter(case=case, kind=LetterKind.KAJIAN_AWAL, extra=STUDY, by=sari, at=MONDAY)
    hand_over(case, other_region(), by=sari)
    signed.refresh_from_db()
    assert (signed.withdrawn_at, signed.is_draft) == (None, False)


def test_the_receiver_writes_to_the_reporter_in_its_own_name(case, sari):
    moved = hand_over(case, other_region(), by=sari)
    step(moved, Action.MULAI_KAJIAN_AWAL, by=receiver_in("33.72"))
    _old, new = letters_of(case)
    assert (new.office_code, new.number) == ("BWS.33.72", "001/TT/BWS.33.72/X/2024")
    assert sign_off(letter=new, by=receiver_in("33.72"), at=MONDAY).pdf_sha256


# Whose draft Semarang's is to sign: office of the signer, may
SIGNERS = [
    (Role.REVIEWER_BAWASLU, "33.74", True),
    (Role.REVIEWER_BAWASLU, "33", True),
    (Role.REVIEWER_BAWASLU, "", True),
    (Role.REVIEWER_BAWASLU, "33.72", False),
    (Role.REVIEWER_BAWASLU, "51", False),
    (Role.REVIEWER_KESBANGPOL, "33.74", False),
]


@pytest.mark.parametrize(("role", "region_code", "may"), SIGNERS)
def test_nobody_signs_with_the_head_of_another_office(role, region_code, may, case, sari):
    hearing = summon_witness(case, "Siti", sari, host="kesbangpol")
    signer = make_user("penanda", role, region_code, "Kantor")
    refused = signing_refusal(hearing.letters.get(), signer)
    assert (refused is None) is may
    assert may or "kop dan nomor kantor lain" in refused


def test_the_lock_holds_also_where_the_case_changed_hands_past_the_step(case, sari):
    letter = draft_letter(case=case, kind=LetterKind.KAJIAN_AWAL, extra=STUDY, by=sari, at=MONDAY)
    Case.objects.filter(pk=case.pk).update(region="33.72")
    letter.refresh_from_db()
    with pytest.raises(ActionRefused, match="kantor lain"):
        sign_off(letter=letter, by=receiver_in("33.72"), at=MONDAY)
