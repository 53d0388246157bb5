"""Papers of a case: recorded with their scanned pages, made viewable by a worker, shown to the case team only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.events import CaseEvent
from cases.evidence_access import watermark_lines
from cases.facts import text_problem
from cases.hearings import inviting_refusal
from cases.hosts import hosts_for
from cases.models import Case, CaseDocument, DocumentKind, DocumentPage
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from evidence import vault
from evidence.images import rebuild
from evidence.limits import MAX_TOTAL_BYTES
from evidence.painting import Painted, watermark
from evidence.refusals import UnsafeImage
from reports.models import PreparationState
from reports.originals import Picture, open_original, seal_originals
from reports.preparation import keep_clean_copy

MOST_PAGES = 5
LONGEST_WITNESS = 150
LONGEST_REMARK = 1000


@dataclass(frozen=True, kw_only=True)
class Pact:
    """An integrity pact the respondent signed, with photos or scans of its pages."""

    signed_date: date
    witness: str
    pages: Sequence[Picture] = field(repr=False)
    remark: str = ""

    def problems(self, *, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.signed_date > today:
            found["signed_date"] = _("Tanggal ini belum tiba. Tulis tanggal pada pakta.")
        if problem := text_problem(self.witness, LONGEST_WITNESS):
            found["witness"] = problem
        if self.remark.strip() and (problem := text_problem(self.remark, LONGEST_REMARK)):
            found["remark"] = problem
        if not 1 <= len(self.pages) <= MOST_PAGES:
            found["pages"] = _("Lampirkan 1 sampai %(most)d gambar, satu tiap halaman.") % {"most": MOST_PAGES}
        elif sum(len(page.data) for page in self.pages) > MAX_TOTAL_BYTES:
            found["pages"] = _("Gambar-gambar ini bersama lebih dari %(most)d MB. Perkecil, lalu pilih lagi.") % {
                "most": MAX_TOTAL_BYTES // 1024**2
            }
        return found


def record_pact(*, case: Case, pact: Pact, by: User, at: datetime) -> CaseDocument:
    """Record that the respondent signed a pact. Rows are only added; a mistaken one is explained in a note.

    Raises ActionRefused, FactsRefused, or originals.StorageFailed with nothing stored.
    """
    require(case, Permission.CLARIFY, by)
    if problems := pact.problems(today=timezone.localdate(at)):
        raise FactsRefused(problems)
    with seal_originals(pact.pages) as originals, transaction.atomic():
        document = CaseDocument.objects.create(
            case=case,
            kind=DocumentKind.INTEGRITY_PACT,
            signed_date=pact.signed_date,
            witness=pact.witness.strip(),
            remark=pact.remark.strip(),
            by=by,
            at=at,
        )
        add_pages(document, [original.columns(received_at=at) for original in originals])
        details: dict[str, object] = {
            "document": document.pk,
            "signed_date": pact.signed_date.isoformat(),
            "pages": len(originals),
        }
        _tell(CaseEvent.PAKTA_DICATAT, document, by, at, details)
    return document


def add_pages(document: CaseDocument, pages: Sequence[dict[str, Any]]) -> None:
    """Write the rows of sealed pages, given as columns; call inside the transaction that makes the document."""
    DocumentPage.objects.bulk_create(
        DocumentPage(document=document, position=position, **columns) for position, columns in enumerate(pages, start=1)
    )


def documents_of(case: Case, kind: DocumentKind) -> list[CaseDocument]:
    """The papers of one kind with their pages, in the order they were recorded."""
    pages = Prefetch("pages", queryset=DocumentPage.objects.order_by("position"))
    documents = case.documents.filter(kind=kind).select_related("by").prefetch_related(pages)
    return list(documents.order_by("at", "pk"))


def prepare_waiting_pages(*, at: datetime) -> int:
    """Rebuild the pages nobody has looked at yet; returns how many are viewable now.

    The row is the promise, so this runs by the clock and may be lost or run twice. An attempt is counted before it
    begins; after the last one a person is asked. Raises what went wrong with a page as reports.preparation does.
    """
    waiting = DocumentPage.objects.waiting()
    waiting.spent(DocumentPage.MOST_ATTEMPTS).update(state=PreparationState.NEEDS_PERSON)
    return sum(_prepare(page, at) for page in waiting.select_related("document").least_tried_first())


def marked_page(*, page: DocumentPage, by: User, at: datetime) -> Painted:
    """The page marked with who looks and when, after writing the look down.

    Raises NotVisible outside the person's cases and for papers of a hearing of somebody else's, ActionRefused while
    there is no clean copy, and evidence.vault.NotInVault, evidence.painting.PaintingFailed or
    evidence.children.ChildUnavailable.
    """
    document = page.document
    if not Case.objects.visible_to(by).filter(pk=document.case_id).exists() or not is_readable(document, by):
        raise NotVisible(_("Berkas ini tidak ada atau di luar wewenang Anda."))
    if page.state != PreparationState.READY:
        raise ActionRefused(_("Salinan bersih gambar ini belum siap. Coba lagi sebentar lagi."))
    data = vault.load(settings.CLEAN_ROOT, page.clean_name)
    _tell(CaseEvent.BERKAS_DILIHAT, document, by, at, {"document": document.pk, "page": page.position})
    return watermark(data, watermark_lines(case=document.case, by=by, at=at))


def is_readable(document: CaseDocument, by: User) -> bool:
    """Whether a person who sees the case may read this paper.

    A proof of service is for whoever has to do with the hearing, what the respondent sent for whoever invites.
    """
    if document.kind == DocumentKind.SERVICE_PROOF:
        return document.service.clarification.host in hosts_for(by)
    return document.kind != DocumentKind.RESPONDENT_EVIDENCE or inviting_refusal(document.case, by) is None


def _prepare(page: DocumentPage, at: datetime) -> bool:
    if not DocumentPage.objects.begin_attempt(page):
        return False
    try:
        columns = keep_clean_copy(page, rebuild(open_original(page)), at)
    except UnsafeImage as refusal:
        page.state, page.refusal, page.prepared_at = PreparationState.NEEDS_PERSON, refusal.code.value, at
        columns = ["state", "refusal", "prepared_at"]
    with transaction.atomic():
        page.save(update_fields=columns)
        _tell(CaseEvent.BERKAS_DIOLAH, page.document, None, at, {"document": page.document_id, "state": page.state})
    return page.state == PreparationState.READY


def _tell(event: CaseEvent, document: CaseDocument, by: User | None, at: datetime, details: dict[str, object]) -> None:
    record(action=event, by=by, at=at, subject_kind="case", subject_id=document.case_id, details=details)
