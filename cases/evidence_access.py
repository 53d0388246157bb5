"""The pictures of a case, for people who may see the case; every look is on record."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from cases.events import CaseEvent
from cases.models import Case
from cases.refusals import ActionRefused, NotVisible
from reports.models import Evidence, PreparationState


def clean_copy(*, evidence: Evidence, by: User, at: datetime) -> Path:
    """Where the clean copy lies (never the original), after writing down who looked.

    Raises NotVisible outside the person's cases, ActionRefused while there is no clean copy.
    """
    case = Case.objects.visible_to(by).filter(case_reports__report=evidence.report_id).first()
    if case is None:
        raise NotVisible(_("Gambar ini tidak ada atau di luar wewenang Anda."))
    if evidence.state != PreparationState.READY:
        raise ActionRefused(_("Salinan bersih gambar ini belum siap. Coba lagi sebentar lagi."))
    record(
        action=CaseEvent.BUKTI_DILIHAT,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=case.pk,
        details={"evidence": str(evidence.pk)},
    )
    return Path(settings.CLEAN_ROOT) / evidence.clean_name


def record_view(*, case: Case, by: User, at: datetime) -> None:
    """Write down that somebody opened the page of the case."""
    record(action=CaseEvent.DILIHAT, by=by, at=at, subject_kind="case", subject_id=case.pk)
