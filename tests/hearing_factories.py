"""Witnesses heard by Bawaslu, with planted words in every text."""

from datetime import time

from cases.letters.writing import withdraw_letter
from cases.minutes import Minutes, Participant, Question, write_minutes
from cases.models import (
    Case,
    Clarification,
    ClarificationHost,
    ClarificationMethod,
    HeardRole,
    HearingParticipant,
    Letter,
    ScheduleRequest,
)
from cases.summons import OtherSummons, summon_other
from tests.case_factories import MONDAY


def summon_witness(case: Case, words: str, by, *, host=ClarificationHost.BAWASLU, **changes) -> Clarification:
    """A witness who is to be heard; the invitation is made here unless `letter_number` is given."""
    summons = {
        "role": HeardRole.WITNESS,
        "person_name": f"{words} Saksi",
        "person_post": f"{words} Ketua RW",
        "scheduled_date": MONDAY.date(),
        "starts": time(9),
        "place": f"{words} Aula",
        "method": ClarificationMethod.IN_PERSON,
        "host": host,
    }
    return summon_other(case=case, summons=OtherSummons(**(summons | changes)), by=by, at=MONDAY)


def sign_minutes(hearing: Clarification, words: str, by) -> Letter:
    """Write and close the minutes; returns the draft on paper."""
    minutes = Minutes(
        participants=[Participant(f"{words} Saksi", HearingParticipant.Role.WITNESS)],
        questions=[Question("Apa yang Saudara lihat?", f"Poster itu. {words}")],
        was_read_back=True,
        signed_date=MONDAY.date(),
    )
    signed = write_minutes(clarification=hearing, minutes=minutes, by=by, at=MONDAY)
    return signed.letters.get(kind="berita_acara_klarifikasi")


def planted_request(case: Case, words: str, by) -> ScheduleRequest:
    """A witness who is to be heard, and a wish for another date, with planted words."""
    heard = summon_witness(case, words, by, letter_number=f"{words} 1/2024")
    return heard.schedule_requests.create(wanted_date=MONDAY.date(), reason=words, at=MONDAY)


def planted_hearing_letter(case: Case, words: str, by) -> Letter:
    """The minutes of a witness on paper, not signed off; the invitation was withdrawn and can be made anew."""
    hearing = summon_witness(case, words, by)
    withdraw_letter(letter=hearing.letters.get(), reason=words, by=by, at=MONDAY)
    return sign_minutes(hearing, words, by)
