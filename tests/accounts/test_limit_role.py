"""With a role of its own the portal records and erases as ever; whoever steals its password cannot touch the trail."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.audit import erase_words, record
from accounts.chain import Sound, check_trail
from tests.accounts.tampering import commit

NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)
ROLE = "lapor_uji"

pytestmark = pytest.mark.django_db


@pytest.fixture
def limited(sari):
    """The role exists and was limited; everything goes with the test's transaction."""
    with connection.cursor() as cursor:
        # Whoever is no superuser may otherwise make a role, but not become it.
        cursor.execute("SET LOCAL createrole_self_grant = 'set'")
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
    call_command("limit_role", ROLE, verbosity=0)
    note()


@contextmanager
def as_the_portal():
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def note(**words: object) -> int:
    told = words or {"reason": "Slamet"}
    return record(action="noted", by=None, at=NOON, subject_kind="case", subject_id="a", words=told)


def test_the_portal_records_erases_and_checks_as_ever(limited, sari, budi):
    with as_the_portal():
        told = note()
        details = {"proposed_by": sari.pk, "words": 1}
        erasing = record(action="erased", by=budi, at=NOON, subject_kind="case", subject_id="a", details=details)
        erase_words([told], erased_in=erasing)
        commit()
        found = check_trail({})
    assert isinstance(found, Sound)
    assert found.erased == {erasing: 1}


EVENT = "(at, action, subject_kind, subject_id, details) VALUES (now(), 'x', 'case', 'a', '{}')"


@pytest.mark.parametrize(
    "attack",
    [
        f"SELECT set_config('lapor.recording', 'yes', true); INSERT INTO accounts_auditevent {EVENT}",
        "UPDATE accounts_auditevent SET action = 'x'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
        "COPY accounts_auditevent (at, action, subject_kind, subject_id, details) FROM PROGRAM 'true'",
        "ALTER TABLE accounts_auditevent DISABLE TRIGGER ALL",
        "ALTER TABLE accounts_auditwords DISABLE TRIGGER USER",
        "DROP TABLE accounts_auditevent CASCADE",
        "SET session_replication_role = replica",
        "DELETE FROM accounts_auditlink",
        "INSERT INTO accounts_auditlink (position, event_id, digest) VALUES (99, 1, 'x')",
        "DELETE FROM accounts_auditwords",
        "UPDATE accounts_auditwords SET event_id = 0",
        "UPDATE accounts_auditwords SET told = '{}'",
        "UPDATE accounts_audithead SET position = 1",
        "ALTER FUNCTION accounts_record_event SECURITY INVOKER",
        "CREATE OR REPLACE FUNCTION public.accounts_record_event() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_whoever_has_the_portals_password_is_refused(limited, attack):
    with pytest.raises(DatabaseError), transaction.atomic(), as_the_portal() as cursor:
        cursor.execute(attack)


def test_the_setting_that_switches_triggers_off_does_nothing_here(limited):
    name = "(SELECT array_agg(DISTINCT tgrelid::regclass || ':' || tgname)::text FROM pg_trigger)"
    names = f"SELECT set_config('pgtrigger.ignore', {name}, true)"
    erasing = "UPDATE accounts_auditwords SET told = NULL, salt = NULL, erased_in_id = event_id"
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic(), as_the_portal() as cursor:
        cursor.execute(f"{names}; {erasing}")
    with as_the_portal() as cursor:
        cursor.execute(names)
        note()
        commit()
    assert isinstance(check_trail({}), Sound)


@pytest.mark.parametrize("role", ["nobody_there", connection.settings_dict["USER"]])
def test_a_role_that_could_undo_it_is_refused(role):
    with pytest.raises(CommandError, match="superuser, the owner"):
        call_command("limit_role", role)
