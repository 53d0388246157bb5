"""No paper the accused signs or receives repeats who reported: not their story, name, number, address or link."""

import json
from datetime import time, timedelta
from itertools import product

import pytest

from cases.facts import ClarificationPlan, ClarificationResult
from cases.minutes import Minutes, Participant, Question, write_minutes
from cases.models import ClarificationHost, ClarificationMethod, HeardRole, HearingParticipant, Letter
from cases.refusals import FactsRefused
from cases.status import Status
from cases.summons import summon_other
from cases.workflow import Action
from tests.case_factories import MONDAY, make_case, step
from tests.cases.letters.specimens import signed_minutes, witness

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
STORY = "Lurah membagikan poster calon dari nomor 0813-1111-2222 di grup warga RT 05 tadi malam."
OF_THEMSELVES = "Nama saya Kirana Zulaikha, nomor WA saya +62 812-9988-7766, surel kirana@contoh.id."
LINK = "https://contoh.id/grup-warga/77"
# What an officer could carry over, each in its own writing
QUOTED = {
    "story": "Menurut keterangan, di grup warga RT 05 tadi malam poster itu terlihat.",
    "message": "Nama saya kirana zulaikha nomor WA saya",
    "name": "Terlapor mengenal KIRANA  Zulaikha.",
    "number": "Nomor 081299887766 tercatat.",
    "address": "Surat ke Kirana@Contoh.id.",
    "link": f"Tautan {LINK.upper()} diperlihatkan.",
}
# Words a hearing cannot do without
FINE = [
    "Bambang Sutrisno, S.Pd. mengakui membagikan poster di grup warga.",
    "Nomor 0813-1111-2222 diakui milik terlapor.",
    "Klarifikasi 14-10-2024 pukul 09.00 di kantor Bawaslu, Jalan Taman Sari 12.",
]
# Of a witness's own invitation: where no name belongs, and what is more than the name of the person invited
OF_A_WITNESS = ["person_post", "place"]
PAST_A_NAME = ["story", "message", "number", "address", "link"]
quoting = pytest.mark.parametrize("quoted", QUOTED.values(), ids=QUOTED)


@pytest.fixture
def registered(sari, budi):
    case = make_case(
        by=sari,
        second=budi,
        status=Status.DIREGISTRASI,
        narrative=STORY,
        link=LINK,
        respondent_name="Bambang Sutrisno, S.Pd.",
    )
    case.case_reports.get().report.messages.create(text=OF_THEMSELVES, at=MONDAY)
    return case


@pytest.fixture
def case(registered, sari):
    return step(registered, Action.JADWALKAN_KLARIFIKASI, by=sari)


def planned(place: str) -> ClarificationPlan:
    return ClarificationPlan(
        scheduled_date=TODAY + timedelta(days=1),
        starts=time(9),
        place=place,
        method=ClarificationMethod.IN_PERSON,
        host=ClarificationHost.BAWASLU,
    )


def told(minutes: str) -> ClarificationResult:
    return ClarificationResult(
        held_date=TODAY, attended=True, method=ClarificationMethod.IN_PERSON, minutes=f"Terlapor hadir. {minutes}"
    )


def written(*, name="Bambang Sutrisno", question="Apakah akun itu milik Saudara?") -> Minutes:
    people = [Participant(name, HearingParticipant.Role.RESPONDENT)]
    return Minutes(participants=people, questions=[Question(question, "Ya.")], was_read_back=False)


def refused_at(write) -> set[str]:
    with pytest.raises(FactsRefused, match=r"mengulang kata-kata|Jangan tulis nama pelapor") as refused:
        write()
    return set(refused.value.problems)


@quoting
def test_the_record_of_a_hearing_quotes_no_reporter(quoted, case, sari):
    assert refused_at(lambda: step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=told(quoted))) == {"minutes"}
    hearing = case.clarifications.get()
    assert (hearing.is_open, hearing.minutes) == (True, "")


@quoting
def test_the_place_of_a_hearing_quotes_no_reporter(quoted, registered, sari):
    plan = planned(quoted)
    assert refused_at(lambda: step(registered, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan)) == {"place"}
    assert not registered.clarifications.exists()
    assert not Letter.objects.filter(case=registered, clarification__isnull=False).exists()


@quoting
def test_the_minutes_quote_no_reporter_in_names_or_questions(quoted, case, sari):
    hearing = case.clarifications.get()

    def write(**changes):
        write_minutes(clarification=hearing, minutes=written(**changes), by=sari, at=MONDAY)

    assert refused_at(lambda: write(name=quoted)) == {"participants"}
    assert refused_at(lambda: write(question=quoted)) == {"questions"}
    assert not hearing.participants.exists()


@quoting
@pytest.mark.parametrize("field", ["person_name", "person_post", "place"])
def test_the_invitation_of_others_quotes_no_reporter(quoted, field, case, sari):
    summons = witness(role=HeardRole.SUPERIOR, **{field: quoted})
    assert refused_at(lambda: summon_other(case=case, summons=summons, by=sari, at=MONDAY)) == {field}
    assert case.clarifications.count() == 1


@pytest.mark.parametrize(("kind", "field"), [*product(QUOTED, OF_A_WITNESS), *product(PAST_A_NAME, ["person_name"])])
def test_the_invitation_of_a_witness_quotes_no_reporter_but_for_the_own_name(kind, field, case, sari):
    summons = witness(**{field: QUOTED[kind]})
    assert refused_at(lambda: summon_other(case=case, summons=summons, by=sari, at=MONDAY)) == {field}
    assert case.clarifications.count() == 1


@pytest.mark.parametrize("name", ["Kirana Zulaikha", "Dr. KIRANA zulaikha Putri, S.Pd."])
def test_a_reporter_is_heard_as_a_witness_and_named_in_no_paper_but_their_own(name, case, sari):
    hearing = summon_other(case=case, summons=witness(person_name=name), by=sari, at=MONDAY)
    people = [Participant(name, HearingParticipant.Role.WITNESS)]
    minutes = Minutes(
        participants=people,
        questions=[Question("Apa yang Saudara lihat?", "Poster.")],
        was_read_back=True,
        signed_date=TODAY,
    )
    write_minutes(clarification=hearing, minutes=minutes, by=sari, at=MONDAY)
    write_minutes(clarification=case.clarifications.of_respondent().get(), minutes=signed_minutes(), by=sari, at=MONDAY)
    for letter in Letter.objects.filter(case=case):
        assert (name in json.dumps(letter.data)) is (letter.clarification == hearing), letter.kind
    assert Letter.objects.filter(case=case, clarification=hearing).count() == 2
    assert Letter.objects.filter(case=case).exclude(clarification=hearing).exists()


def test_a_reporter_heard_as_a_witness_stays_out_of_the_questions_and_of_the_hearings_of_others(case, sari):
    own = summon_other(case=case, summons=witness(person_name="Kirana Zulaikha"), by=sari, at=MONDAY)
    other = summon_other(case=case, summons=witness(), by=sari, at=MONDAY)
    asked = written(name="Kirana Zulaikha", question="Apakah Saudara Kirana Zulaikha?")
    assert refused_at(lambda: write_minutes(clarification=own, minutes=asked, by=sari, at=MONDAY)) == {"questions"}

    def name_in(hearing):
        return lambda: write_minutes(clarification=hearing, minutes=written(name="Kirana Zulaikha"), by=sari, at=MONDAY)

    assert refused_at(name_in(other)) == {"participants"}
    assert refused_at(name_in(case.clarifications.of_respondent().get())) == {"participants"}


def test_who_writes_the_name_of_a_reporter_is_not_told_to_put_it_in_other_words(case, sari):
    minutes = written(name="Kirana Zulaikha")
    with pytest.raises(FactsRefused) as refused:
        write_minutes(clarification=case.clarifications.get(), minutes=minutes, by=sari, at=MONDAY)
    [words] = refused.value.problems.values()
    assert "Jangan tulis nama pelapor di sini" in words
    assert "kata-kata Anda sendiri" not in words


@pytest.mark.parametrize("words", FINE)
def test_what_a_hearing_needs_is_written_and_printed(words, case, sari):
    hearing = case.clarifications.get()
    write_minutes(clarification=hearing, minutes=signed_minutes(), by=sari, at=MONDAY)
    step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=told(words))
    paper = json.dumps([letter.data for letter in hearing.letters.all()])
    assert words in paper


def test_what_the_respondent_answers_is_written_as_it_was_said(case, sari):
    hearing, said = case.clarifications.get(), "Pasti Kirana Zulaikha yang melaporkan saya."
    people = [Participant("Bambang", HearingParticipant.Role.RESPONDENT)]
    minutes = Minutes(participants=people, questions=[Question("Ada tambahan?", said)], was_read_back=False)
    write_minutes(clarification=hearing, minutes=minutes, by=sari, at=MONDAY)
    assert hearing.questions.get().answer == said
