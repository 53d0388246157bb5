"""The one function that writes the audit trail. Called inside the transaction of the step it tells of."""

from datetime import datetime
from uuid import UUID

from accounts.models import AuditEvent, User


def record(
    *,
    action: str,
    by: User | None,
    at: datetime,
    subject_kind: str,
    subject_id: UUID | str,
    details: dict[str, object] | None = None,
) -> AuditEvent:
    """Write one event; `by=None` stands for a reporter or the machine, whose identity is never recorded here."""
    return AuditEvent.objects.create(
        action=action,
        actor=by,
        at=at,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        details=details or {},
    )
