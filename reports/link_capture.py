"""Looking once at the address of a report and sealing what stood there. Workers only, and only where it is switched on.

Nothing a server answers, or fails to answer, hurts the report: every outcome is a row beside it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts import audit
from evidence import vault
from evidence.digests import sha256_hex
from evidence.sealing import Sealed, read_public_key, seal
from reports.link_fetching import Fetched, fetch
from reports.link_policy import CaptureRefusal, LinkRefused, Policy
from reports.models import Report
from reports.models_capture import LINK_VISITED, LinkCapture
from reports.models_keys import DataKey


@dataclass(frozen=True, slots=True)
class Visit:
    """Outcome of a visit: an answer with its sealed bytes, or why there is none."""

    fetched: Fetched | None = None
    sealed: Sealed | None = field(default=None, repr=False)
    refusal: CaptureRefusal | None = None


def visit_link(*, report: Report, policy: Policy | None = None) -> Visit | None:
    """Fetch the address of a report and seal the answer into the vault; takes up to ten seconds, writes no row.

    None where there is nothing to do: no address, visited before, or switched off since. Raises OSError,
    evidence.sealing.KeyFileBroken or ImproperlyConfigured when the answer could not be stored: a later try may succeed.
    """
    if not settings.LINK_CAPTURE or not report.link_address or LinkCapture.objects.filter(report=report).exists():
        return None
    try:
        fetched = fetch(report.link_address, policy=policy)
    except LinkRefused as refused:
        return Visit(refusal=refused.code)
    if not settings.EVIDENCE_PUBLIC_KEY_FILE:
        raise ImproperlyConfigured("EVIDENCE_PUBLIC_KEY_FILE is not set in this process")
    row = LinkCapture(report=report)
    sealed = seal(fetched.body, read_public_key(settings.EVIDENCE_PUBLIC_KEY_FILE), row.context)
    vault.store(settings.SEALED_ROOT, row.sealed_name, sealed.ciphertext)
    return Visit(fetched=fetched, sealed=sealed)


@transaction.atomic
def store_visit(*, report: Report, visit: Visit, at: datetime) -> LinkCapture:
    """Write down what was found, or why nothing was kept."""
    row = LinkCapture(report=report, requested_url=report.link_address, fetched_at=at)
    if visit.fetched and visit.sealed:
        row.final_url, row.status = visit.fetched.final_url, visit.fetched.status
        row.content_type = visit.fetched.content_type
        row.sha256, row.byte_size = sha256_hex(visit.fetched.body), len(visit.fetched.body)
        DataKey.objects.create(id=report.id, sealed_key=visit.sealed.sealed_key)
    else:
        row.refusal = visit.refusal or CaptureRefusal.GAVE_UP
    row.save(force_insert=True)
    details: dict[str, object] = {"refusal": row.refusal} if row.refusal else {"sha256": row.sha256}
    audit.record(action=LINK_VISITED, by=None, at=at, subject_kind="report", subject_id=report.id, details=details)
    return row
