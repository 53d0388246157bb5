"""A report comes in: pictures sealed, one transaction for everything, then the receipt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts import audit
from evidence.sealing import Sealed
from reports import custody, outbox, publishing, receipt
from reports.drafts import Draft, claim
from reports.identity import Identity, seal_identity
from reports.links import address_of
from reports.models import Evidence, Lane, Report, Step
from reports.originals import Picture, seal_originals
from reports.senders import mark_sender
from rules.models import ElectionEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What a person says in a report, clean and checked. `identity` is given in the laporan lane and only there."""

    lane: Lane
    narrative: str = field(repr=False)
    act_date: date
    region_code: str
    platform: str
    act_date_is_approximate: bool = False
    # Of a laporan only: when the reporter learned of it
    known_since: date | None = None
    link: str = ""
    respondent_name: str = ""
    respondent_post: str = ""
    respondent_agency: str = ""
    respondent_nip: str = ""
    candidate: str = ""
    election_event: ElectionEvent | None = None
    identity: Identity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer to a submission. `code` is None for another browser than the one that sent the report."""

    code: str | None = field(repr=False)
    is_repeat: bool


def submit(
    *, facts: ReportFacts, pictures: Sequence[Picture], draft: Draft, at: datetime, held: Collection[UUID] = ()
) -> Receipt:
    """Take a report with its pictures: those held from an earlier try of the form first, then the new ones.

    Sending the same draft again changes nothing and gives the same receipt. The work that follows is promised in
    the same transaction; telling the workers about it is a courtesy that may fail.
    Raises originals.StorageFailed or drafts.PicturesGone with nothing stored.
    """
    known = receipt_of(draft)
    if known:
        return known
    try:
        _take(facts, pictures, draft, at, held)
    except IntegrityError:
        known = receipt_of(draft)
        if known is None:
            raise
        return known
    return Receipt(code=draft.receipt_code, is_repeat=False)


def receipt_of(draft: Draft) -> Receipt | None:
    """The receipt of a draft that was already sent, without its code for another browser; None when it was not."""
    stored = Report.objects.of_draft(draft.idempotency_digest).values_list("receipt_digest", flat=True).first()
    if stored is None:
        return None
    code = draft.receipt_code
    return Receipt(code=code if receipt.digest(code) == stored else None, is_repeat=True)


def _take(facts: ReportFacts, pictures: Sequence[Picture], draft: Draft, at: datetime, held: Collection[UUID]) -> None:
    report_id = uuid4()
    identity = seal_identity(facts.identity, report_id=report_id) if facts.identity else None
    with seal_originals(pictures) as originals, transaction.atomic():
        report = _write_report(report_id, facts, identity, draft, at)
        received = [original.columns(received_at=at) for original in originals]
        evidence = _write_evidence(report, claim(draft=draft, held=held) + received)
        mark_sender(report=report, evidence=evidence, browser_secret=draft.browser_secret, at=at)
        custody.record_receipt(evidence)
        entries = [outbox.enqueue(step=Step.PREPARE_EVIDENCE, report=report, evidence=row, at=at) for row in evidence]
        if settings.LINK_CAPTURE and report.link_address:
            entries.append(outbox.enqueue(step=Step.CAPTURE_LINK, report=report, at=at))
        audit.record(
            action="report.received",
            by=None,
            at=at,
            subject_kind="report",
            subject_id=report.id,
            details={"lane": facts.lane, "pictures": len(evidence)},
        )
        publishing.announce_on_commit(entries)


def _write_report(report_id: UUID, facts: ReportFacts, identity: Sealed | None, draft: Draft, at: datetime) -> Report:
    return Report.objects.create(
        id=report_id,
        lane=facts.lane,
        receipt_digest=receipt.digest(draft.receipt_code),
        idempotency_digest=draft.idempotency_digest,
        received_at=at,
        narrative=facts.narrative,
        act_date=facts.act_date,
        act_date_is_approximate=facts.act_date_is_approximate,
        known_since=facts.known_since,
        region_id=facts.region_code,
        platform=facts.platform,
        link=facts.link,
        link_address=address_of(facts.link),
        respondent_name=facts.respondent_name,
        respondent_post=facts.respondent_post,
        respondent_agency=facts.respondent_agency,
        respondent_nip=facts.respondent_nip,
        candidate=facts.candidate,
        election_event=facts.election_event,
        identity_key=identity.sealed_key if identity else None,
        identity_box=identity.ciphertext if identity else None,
    )


def _write_evidence(report: Report, columns: list[dict[str, Any]]) -> list[Evidence]:
    return Evidence.objects.bulk_create(
        Evidence(report=report, position=position, **values) for position, values in enumerate(columns, start=1)
    )
