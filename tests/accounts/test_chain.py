"""A trail that was touched says where."""

from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.audit import record
from accounts.chain import Broken, Sound, check_trail
from accounts.models import AuditEvent, AuditLink
from tests.accounts.tampering import commit, tamper

NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)


def write(count: int = 3, **words: object) -> list[int]:
    ids = [
        record(action="noted", by=None, at=NOON, subject_kind="case", subject_id=f"k{n}", details={"n": n}, words=words)
        for n in range(count)
    ]
    commit()
    return ids


@pytest.mark.django_db
class TestTheChain:
    def test_an_untouched_trail_is_sound(self):
        write(3, reason='é "quoted"\nline\ttab \\N', price=1.5, none=None)
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

    def test_the_first_of_several_broken_rows_is_named(self):
        _, second, third = write(3, reason="Ada.")
        tamper("UPDATE accounts_auditevent SET action = 'other' WHERE id = %s", third)
        tamper("UPDATE accounts_auditwords SET told = '{}' WHERE event_id = %s", second)
        assert check_trail({}).event_id == second

    def test_a_tail_cut_off_shows_against_a_head_alone(self):
        *_, last = write()
        link = AuditLink.objects.get(event=last)
        tamper("DELETE FROM accounts_auditlink WHERE event_id = %s", last)
        tamper("DELETE FROM accounts_auditevent WHERE id = %s", last)
        assert isinstance(check_trail({}), Sound)
        assert check_trail({link.position: bytes(link.digest)}).position == link.position

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


class Changed(Exception):
    """A step that is given up after it was recorded."""


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain():
    def worker(name: str) -> None:
        for n in range(20):
            with suppress(Changed), transaction.atomic():
                record(action="noted", by=None, at=NOON, subject_kind="case", subject_id=name, words={"reason": "Ada."})
                if n % 4 == 0:
                    raise Changed
        connection.close()

    threads = [Thread(target=worker, args=(str(n),)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = check_trail({})
    assert isinstance(found, Sound)
    assert found.events == AuditEvent.objects.count() == 16 * 15
    ids = list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))
    assert ids[-1] - ids[0] >= len(ids), "steps that were given up left holes among the ids"
    assert list(AuditLink.objects.order_by("pk").values_list("pk", flat=True)) == list(range(1, len(ids) + 1))
