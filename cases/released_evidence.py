"""The evidence as the accused sees it: released copies and nothing else, each look on record."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.audit import record
from accounts.models import AuditEvent
from cases.copies import Copy, copy_of
from cases.events import CaseEvent
from cases.evidence_access import thumbnail_of
from cases.models import Case, Release, RespondentAccess
from cases.querysets import ReleaseQuerySet
from cases.refusals import NotVisible
from evidence import vault
from evidence.painting import Painted, watermark
from reports.models import PreparationState


def released_pictures(case: Case) -> list[Release]:
    """What the accused is shown now, by number. Whose report was moved to another case is left out."""
    return list(_shown(case).order_by("number"))


def watermarked_release(*, access: RespondentAccess, release_id: UUID, at: datetime) -> Painted:
    """A released copy, marked for whom it is and when, after writing the look down.

    Raises NotVisible, and evidence.vault.NotInVault, evidence.painting.PaintingFailed or
    evidence.children.ChildUnavailable.
    """
    release = _release(access, release_id)
    data = vault.load(settings.CLEAN_ROOT, _copy(release).name)
    _record_look(release, at)
    return watermark(data, _mark(access.case, at))


def small_release(*, access: RespondentAccess, release_id: UUID) -> bytes:
    """A JPEG of a released copy too small to read. Raises as watermarked_release() does."""
    return thumbnail_of(_copy(_release(access, release_id)))


def _shown(case: Case) -> ReleaseQuerySet:
    ready = case.releases.standing().still_in_their_case().filter(evidence__state=PreparationState.READY)
    return ready.select_related("evidence", "copy__evidence")


def _release(access: RespondentAccess, release_id: UUID) -> Release:
    release = _shown(access.case).filter(pk=release_id).first()
    if release is None:
        raise NotVisible(_("Gambar ini tidak ada atau tidak lagi diperlihatkan."))
    return release


def _copy(release: Release) -> Copy:
    return copy_of(release.evidence, release.copy)


def _mark(case: Case, at: datetime) -> list[str]:
    # In the portal's language: who passes the picture on marks it for everybody.
    with override(settings.LANGUAGE_CODE):
        minute = at.astimezone(ZoneInfo(case.region.time_zone)).strftime("%d-%m-%Y %H.%M %Z")
        return [_("Salinan untuk terlapor"), minute]


def _record_look(release: Release, at: datetime) -> None:
    """Once a minute, the minute the watermark names."""
    minute = at.replace(second=0, microsecond=0)
    looks = AuditEvent.objects.about(release.evidence_id).filter(action=CaseEvent.DILIHAT_TERLAPOR, at__gte=minute)
    if looks.filter(details__case=str(release.case_id)).exists():
        return
    record(
        action=CaseEvent.DILIHAT_TERLAPOR,
        by=None,
        at=at,
        subject_kind="evidence",
        subject_id=release.evidence_id,
        details={"case": str(release.case_id), "number": release.number, "sha256": release.copy.sha256},
    )
