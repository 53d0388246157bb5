"""The pictures of a case, for people who may see the case; every look is on record and marks what it shows."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from cases.copies import Copy, copy_for, is_withheld
from cases.events import CaseEvent
from cases.models import Case, Original
from cases.refusals import ActionRefused, NotVisible
from evidence import vault
from evidence.painting import Painted, thumbnail, watermark
from regions.models import Region
from reports.models import Evidence, PreparationState


def case_of(evidence: Original, by: User) -> Case:
    """The case of a picture or a captured link, if this person may see it. Raises NotVisible."""
    case = Case.objects.visible_to(by).filter(case_reports__report=evidence.report_id).first()
    if case is None:
        raise NotVisible(_("Gambar ini tidak ada atau di luar wewenang Anda."))
    return case


def require_ready(evidence: Evidence) -> None:
    """Raises ActionRefused while there is no clean copy."""
    if evidence.state != PreparationState.READY:
        raise ActionRefused(_("Salinan bersih gambar ini belum siap. Coba lagi sebentar lagi."))


def require_shown(evidence: Evidence, case: Case, by: User) -> None:
    """Raises ActionRefused for an office of the accused's own government until the case team looked at the picture."""
    if is_withheld(evidence, case, by):
        raise ActionRefused(_("Gambar ini belum diperiksa Bawaslu untuk kantor Anda."))


def watermarked_copy(
    *, evidence: Evidence, by: User, at: datetime, masked: bool = False, blind: bool = False, turn: int = 0
) -> Painted:
    """The copy this person is shown, marked with who looks and when, after writing the look down.

    A `blind` look is a second reader's, who is not to know which case it is, and of whom the team is not to know.

    Raises NotVisible outside the person's cases, ActionRefused while there is no clean copy, and
    evidence.vault.NotInVault, evidence.painting.PaintingFailed or evidence.children.ChildUnavailable.
    """
    case = case_of(evidence, by)
    require_ready(evidence)
    require_shown(evidence, case, by)
    shown = copy_for(evidence, by, masked=masked)
    data = vault.load(settings.CLEAN_ROOT, shown.name)
    record_look(case=case, evidence=evidence, by=by, at=at, blind=blind)
    return watermark(data, watermark_lines(case=None if blind else case, by=by, at=at), turn=turn)


def small_copy(*, evidence: Evidence, by: User) -> bytes:
    """A JPEG too small to read, made once per copy. Finding a picture in a list is not yet looking at it.

    Raises as watermarked_copy() does.
    """
    case = case_of(evidence, by)
    require_ready(evidence)
    require_shown(evidence, case, by)
    return thumbnail_of(copy_for(evidence, by))


def record_look(*, case: Case, evidence: Evidence, by: User, at: datetime, blind: bool = False) -> None:
    """Write down that somebody looks at a picture: once a minute, the minute its watermark names."""
    minute = at.replace(second=0, microsecond=0)
    event = CaseEvent.BUKTI_DIBACA_KEDUA if blind else CaseEvent.BUKTI_DILIHAT
    looks = AuditEvent.objects.about(evidence.pk).filter(action=event, actor=by, at__gte=minute)
    if looks.exists():
        return
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="evidence",
        subject_id=evidence.pk,
        details={"case": str(case.pk)},
    )


def record_view(*, case: Case, by: User, at: datetime) -> None:
    """Write down that somebody opened the page of the case."""
    record(action=CaseEvent.DILIHAT, by=by, at=at, subject_kind="case", subject_id=case.pk)


def watermark_lines(*, case: Case | None, by: User, at: datetime) -> list[str]:
    """Who looks, for which office, at which minute of the office's clock, at which case.

    A second reader is not to know which case it is.
    """
    minute = at.astimezone(_office_zone(by)).strftime("%d-%m-%Y %H.%M %Z")
    who = " · ".join(filter(None, [str(by), by.office_name]))
    return [who, f"{minute} · {case.reference}" if case else minute]


def _office_zone(by: User) -> ZoneInfo:
    name = Region.objects.filter(pk=by.region_code).values_list("time_zone", flat=True).first()
    return ZoneInfo(name or settings.TIME_ZONE)


def thumbnail_of(shown: Copy) -> bytes:
    """The small JPEG of a copy, made once. Raises as watermarked_copy() does, but for who may see it."""
    name = f"{shown.name}.quarter.jpg"
    try:
        return vault.load(settings.CLEAN_ROOT, name)
    except vault.NotInVault:
        small = thumbnail(vault.load(settings.CLEAN_ROOT, shown.name)).data
        vault.store(settings.CLEAN_ROOT, name, small)
        return small
