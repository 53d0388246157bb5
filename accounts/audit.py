"""The one function that writes the audit trail. Called inside the transaction of the step it tells of."""

import json
import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from accounts.models import AuditWords, User

SALT_BYTES = 32
# What no id, date, number or code has: a blank, or the eighteen digits of a NIP.
_PROSE = re.compile(r"\s|^\d{18}$")


def record(
    *,
    action: str,
    by: User | None,
    at: datetime,
    subject_kind: str,
    subject_id: UUID | str,
    details: Mapping[str, object] | None = None,
    words: Mapping[str, object] | None = None,
) -> int:
    """Write one event; `by=None` stands for a reporter or the machine, whose identity is never recorded here.

    `details` are ids, dates, numbers and codes; the chain keeps them for good. Whatever a person typed goes into
    `words`, empty ones left out: the chain keeps a salted SHA-256 of them, so that they can be erased with their case.

    Returns the event's id. Raises ValueError for prose in the details. The database takes events from
    accounts_record_event alone, and links them to the chain when the transaction commits.
    """
    told = json.dumps(dict(details or {}), cls=DjangoJSONEncoder)
    if prose := next((text for text in _texts(json.loads(told)) if _PROSE.search(text)), None):
        raise ValueError(f"{action}: {len(prose)} letters of prose in the details; pass them as words")
    typed = {name: value for name, value in (words or {}).items() if value}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT accounts_record_event(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                at,
                by.pk if by else None,
                action,
                subject_kind,
                str(subject_id),
                told,
                json.dumps(typed, cls=DjangoJSONEncoder) if typed else None,
                secrets.token_bytes(SALT_BYTES) if typed else None,
            ],
        )
        return int(cursor.fetchone()[0])


def erase_words(event_ids: Collection[int], *, erased_in: int) -> None:
    """Erase what people typed at these events, for good. The events and the chain stay as they are.

    `erased_in` is the event of the erasing, recorded in this transaction: its actor and the `proposed_by` of its
    details are two people, and its `words` say how many texts go. The database refuses anything else.
    """
    AuditWords.objects.filter(pk__in=event_ids).update(salt=None, told=None, erased_in_id=erased_in)


def _texts(value: object) -> Iterator[str]:
    """Every text in something JSON holds, names of its fields included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from value
        yield from _texts(list(value.values()))
