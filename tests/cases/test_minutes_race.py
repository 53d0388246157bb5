"""Several people write the minutes of one hearing: nobody's words are lost unseen."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from cases.minutes import Minutes, MinutesChanged, Participant, Question, standing_minutes, write_minutes
from cases.models import Clarification, HearingParticipant
from cases.refusals import ActionRefused
from cases.status import Status
from cases.summons import summon_other
from tests.case_factories import MONDAY, make_case
from tests.cases.at_once import CROWD, all_at_once, make_crowd
from tests.cases.letters.specimens import witness

TODAY = MONDAY.date()


def minutes(answer: str, **changes) -> Minutes:
    people = [Participant("Bambang", HearingParticipant.Role.RESPONDENT)]
    facts = {"participants": people, "questions": [Question("Di mana Saudara?", answer)], "was_read_back": False}
    return Minutes(**(facts | changes))


def save(hearing, answer, *, by, seen, **changes):
    row = Clarification.objects.get(pk=hearing.pk)
    return write_minutes(
        clarification=row, minutes=minutes(answer, **changes), by=by, at=MONDAY, seen_version=seen.version
    )


def answers(hearing) -> list[str]:
    return [row.answer for row in hearing.questions.order_by("position")]


def saved_events(hearing) -> int:
    return AuditEvent.objects.about(hearing.case_id).filter(action="berita_acara_ditulis").count()


@pytest.fixture
def hearing(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI).clarifications.get()


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_write_at_once_one_is_saved_and_the_others_read_who(reference):
    crowd = make_crowd()
    hearing = make_case(by=crowd[0], second=crowd[1], status=Status.KLARIFIKASI).clarifications.get()
    seen = standing_minutes(hearing)
    results = all_at_once(
        [lambda person=person: save(hearing, f"Kata {person.username}.", by=person, seen=seen) for person in crowd]
    )
    refused = [result for result in results if isinstance(result, MinutesChanged)]
    assert len(refused) == CROWD - 1
    winner = crowd[next(place for place, result in enumerate(results) if not isinstance(result, ActionRefused))]
    assert answers(hearing) == [f"Kata {winner.username}."]
    assert saved_events(hearing) == 1
    for why in refused:
        assert str(why).startswith(f"{winner} lebih dulu menyimpan")
        assert [row.answer for row in why.standing.questions] == answers(hearing)


@pytest.mark.django_db
def test_who_has_seen_what_the_other_saved_may_replace_it(hearing, sari, budi):
    empty = standing_minutes(hearing)
    save(hearing, "Di kantor.", by=sari, seen=empty)
    with pytest.raises(MinutesChanged) as refused:
        save(hearing, "Di rumah.", by=budi, seen=empty)
    assert answers(hearing) == ["Di kantor."]
    save(hearing, "Di kantor, lalu di rumah.", by=budi, seen=refused.value.standing)
    assert answers(hearing) == ["Di kantor, lalu di rumah."]


@pytest.mark.django_db
def test_the_same_minutes_sent_twice_are_written_once(hearing, sari):
    empty, signed = standing_minutes(hearing), {"was_read_back": True, "signed_date": TODAY}
    save(hearing, "Di kantor.", by=sari, seen=empty)
    save(hearing, "Di kantor.", by=sari, seen=empty)
    assert saved_events(hearing) == 1
    drafted = standing_minutes(hearing)
    for _click in range(2):
        save(hearing, "Di kantor.", by=sari, seen=drafted, **signed)
    assert hearing.letters.filter(kind="berita_acara_klarifikasi").count() == 1
    with pytest.raises(ActionRefused, match="sudah ditandatangani"):
        save(hearing, "Di rumah.", by=sari, seen=drafted, **signed)


@pytest.mark.django_db
def test_whether_a_witness_came_is_part_of_their_minutes(hearing, sari, budi):
    heard = summon_other(case=hearing.case, summons=witness(), by=sari, at=MONDAY)
    empty = standing_minutes(heard)
    save(heard, "Saya tidak tahu.", by=sari, seen=empty, held_date=TODAY, attended=True)
    with pytest.raises(MinutesChanged):
        save(heard, "Saya tidak tahu.", by=budi, seen=empty, held_date=TODAY - timedelta(days=1), attended=False)
    save(heard, "Saya tidak tahu.", by=sari, seen=empty)
    heard.refresh_from_db()
    assert (heard.attended, saved_events(heard)) == (True, 1)


@pytest.mark.django_db
def test_what_came_of_the_respondents_hearing_does_not_age_their_minutes(hearing, sari):
    before = standing_minutes(hearing).version
    Clarification.objects.update(held_date=TODAY, attended=True, recorded_by=sari, recorded_at=MONDAY)
    hearing.refresh_from_db()
    assert standing_minutes(hearing).version == before
