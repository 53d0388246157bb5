"""Give the portal a database role that cannot touch the audit trail."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from psycopg2 import sql

AUDIT = ("accounts_auditevent", "accounts_auditwords", "accounts_auditlink", "accounts_audithead")
# What the portal needs, and of the trail no more than reading, erasing words (the trigger judges) and the daily head.
GRANTS = """
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {audit} FROM {role};
GRANT UPDATE (salt, told, erased_in_id) ON accounts_auditwords TO {role};
GRANT INSERT ON accounts_audithead TO {role};
"""
# The one door and the chain write with the owner's rights, and look for tables where the owner keeps them.
_WRITERS = """
SELECT oid::regprocedure::text FROM pg_proc WHERE proname = 'accounts_record_event'
UNION SELECT tgfoid::regprocedure::text FROM pg_trigger
WHERE tgrelid = 'accounts_auditevent'::regclass AND tgname LIKE 'pgtrigger_chained_%%'
"""
# pgtrigger lets a session switch triggers off by a setting of its own; those of the trail no longer listen to it.
_GUARDS = """
SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%s) AND NOT tgisinternal
"""


class Command(BaseCommand):
    """manage.py limit_role ROLE"""

    help = (
        "Run as the owner of the tables, after each migrate: the role gets what the portal needs and cannot write, "
        "change or empty the audit trail, nor switch its triggers off. See docs/audit.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="a role that exists, with LOGIN and nothing else")

    def handle(self, *args: object, **options: str) -> None:
        try:
            with transaction.atomic():
                limit(options["role"])
        except DatabaseError as error:
            raise CommandError(str(error).strip()) from error
        self.stdout.write(f"{options['role']} cannot touch the audit trail.")


def limit(role: str) -> None:
    """Grant a role what the portal needs. Raises DatabaseError; CommandError for a role that could undo it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None or found[0]:
            raise CommandError(f"{role} is a superuser, the owner itself, or does not exist")
        cursor.execute("SELECT current_schema()")
        schema = sql.Identifier(cursor.fetchone()[0])
        audit = sql.SQL(", ").join(map(sql.Identifier, AUDIT))
        cursor.execute(sql.SQL(GRANTS).format(schema=schema, role=sql.Identifier(role), audit=audit))
        cursor.execute(_WRITERS)
        for (function,) in cursor.fetchall():
            alter = sql.SQL("ALTER FUNCTION {} SECURITY DEFINER SET search_path = {}, pg_temp")
            cursor.execute(alter.format(sql.SQL(function), schema))
        cursor.execute(_GUARDS, [list(AUDIT)])
        for (function,) in cursor.fetchall():
            cursor.execute(sql.SQL("ALTER FUNCTION {} SET pgtrigger.ignore = '{{}}'").format(sql.SQL(function)))
