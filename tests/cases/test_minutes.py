"""The minutes of a hearing: who, what was asked and answered, read back, signed, closed."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from cases.minutes import MOST_QUESTIONS, Minutes, Participant, Question, write_minutes
from cases.models import HearingParticipant
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.status import Status
from tests.case_factories import MONDAY, make_case
from tests.hearing_factories import planted_request

TODAY = MONDAY.date()
PEOPLE = [
    Participant("Bambang", HearingParticipant.Role.RESPONDENT),
    Participant("Sari", HearingParticipant.Role.OFFICER),
]
SAID = [Question("Apakah Saudara memasang poster itu?", "Tidak."), Question("Siapa yang memasang?", "Saya tidak tahu.")]


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def hearing(case):
    return case.clarifications.get()


def minutes(**changes) -> Minutes:
    return Minutes(**({"participants": PEOPLE, "questions": SAID, "was_read_back": False} | changes))


def write(hearing, by, **changes):
    return write_minutes(clarification=hearing, minutes=minutes(**changes), by=by, at=MONDAY)


def test_the_minutes_keep_people_and_questions_in_order(hearing, sari):
    write(hearing, sari)
    assert [(row.name, row.role) for row in hearing.participants.order_by("position")] == [
        ("Bambang", "terlapor"),
        ("Sari", "petugas"),
    ]
    assert [row.answer for row in hearing.questions.order_by("position")] == ["Tidak.", "Saya tidak tahu."]
    event = AuditEvent.objects.about(hearing.case_id).last()
    assert (event.action, event.details["questions"]) == ("berita_acara_ditulis", 2)
    assert "poster" not in str(event.told)


def test_they_are_written_anew_until_they_are_signed(hearing, sari):
    write(hearing, sari)
    write(hearing, sari, questions=SAID[:1], was_read_back=True, signed_date=TODAY)
    assert hearing.questions.count() == 1
    with pytest.raises(ActionRefused, match="tidak dapat diubah lagi"):
        write(hearing, sari)
    assert hearing.questions.count() == 1
    assert AuditEvent.objects.about(hearing.case_id).last().action == "berita_acara_ditandatangani"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed_date": TODAY}, "was_read_back"),
        ({"signed_date": TODAY, "was_read_back": True, "participants": []}, "signed_date"),
        ({"signed_date": TODAY + timedelta(days=1), "was_read_back": True}, "signed_date"),
        ({"held_date": TODAY, "attended": True}, "held_date"),
        ({"questions": [Question("Apa?", " ")]}, "questions"),
        ({"questions": [Question("Apa?", "Itu.")] * (MOST_QUESTIONS + 1)}, "questions"),
        ({"questions": [Question("Lurah membagikan poster calon wali kota di grup?", "Tidak.")]}, "questions"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(changes, field, hearing, sari):
    with pytest.raises(FactsRefused) as refused:
        write(hearing, sari, **changes)
    assert field in refused.value.problems
    assert not hearing.participants.exists()


def test_a_witness_is_recorded_as_heard_with_the_minutes(case, sari):
    heard = planted_request(case, "Saksi", sari).clarification
    row = write(heard, sari, held_date=TODAY, attended=True)
    assert (row.held_date, row.attended, row.recorded_by) == (TODAY, True, sari)
    case.refresh_from_db()
    assert case.status == Status.KLARIFIKASI


def test_nobody_else_writes_them(hearing, wayan, aminah):
    with pytest.raises(NotVisible):
        write(hearing, wayan)
    with pytest.raises(ActionRefused):
        write(hearing, aminah)
