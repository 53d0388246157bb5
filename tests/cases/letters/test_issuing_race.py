"""A draft is brought up to date while a colleague signs it: whoever comes second finds what the first one left."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import AuditEvent
from cases.letters.kinds import LetterKind
from cases.letters.writing import draft_letter, sign_off
from cases.models import AsnStatus, Case, Clarification, Letter
from cases.refusals import ActionRefused
from cases.respondents import RespondentFacts, edit_respondent
from cases.status import Status
from cases.summons import move_hearing
from tests.case_factories import MONDAY, make_case
from tests.cases.letters.specimens import ADDITIONS
from tests.clarification_factories import allege

ANOTHER_DAY, ITS_WORDS = date(2024, 10, 17), "Kamis, 17 Oktober 2024"
PATIENCE = 200


@pytest.fixture
def case(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    allege(case, by=sari)
    return case


def move(case, by):
    summons = Clarification.objects.select_related("case__region").get(case=case)
    return move_hearing(clarification=summons, new_date=ANOTHER_DAY, reason="Sakit.", by=by, at=MONDAY)


def sign(case, by, **seen):
    return sign_off(letter=case.letters.get(), by=by, at=MONDAY, **seen)


def updates(case):
    return AuditEvent.objects.about(case.pk).filter(action="surat_diperbarui")


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def one_behind_the_other(first, second) -> list[object]:
    """Begin `second` while `first` has written and not committed, commit `first` once `second` waits for it."""
    has_written = Event()

    def ahead():
        with transaction.atomic():
            result = first()
            has_written.set()
            for _ in range(PATIENCE):
                if somebody_waits_for_us():
                    return result
                time.sleep(0.02)
        raise AssertionError("the second never waited for the first")

    def behind():
        has_written.wait(timeout=20)
        return second()

    def closed(task):
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [running.result() for running in (pool.submit(closed, ahead), pool.submit(closed, behind))]


@pytest.mark.django_db(transaction=True)
def test_a_hearing_moved_while_its_invitation_is_signed_leaves_the_signed_letter_alone(case, sari, budi):
    one_behind_the_other(lambda: sign(case, sari), lambda: move(case, budi))
    letter = case.letters.get()
    assert (letter.is_draft, letter.data["day"] == ITS_WORDS) == (False, False)
    assert case.clarifications.get().scheduled_date == ANOTHER_DAY
    assert not updates(case).exclude(details__letter=letter.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_an_allegation_written_while_the_hearing_moves_keeps_the_new_date(case, sari, budi):
    one_behind_the_other(lambda: move(case, budi), lambda: allege(case, by=sari, text="Diduga berpidato di rapat."))
    data = Letter.objects.get(case=case).data
    assert (data["day"], data["allegation"]) == (ITS_WORDS, ["Diduga berpidato di rapat."])


@pytest.mark.django_db(transaction=True)
def test_a_draft_written_while_the_respondent_is_corrected_names_them_as_corrected(case, sari, budi):
    opened, kind = Case.objects.select_related("region", "respondent").get(pk=case.pk), LetterKind.KAJIAN_AWAL
    facts = RespondentFacts(employer_code="pusat", asn_status=AsnStatus.UNVERIFIED, nip="", name="Bambang Sutrisna")

    def draft():
        return draft_letter(case=opened, kind=kind, extra=ADDITIONS[kind], by=budi, at=MONDAY)

    one_behind_the_other(lambda: edit_respondent(case=case, facts=facts, by=sari, at=MONDAY), draft)
    assert Letter.objects.get(kind=kind).data["respondent"]["name"] == "Bambang Sutrisna"


@pytest.mark.django_db
def test_the_audit_says_who_changed_which_draft_and_only_if_it_changed(case, sari, budi):
    before = updates(case).count()
    move(case, budi)
    event = updates(case).order_by("-id").first()
    letter = case.letters.get()
    assert (event.actor, event.details["letter"]) == (budi, letter.pk)
    allege(case, by=sari)
    assert updates(case).count() == before + 1


@pytest.mark.django_db
def test_nobody_signs_what_changed_since_they_read_it(case, sari, budi):
    read = case.letters.get().facts_version
    move(case, budi)
    with pytest.raises(ActionRefused, match="berubah sejak"):
        sign(case, sari, seen_facts=read)
    assert case.letters.get().is_draft
    assert not sign(case, sari, seen_facts=case.letters.get().facts_version).is_draft
