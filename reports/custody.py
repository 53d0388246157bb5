"""The first links of the chain of custody: a picture was received, and its exact bytes were sealed."""

from collections.abc import Iterable

from accounts import audit
from evidence.sealing import key_id_of
from reports.models import Evidence
from reports.models_keys import DataKey

RECEIVED = "evidence.received"
SEALED = "evidence.sealed"
PREPARED = "evidence.prepared"


def record_receipt(evidence: Iterable[Evidence]) -> None:
    """Write down what came in, when, and under which key it was locked, in the transaction that writes the rows.

    A picture held while its form was filled in came and was sealed then, up to a day before the report.
    """
    rows = list(evidence)
    keys = DataKey.objects.in_bulk([row.id for row in rows])
    for row in rows:
        received: dict[str, object] = {
            "report": str(row.report_id),
            "sha256": row.sha256,
            "byte_size": row.byte_size,
        }
        sealed: dict[str, object] = {"report": str(row.report_id), "key": key_id_of(bytes(keys[row.id].sealed_key))}
        for action, details in ((RECEIVED, received), (SEALED, sealed)):
            audit.record(
                action=action,
                by=None,
                at=row.received_at,
                subject_kind="evidence",
                subject_id=row.id,
                details=details,
            )
