"""What people typed can go and the chain still holds; it goes with two people's erasing and not otherwise."""

from datetime import UTC, datetime

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.audit import erase_words, record
from accounts.chain import Broken, Sound, check_trail
from accounts.models import AuditEvent, AuditWords
from tests.accounts.tampering import commit, tamper

NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)
TYPED = "Terlapor Slamet mengaku."

pytestmark = pytest.mark.django_db


def step(**words: object) -> int:
    told = words or {"reason": TYPED}
    return record(
        action="noted", by=None, at=NOON, subject_kind="case", subject_id="a", details={"version": 2}, words=told
    )


def erasing(sari, budi, *, words: int = 1, **details: object) -> int:
    """The event of an erasing that sari proposed and budi approved."""
    facts = {"proposed_by": sari.pk, "retention_rule": "sanksi", "words": words} | details
    return record(action="erased", by=budi, at=NOON, subject_kind="case", subject_id="a", details=facts)


@pytest.fixture
def erased(sari, budi):
    """Two events whose words are gone."""
    ids = [step(), step()]
    erase_words(ids, erased_in=erasing(sari, budi, words=2))
    commit()
    return ids


def test_the_event_tells_its_facts_and_its_words():
    event = AuditEvent.objects.to_read().get(pk=step())
    assert event.told == {"version": 2, "reason": TYPED}
    assert not event.is_erased


def test_the_chained_row_holds_a_hash_of_the_words_and_no_word():
    event = AuditEvent.objects.get(pk=step())
    assert set(event.details) == {"version", "words_sha256"}
    assert len(event.details["words_sha256"]) == 64


def test_the_same_words_have_another_hash_each_time():
    first, second = (AuditEvent.objects.get(pk=step()) for _ in range(2))
    assert first.details != second.details


def test_empty_words_leave_no_row():
    event = AuditEvent.objects.get(pk=step(reason="", note=None))
    assert event.told == event.details == {"version": 2}
    assert not AuditWords.objects.exists()


@pytest.mark.parametrize("prose", ["Slamet Riyadi", {"a": ["x\ny"]}, "199001012015031001", {"dua kata": 1}])
def test_prose_in_the_details_is_refused(prose):
    with pytest.raises(ValueError, match="as words"):
        record(action="x", by=None, at=NOON, subject_kind="case", subject_id="a", details={"x": prose})


def test_erased_words_are_gone_and_the_chain_still_holds(erased, sari, budi):
    found = check_trail({})
    assert isinstance(found, Sound)
    event = AuditEvent.objects.get(action="erased")
    assert found.erased == {event.pk: 2}
    row = AuditEvent.objects.to_read().get(pk=erased[0])
    assert (row.told, row.is_erased, row.words.salt) == ({"version": 2}, True, None)


def test_the_command_says_which_erasing_took_how_many(erased, capsys):
    call_command("verify_audit")
    event = AuditEvent.objects.get(action="erased")
    assert f"Words of 2 events were erased under rule sanksi by event {event.pk}" in capsys.readouterr().out


def test_one_person_cannot_erase(sari):
    told = step()
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        erase_words([told], erased_in=erasing(sari, sari))


@pytest.mark.parametrize("details", [{"proposed_by": None}, {"version": 1}])
def test_an_event_that_is_no_erasing_is_no_licence(details, sari):
    told = step()
    other = record(action="noted", by=sari, at=NOON, subject_kind="case", subject_id="a", details=details)
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        erase_words([told], erased_in=other)


def test_an_erasing_of_yesterday_is_no_licence_today(sari, budi):
    told, licence = step(), erasing(sari, budi)
    commit()
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        erase_words([told], erased_in=licence)


def test_erased_words_do_not_come_back(erased):
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        AuditWords.objects.filter(pk=erased[0]).update(told={"reason": "x"}, salt=b"x", erased_in=None)


def test_words_are_neither_changed_deleted_nor_emptied():
    told = step()
    pgtrigger.enable("accounts.AuditWords:never_emptied")
    for refused in (
        lambda: AuditWords.objects.filter(pk=told).update(told={"reason": "x"}),
        lambda: AuditWords.objects.filter(pk=told).delete(),
        lambda: connection.cursor().execute("TRUNCATE accounts_auditwords"),
        lambda: AuditWords.objects.create(event_id=told + 1, salt=b"x", told={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


CHANGED = 'UPDATE accounts_auditwords SET told = \'{"reason": "x"}\' WHERE event_id = %s'
SALTED_ANEW = "UPDATE accounts_auditwords SET salt = 'x' WHERE event_id = %s"
REMOVED = "DELETE FROM accounts_auditwords WHERE event_id = %s"
ERASED_BY_NOBODY = (
    "UPDATE accounts_auditwords SET told = NULL, salt = NULL, erased_in_id = event_id WHERE event_id = %s"
)
SLIPPED_IN = "INSERT INTO accounts_auditwords (event_id, salt, told) VALUES (%s - 1, 'x', '{}')"


@pytest.mark.parametrize("change", [CHANGED, SALTED_ANEW, REMOVED, ERASED_BY_NOBODY, SLIPPED_IN])
def test_words_touched_behind_the_portal_are_named(change):
    bare, told = step(reason=""), step()
    commit()
    tamper(change, told)
    found = check_trail({})
    assert isinstance(found, Broken)
    assert found.event_id == (bare if change is SLIPPED_IN else told)


def test_more_texts_gone_than_an_erasing_says_is_named(erased):
    told, licence = step(), AuditEvent.objects.get(action="erased").pk
    commit()
    tamper(
        "UPDATE accounts_auditwords SET told = NULL, salt = NULL, erased_in_id = %s WHERE event_id = %s", licence, told
    )
    assert check_trail({}).event_id == licence
