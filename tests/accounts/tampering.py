"""Reaching into the audit trail behind the portal's back."""

import pgtrigger
from django.db import connection


def commit() -> None:
    """What a commit does to deferred triggers, inside the transaction of a test."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def tamper(sql: str, *values: object) -> None:
    """As somebody who owns the database and switches the triggers off."""
    of_events = ("append_only", "one_door", "chained")
    of_words = ("never_deleted", "one_door", "erased_by_two_people")
    names = ["AuditLink:append_only", *(f"AuditEvent:{name}" for name in of_events)]
    names += [f"AuditWords:{name}" for name in of_words]
    with pgtrigger.ignore(*(f"accounts.{name}" for name in names)), connection.cursor() as cursor:
        cursor.execute(sql, values)
