"""A case goes to the office of another region only when that office accepts it.

The giving office proposes and stays responsible; accepting is the workflow's step ALIHKAN. Kesbangpol of neither
region learns of a proposal: it is told in no timeline Kesbangpol reads and counts no version of the case, so that no
refusal names it either.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.claim import hold, require_current
from cases.events import CaseEvent
from cases.letters.issuing import withdraw_drafts
from cases.models import MOVABLE, Case, Handover, HandoverAnswer
from cases.recording import Recorded, Step
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from regions.models import Region

LONGEST_REASON = 2_000


def waiting_handover(case: Case) -> Handover | None:
    """The proposal that waits for an answer."""
    return Handover.objects.waiting().filter(case=case).select_related("to_region", "proposed_by").first()


def is_offered_to(case: Case, by: User) -> bool:
    """Whether this person, who need not see the case, may be asked to take it over."""
    return Handover.objects.waiting().offered_to(by).filter(case=case).exists()


def accepting_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot accept the case for the receiving office; None when they can."""
    row = waiting_handover(case)
    if row is None:
        return _("Tidak ada usulan alih yang menunggu. Kantor yang memegang kasus mengusulkannya lebih dulu.")
    return answering_refusal(row, by)


def answering_refusal(row: Handover, by: User) -> str | None:
    """Why this person cannot accept or decline; None when they can. The office that proposed does not answer itself."""
    if not by.may(Permission.REGISTER) or not by.works_in(row.to_region_id):
        return _("Usulan alih ini menunggu jawaban %(office)s.") % {"office": row.to_region}
    if by.region_code == row.proposed_by.region_code:
        return _("Kantor yang mengusulkan tidak dapat menjawab usulannya sendiri.")
    return None


def proposing_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot propose to hand the case over; None when they can."""
    if case.status not in MOVABLE:
        return _("Kasus berstatus «%(status)s» tidak dapat dialihkan lagi.") % {"status": case.get_status_display()}
    if not by.may(Permission.REGISTER):
        return _("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()}
    return None


def propose_handover(
    *, case: Case, region: Region, reason: str, by: User, at: datetime, seen_version: int | None = None
) -> Handover:
    """Ask the office of another region to take the case. Raises NotVisible, FactsRefused or another ActionRefused."""
    require(case, Permission.REGISTER, by)
    require_current(case, seen_version)
    if why := proposing_refusal(case, by):
        raise ActionRefused(why)
    if region.pk == case.region_id:
        raise FactsRefused({"region": _("Kasus sudah berada di wilayah itu. Pilih wilayah lain.")})
    text = required_text("reason", reason, LONGEST_REASON)
    try:
        with transaction.atomic():
            hold(case)
            row = Handover.objects.create(
                case=case, from_region=case.region, to_region=region, reason=text, proposed_by=by, proposed_at=at
            )
            _tell(CaseEvent.ALIH_DIUSULKAN, row, text, by, at)
    except IntegrityError as error:
        raise ActionRefused(_("Kasus ini sudah diusulkan untuk dialihkan. Tarik dulu usulan itu.")) from error
    return row


def decline_handover(*, handover: Handover, reason: str, by: User, at: datetime) -> None:
    """The receiving office leaves the case where it is and says why.

    Raises NotVisible, FactsRefused or another ActionRefused.
    """
    _require_visible(handover, by)
    if why := answering_refusal(handover, by):
        raise ActionRefused(why)
    text = required_text("reason", reason, LONGEST_REASON)
    with transaction.atomic():
        _answer(handover, HandoverAnswer.DECLINED, by, at, text)
        _tell(CaseEvent.ALIH_DITOLAK, handover, text, by, at)


def withdraw_handover(*, handover: Handover, by: User, at: datetime) -> None:
    """The giving office keeps the case after all. Raises NotVisible or another ActionRefused."""
    require(handover.case, Permission.REGISTER, by)
    with transaction.atomic():
        _answer(handover, HandoverAnswer.WITHDRAWN, by, at)
        _tell(CaseEvent.ALIH_DITARIK, handover, "", by, at)


def take_over(step: Step) -> Recorded:
    """What accepting records: the case begins anew at the receiving office, held by nobody and shared with nobody.

    Letters the giving office drafted and did not sign are withdrawn.
    """
    row = waiting_handover(step.case)
    if row is None:
        raise ActionRefused(_("Usulan ini sudah dijawab atau ditarik kembali."))
    _answer(row, HandoverAnswer.ACCEPTED, step.by, step.at)
    withdraw_drafts(case=step.case, by=step.by, at=step.at)
    return Recorded(
        changes={
            "region": row.to_region,
            "transferred_at": step.at,
            "assigned_to": None,
            "assigned_at": None,
            "shared_with_kesbangpol_at": None,
            "shared_with_kesbangpol_by": None,
        },
        details={"from_region": row.from_region_id, "to_region": row.to_region_id, "handover": row.pk},
    )


def _require_visible(handover: Handover, by: User) -> None:
    if not Handover.objects.visible_to(by).filter(pk=handover.pk).exists():
        raise NotVisible(_("Usulan ini tidak ada atau di luar wewenang Anda."))


def _answer(row: Handover, answer: HandoverAnswer, by: User, at: datetime, reason: str = "") -> None:
    """Of many who answer at once one does. Raises ActionRefused."""
    open_row = Handover.objects.filter(pk=row.pk, answer="")
    if not open_row.update(answer=answer, answer_reason=reason, answered_by=by, answered_at=at):
        raise ActionRefused(_("Usulan ini sudah dijawab atau ditarik kembali."))
    row.refresh_from_db()


def _tell(event: CaseEvent, row: Handover, reason: str, by: User, at: datetime) -> None:
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=row.case_id,
        details={"handover": row.pk, "from_region": row.from_region_id, "to_region": row.to_region_id},
        words={"reason": reason},
    )
