"""A blind second reading of some cases: who is drawn, who may read, what they held.

The second reader sees reports and evidence, but neither the machine's findings nor what the first reader made of them.
Nobody chooses the cases: a keyed hash of the case and the day it was opened decides.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from accounts.roles import Permission
from cases.access import required_text
from cases.events import BLIND, CaseEvent
from cases.models import Assessment, Case, Conclusion, SecondReading, SecondReadingDraw
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.rulebook import is_in_force
from cases.status import Outcome, Status

# Of a hundred cases whose triage is over, about five are read twice.
SHARE = 0.05
_LOTS = 2**32
_BEFORE_TRIAGE_ENDS = (Status.MASUK, Status.KAJIAN_AWAL, Status.PERBAIKAN)
_NOT_JUDGED = (Outcome.DOBEL, Outcome.DITUTUP_ADMIN)


def lot_of(case: Case) -> float:
    """A number from 0 to below 1 that hangs on the case, the day it was opened and the portal's secret alone."""
    text = f"{case.pk} {localdate(case.opened_at)}"
    digest = salted_hmac("cases.second_reading", text, algorithm="sha256").digest()
    return int.from_bytes(digest[:4], "big") / _LOTS


@transaction.atomic
def draw_cases(*, at: datetime, share: float = SHARE) -> int:
    """Draw from the cases whose triage is over and whose rules somebody assessed; returns how many were new.

    A case whose lot is not below the share is never drawn, however often this runs.
    """
    judged = Case.objects.filter(Exists(Assessment.objects.filter(case=OuterRef("pk"))), second_reading_draw=None)
    judged = judged.exclude(status__in=_BEFORE_TRIAGE_ENDS).exclude(outcome__in=_NOT_JUDGED)
    drawn = [case for case in judged.only("pk", "opened_at").iterator() if lot_of(case) < share]
    rows = [SecondReadingDraw(case=case, drawn_at=at) for case in drawn]
    return len(SecondReadingDraw.objects.bulk_create(rows, ignore_conflicts=True))


def waiting_for(by: User) -> "QuerySet[SecondReadingDraw]":
    """Drawn cases this person may read blind, oldest first: of the own region, not read yet, never touched.

    Having opened the page of a case is touching it: the machine's findings stand there.
    """
    if not by.may(Permission.ASSESS):
        return SecondReadingDraw.objects.none()
    own_steps = AuditEvent.objects.filter(actor=by, subject_id=Cast(OuterRef("case_id"), CharField()))
    own_steps = own_steps.exclude(action__in=[*BLIND, CaseEvent.BUKTI_DILIHAT])
    waiting = SecondReadingDraw.objects.filter(case__in=Case.objects.visible_to(by), reading=None)
    waiting = waiting.exclude(case__assigned_to=by).exclude(Exists(own_steps))
    return waiting.select_related("case__region__parent").order_by("drawn_at", "pk")


def open_reading(*, draw_id: UUID, by: User, at: datetime) -> SecondReadingDraw:
    """The drawn case, after writing down who looked. Raises NotVisible for whoever may not read it blind."""
    draw = _readable(draw_id, by)
    record(action=CaseEvent.DIBACA_KEDUA, by=by, at=at, subject_kind="case", subject_id=draw.case_id)
    return draw


@transaction.atomic
def record_reading(
    *, draw_id: UUID, conclusion: Conclusion, rule_codes: Sequence[str], reason: str, by: User, at: datetime
) -> SecondReading:
    """Keep what the second reader holds. Raises NotVisible, FactsRefused, or ActionRefused after somebody else did."""
    draw = _readable(draw_id, by)
    SecondReadingDraw.objects.select_for_update(no_key=True).get(pk=draw.pk)
    if SecondReading.objects.filter(draw=draw).exists():
        raise ActionRefused(_("Orang lain baru saja membaca kasus ini. Pilih yang lain dari daftar."))
    codes = _checked_codes(conclusion, rule_codes)
    reading = SecondReading.objects.create(
        draw=draw, conclusion=conclusion, rule_codes=codes, reason=required_text("reason", reason), by=by, at=at
    )
    # Not what was held: the first reader's office may read the audit of its cases.
    record(action=CaseEvent.PEMBACAAN_KEDUA, by=by, at=at, subject_kind="case", subject_id=draw.case_id)
    return reading


def _readable(draw_id: UUID, by: User) -> SecondReadingDraw:
    draw = waiting_for(by).filter(pk=draw_id).first()
    if draw is None:
        raise NotVisible(_("Pembacaan ini tidak ada, sudah selesai, atau bukan untuk Anda."))
    return draw


def _checked_codes(conclusion: Conclusion, rule_codes: Sequence[str]) -> list[str]:
    codes = sorted(set(rule_codes))
    if conclusion == Conclusion.VIOLATION and not codes:
        raise FactsRefused({"rule_codes": _("Centang paling sedikit satu aturan yang dilanggar.")})
    if conclusion != Conclusion.VIOLATION and codes:
        raise FactsRefused({"rule_codes": _("Kesimpulan Anda bukan pelanggaran. Hapus centang pada aturan.")})
    if not all(is_in_force(code) for code in codes):
        raise FactsRefused({"rule_codes": _("Aturan ini tidak ada dalam katalog. Pilih dari daftar.")})
    return codes
