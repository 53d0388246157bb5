"""Drafts, signatures and the numbers that come with them."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import AuditEvent
from accounts.roles import Permission
from cases.letters.contents import NothingToWrite
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import draft_letter, issue_letter, letter_pdf, read_letter, sign_off, withdraw_letter
from cases.models import Letter, LetterCounter
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.status import Status
from tests.case_factories import MONDAY, make_case
from tests.cases.letters.specimens import ADDITIONS, drafted, signed

pytestmark = pytest.mark.django_db
STUDY = LetterKind.KAJIAN_AWAL
WORDS = ADDITIONS[STUDY]


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)


def test_a_draft_has_no_number_and_takes_none(sari, budi):
    letter = drafted(STUDY, by=sari, second=budi)
    assert (letter.number, letter.sequence, letter.letter_date, letter.pdf) == ("", None, None, None)
    assert letter_pdf(letter).startswith(b"%PDF")
    assert not LetterCounter.objects.exists()


def test_signing_gives_the_number_the_final_bytes_and_their_digest(sari, budi):
    letter = Letter.objects.get(pk=signed(STUDY, by=sari, second=budi).pk)
    assert (letter.number, letter.letter_date) == ("001/KA/BWS.33.74/X/2024", MONDAY.date())
    assert (letter.signed_off_by, letter.signed_off_at) == (budi, MONDAY)
    assert hashlib.sha256(letter_pdf(letter)).hexdigest() == letter.pdf_sha256


def test_a_letter_is_signed_once(case, sari, budi):
    letter = issue_letter(case=case, kind=STUDY, extra=WORDS, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="sudah ditandatangani"):
        sign_off(letter=letter, by=budi, at=MONDAY)
    assert LetterCounter.objects.get().last == 1


def test_a_weighty_letter_takes_two_people(sari, budi):
    letter = drafted(LetterKind.KAJIAN, by=sari, second=budi)
    taken = LetterCounter.objects.count()
    with pytest.raises(ActionRefused, match="orang lain"):
        sign_off(letter=letter, by=sari, at=MONDAY)
    assert LetterCounter.objects.count() == taken
    assert sign_off(letter=letter, by=budi, at=MONDAY).sequence == 1


def test_the_database_too_wants_two_people(sari, budi):
    letter = signed(LetterKind.KAJIAN, by=sari, second=budi)
    row = {field: getattr(letter, field) for field in ("case", "kind", "office_code", "data", "template", "layout")}
    signature = {
        "number": "9",
        "year": 2024,
        "sequence": 9,
        "letter_date": MONDAY.date(),
        "pdf": b"x",
        "pdf_sha256": "a" * 64,
    }
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Letter.objects.create(
            **row, **signature, drafted_by=sari, drafted_at=MONDAY, signed_off_by=sari, signed_off_at=MONDAY
        )


@pytest.mark.parametrize("change", [{"number": "2"}, {"data": {}}, {"pdf": b"other"}, {"signed_off_at": None}])
def test_the_database_refuses_to_change_a_signed_letter(change, sari, budi):
    letter = signed(STUDY, by=sari, second=budi)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)


def test_a_withdrawn_letter_keeps_number_and_bytes(sari, budi):
    letter = signed(STUDY, by=sari, second=budi)
    withdrawn = withdraw_letter(letter=letter, reason="Salah wilayah.", by=sari, at=MONDAY)
    assert (withdrawn.number, letter_pdf(withdrawn)) == (letter.number, letter_pdf(letter))
    assert withdrawn.withdrawal_reason == "Salah wilayah."
    with pytest.raises(ActionRefused, match="sudah ditarik"):
        withdraw_letter(letter=letter, reason="Lagi.", by=sari, at=MONDAY)


def test_a_letter_is_not_withdrawn_without_a_reason(sari, budi):
    letter = signed(STUDY, by=sari, second=budi)
    with pytest.raises(FactsRefused):
        withdraw_letter(letter=letter, reason=" ", by=sari, at=MONDAY)


def test_a_draft_that_was_withdrawn_is_not_signed(sari, budi):
    letter = drafted(STUDY, by=sari, second=budi)
    withdraw_letter(letter=letter, reason="Keliru.", by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="ditarik"):
        sign_off(letter=letter, by=budi, at=MONDAY)


def test_numbers_start_again_each_year_and_for_each_kind(sari, budi):
    numbers = [
        signed(kind, by=sari, second=budi, at=at).number
        for kind, at in [
            (STUDY, MONDAY),
            (STUDY, MONDAY + timedelta(days=20)),
            (LetterKind.TANDA_TERIMA, MONDAY),
            (STUDY, MONDAY + timedelta(days=100)),
        ]
    ]
    assert numbers == [
        "001/KA/BWS.33.74/X/2024",
        "002/KA/BWS.33.74/XI/2024",
        "001/TT/BWS.33.74/X/2024",
        "001/KA/BWS.33.74/I/2025",
    ]


def test_the_day_is_the_day_of_the_place(sari, budi):
    """Half past eleven at night in Semarang on New Year's Eve is still this year there."""
    eve = MONDAY.replace(month=12, day=31, hour=23, minute=30)
    assert signed(STUDY, by=sari, second=budi, at=eve).number.endswith("/XII/2024")


def test_kesbangpol_writes_no_letter_of_bawaslu(case, kartika):
    for kind in LetterKind:
        if RULES[kind].permission != Permission.CLARIFY:
            with pytest.raises(ActionRefused, match="tidak berwenang"):
                draft_letter(case=case, kind=kind, extra={}, by=kartika, at=MONDAY)


def test_a_stranger_writes_and_signs_nothing(case, sari, wayan):
    with pytest.raises(NotVisible):
        draft_letter(case=case, kind=STUDY, extra=WORDS, by=wayan, at=MONDAY)
    letter = draft_letter(case=case, kind=STUDY, extra=WORDS, by=sari, at=MONDAY)
    with pytest.raises(NotVisible):
        sign_off(letter=letter, by=wayan, at=MONDAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"formal": " "}, "formal"), ({"material": "x" * 8_001}, "material"), ({"colour": "red"}, "colour")],
)
def test_what_the_writer_adds_is_checked(changes, field, case, sari):
    with pytest.raises(FactsRefused) as refused:
        draft_letter(case=case, kind=STUDY, extra=WORDS | changes, by=sari, at=MONDAY)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (LetterKind.UNDANGAN_KLARIFIKASI, "jadwal klarifikasi"),
        (LetterKind.BERITA_ACARA_KLARIFIKASI, "jadwal klarifikasi"),
        (LetterKind.SURAT_REKOMENDASI, "Susun rekomendasi"),
    ],
)
def test_a_letter_about_nothing_is_refused_and_says_what_to_do(kind, words, sari, budi):
    case = make_case(by=sari, second=budi)
    with pytest.raises(NothingToWrite, match=words):
        draft_letter(case=case, kind=kind, extra=ADDITIONS.get(kind, {}), by=sari, at=MONDAY)


def test_issuing_leaves_nothing_where_the_signature_is_refused(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    with pytest.raises(ActionRefused):
        issue_letter(case=case, kind=LetterKind.KAJIAN, extra=ADDITIONS[LetterKind.KAJIAN], by=sari, at=MONDAY)
    assert not case.letters.filter(kind=LetterKind.KAJIAN).exists()


def test_every_step_and_every_look_is_on_record(sari, budi):
    letter = signed(STUDY, by=sari, second=budi)
    read_letter(letter=letter, by=budi, at=MONDAY)
    withdraw_letter(letter=letter, reason="Keliru.", by=sari, at=MONDAY)
    events = AuditEvent.objects.about(letter.case_id).filter(action__startswith="surat_").oldest_first()
    assert [(event.action, event.actor) for event in events] == [
        ("surat_disusun", sari),
        ("surat_ditandatangani", budi),
        ("surat_dilihat", budi),
        ("surat_ditarik", sari),
    ]
    assert events[1].details["sha256"] == letter.pdf_sha256
