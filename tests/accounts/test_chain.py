"""A trail that was touched says where."""

from datetime import UTC, datetime
from threading import Thread

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.audit import record
from accounts.chain import Broken, Sound, check_trail
from accounts.models import AuditEvent, AuditLink

NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)


def write(count: int = 3, **details: object) -> list[int]:
    ids = [
        record(action="noted", by=None, at=NOON, subject_kind="case", subject_id=f"k{n}", details={"n": n} | details)
        for n in range(count)
    ]
    commit()
    return ids


def commit() -> None:
    """What a commit does to deferred triggers, inside the transaction of a test."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tamper(sql: str, *values: object) -> None:
    """As somebody who owns the database and switches the triggers off."""
    names = ("AuditEvent:append_only", "AuditEvent:one_door", "AuditEvent:chained", "AuditLink:append_only")
    with pgtrigger.ignore(*(f"accounts.{name}" for name in names)), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.django_db
class TestTheChain:
    def test_an_untouched_trail_is_sound(self):
        write(3, words='é "quoted"\nline', price=1.5, none=None)
        found = check_trail({})
        assert isinstance(found, Sound)
        assert found.events == AuditEvent.objects.count() == AuditLink.objects.count()
        assert found.digest == bytes(AuditLink.objects.order_by("-position").first().digest)

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE accounts_auditevent SET action = 'other' WHERE id = %s",
            "UPDATE accounts_auditevent SET details = '{}' WHERE id = %s",
            "UPDATE accounts_auditevent SET at = at + interval '1 microsecond' WHERE id = %s",
            "UPDATE accounts_auditevent SET subject_id = 'x' WHERE id = %s",
            "UPDATE accounts_auditevent SET subject_kind = 'x' WHERE id = %s",
        ],
    )
    def test_a_changed_event_is_named(self, change):
        _, second, _ = write()
        tamper(change, second)
        found = check_trail({})
        assert isinstance(found, Broken)
        assert found.event_id == second

    def test_a_removed_event_is_named(self):
        _, second, _ = write()
        tamper("DELETE FROM accounts_auditevent WHERE id = %s", second)
        assert check_trail({}).event_id == second

    def test_a_removed_link_is_named(self):
        _, second, _ = write()
        place = AuditLink.objects.get(event=second).position
        tamper("DELETE FROM accounts_auditlink WHERE position = %s", place)
        assert check_trail({}).position == place

    def test_an_event_slipped_in_is_named(self):
        write()
        tamper(
            "INSERT INTO accounts_auditevent (at, action, subject_kind, subject_id, details) "
            "VALUES (now(), 'noted', 'case', 'x', '{}')"
        )
        found = check_trail({})
        assert (found.position, found.event_id) == (None, AuditEvent.objects.get(subject_id="x").pk)

    def test_a_rewritten_trail_shows_against_a_digest_somebody_kept(self):
        *_, last = write()
        link = AuditLink.objects.get(event=last)
        kept = {link.position: bytes(link.digest)}
        assert isinstance(check_trail(kept), Sound)
        assert check_trail({link.position: b"\0" * 32}).position == link.position
        assert check_trail({link.position + 7: bytes(link.digest)}).position == link.position + 7


@pytest.mark.django_db
class TestTheDoor:
    def test_an_event_written_past_the_door_is_refused(self):
        with pytest.raises(DatabaseError, match="accounts_record_event alone"), transaction.atomic():
            AuditEvent.objects.create(action="x", at=NOON, subject_kind="case", subject_id="x")

    def test_the_door_closes_behind_each_event(self):
        write(1)
        self.test_an_event_written_past_the_door_is_refused()

    def test_a_link_written_by_hand_is_refused(self):
        with pytest.raises(DatabaseError, match="by the database alone"), transaction.atomic():
            AuditLink.objects.create(position=99_999, event_id=1, digest=b"x")

    def test_links_are_neither_changed_nor_removed(self):
        write(1)
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditLink.objects.update(digest=b"x")
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditLink.objects.all().delete()

    def test_the_database_refuses_to_empty_the_chain(self):
        pgtrigger.enable("accounts.AuditLink:never_emptied")
        with (
            pytest.raises(DatabaseError, match="cannot be emptied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("TRUNCATE accounts_auditlink")


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain():
    def worker(name: str) -> None:
        for n in range(20):
            with transaction.atomic():
                record(action="noted", by=None, at=NOON, subject_kind="case", subject_id=f"{name} {n}")
        connection.close()

    threads = [Thread(target=worker, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = check_trail({})
    assert isinstance(found, Sound)
    assert found.events == AuditEvent.objects.count() >= 160
