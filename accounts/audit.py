"""The one function that writes the audit trail. Called inside the transaction of the step it tells of."""

import json
from datetime import datetime
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from accounts.models import User


def record(
    *,
    action: str,
    by: User | None,
    at: datetime,
    subject_kind: str,
    subject_id: UUID | str,
    details: dict[str, object] | None = None,
) -> int:
    """Write one event; `by=None` stands for a reporter or the machine, whose identity is never recorded here.

    Returns the event's id. The database takes events from accounts_record_event alone, and links them to the chain
    when the transaction commits.
    """
    told = json.dumps(details or {}, cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT accounts_record_event(%s, %s, %s, %s, %s, %s)",
            [at, by.pk if by else None, action, subject_kind, str(subject_id), told],
        )
        return int(cursor.fetchone()[0])
