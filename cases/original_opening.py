"""Opening a sealed original: one person asks, a colleague agrees, the worker hands the bytes over.

No process that talks to the network holds the evidence's private key, so the web process cannot open anything. The
worker judges the agreement again, opens the original and locks it into a parcel of its own; the web process opens that
parcel once, for the person who asked, within an hour. See docs/adr/0009.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from nacl.public import PrivateKey

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.evidence_access import case_of
from cases.models import Case, OpeningState, Original, OriginalOpening
from cases.refusals import ActionRefused, FactsRefused
from evidence import vault
from evidence.digests import sha256_hex
from evidence.sealing import SealBroken, unseal
from reports.models_capture import LinkCapture

AGREED_WITHIN = timedelta(hours=24)
TAKEN_WITHIN = timedelta(hours=1)
SHORTEST_REASON = 20
LONGEST_REASON = 1000


def state_of(opening: OriginalOpening, *, at: datetime) -> OpeningState:
    """How far an opening is."""
    if opening.taken_at:
        return OpeningState.TAKEN
    if opening.failed_at:
        return OpeningState.FAILED
    if opening.packed_at:
        return OpeningState.READY if at < opening.packed_at + TAKEN_WITHIN else OpeningState.LAPSED
    since = opening.agreed_at or opening.asked_at
    if at >= since + AGREED_WITHIN:
        return OpeningState.LAPSED
    return OpeningState.AGREED if opening.agreed_at else OpeningState.ASKED


def ask_for_original(*, original: Original, reason: str, by: User, at: datetime) -> OriginalOpening:
    """Ask for the exact bytes of a picture or a captured link. Raises NotVisible, ActionRefused or FactsRefused.

    Who has asked already and still waits gets the same opening again.
    """
    case = case_of(original, by)
    require(case, Permission.OPEN_ORIGINAL, by)
    text = required_text("reason", reason, LONGEST_REASON)
    if len(text) < SHORTEST_REASON:
        raise FactsRefused(
            {"reason": _("Tulis alasannya paling sedikit %(least)d huruf.") % {"least": SHORTEST_REASON}}
        )
    with transaction.atomic():
        type(original)._default_manager.select_for_update(no_key=True).get(pk=original.pk)
        for opening in OriginalOpening.objects.filter(**_column(original), asked_by=by, taken_at=None):
            if state_of(opening, at=at) in {OpeningState.ASKED, OpeningState.AGREED, OpeningState.READY}:
                return opening
        opening = OriginalOpening.objects.create(case=case, **_column(original), reason=text, asked_by=by, asked_at=at)
        record_step(opening, CaseEvent.ASLI_DIMINTA, by=by, at=at, words={"reason": text})
    return opening


def agree_to_original(*, opening: OriginalOpening, by: User, at: datetime) -> OriginalOpening:
    """Agree as the second person, within a day. Raises NotVisible or ActionRefused."""
    if refused := agreeing_refusal(opening, by=by, at=at):
        raise ActionRefused(refused)
    with transaction.atomic():
        waiting = OriginalOpening.objects.filter(pk=opening.pk, agreed_at=None)
        if not waiting.update(agreed_by=by, agreed_at=at):
            raise ActionRefused(_("Orang lain sudah menyetujui permintaan ini."))
        record_step(opening, CaseEvent.ASLI_DISETUJUI, by=by, at=at)
    opening.refresh_from_db()
    return opening


def agreeing_refusal(opening: OriginalOpening, *, by: User, at: datetime) -> str | None:
    """Why this person cannot agree now; None when they can. Raises NotVisible outside the person's cases."""
    require(case_of(opening.original, by), Permission.OPEN_ORIGINAL, by)
    if by.pk == opening.asked_by_id:
        return _("Permintaan Anda sendiri harus disetujui orang lain.")
    if not are_colleagues(by, opening.asked_by):
        return _("Hanya rekan sekantor dari orang yang meminta yang dapat menyetujui.")
    if state_of(opening, at=at) != OpeningState.ASKED:
        return _("Permintaan ini tidak lagi menunggu persetujuan.")
    return None


def are_colleagues(one: User, other: User) -> bool:
    """Whether two people work in the same role for the same office."""
    return (one.role, one.region_code, one.office_name) == (other.role, other.region_code, other.office_name)


def take_original(*, opening: OriginalOpening, by: User, at: datetime) -> bytes:
    """Hand the exact bytes to the person who asked, once. Raises NotVisible or ActionRefused.

    The parcel and its key are gone afterwards, whatever becomes of the download.
    """
    require(case_of(opening.original, by), Permission.OPEN_ORIGINAL, by)
    with transaction.atomic():
        held = OriginalOpening.objects.select_for_update(no_key=True).get(pk=opening.pk)
        if held.asked_by_id != by.pk or state_of(held, at=at) != OpeningState.READY:
            raise ActionRefused(_("Berkas ini tidak siap untuk Anda unduh. Minta lagi bila masih perlu."))
        data = _unpack(held)
        erase_parcel_key(held)
        held.taken_at = at
        held.save(update_fields=["taken_at", "parcel_key", "parcel_sealed_key"])
        record_step(held, CaseEvent.ASLI_DIBUKA, by=by, at=at)
    vault.discard(settings.SEALED_ROOT, held.parcel_name)
    return data


def openings_of(original: Original, case: Case) -> list[OriginalOpening]:
    """Every opening of a picture or a captured link that was asked for, newest first."""
    openings = OriginalOpening.objects.filter(**_column(original), case=case)
    return list(openings.select_related("evidence", "capture", "asked_by", "agreed_by").order_by("-asked_at", "pk"))


def parcel_context(opening: OriginalOpening) -> str:
    """What ties a parcel to its row."""
    return f"opening|{opening.id}|v1"


def erase_parcel_key(opening: OriginalOpening) -> None:
    """Make every copy of the parcel worthless; the caller saves."""
    opening.parcel_key = opening.parcel_sealed_key = None


def record_step(
    opening: OriginalOpening,
    action: CaseEvent,
    *,
    by: User | None,
    at: datetime,
    words: Mapping[str, object] | None = None,
    **details: str,
) -> None:
    """One event about the picture or the link; what is known of a link goes by the id of its report."""
    record(
        action=action,
        by=by,
        at=at,
        subject_kind="evidence" if opening.evidence_id else "link",
        subject_id=str(opening.evidence_id or opening.capture_id),
        details={"case": str(opening.case_id), "opening": str(opening.pk), **details},
        words=words,
    )


def _column(original: Original) -> dict[str, Any]:
    return {"capture" if isinstance(original, LinkCapture) else "evidence": original}


def _unpack(opening: OriginalOpening) -> bytes:
    try:
        ciphertext = vault.load(settings.SEALED_ROOT, opening.parcel_name)
        key = PrivateKey(bytes(opening.parcel_key or b""))
        data = unseal(bytes(opening.parcel_sealed_key or b""), ciphertext, key, parcel_context(opening))
    except (vault.NotInVault, SealBroken, ValueError, TypeError) as error:
        raise ActionRefused(_("Berkas ini tidak dapat dibuka lagi. Minta sekali lagi.")) from error
    if sha256_hex(data) != opening.original.sha256:
        raise ActionRefused(_("Berkas ini tidak sama dengan yang diterima. Beri tahu admin nasional."))
    return data
