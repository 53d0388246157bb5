"""Letting Kesbangpol see a case whose respondent works (or may work) for its own government."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.models import Case
from cases.refusals import ActionRefused


def share_with_kesbangpol(*, case: Case, by: User, at: datetime, seen_version: int | None = None) -> Case:
    """Show the case to Kesbangpol of its region. It cannot be taken back: what was seen is known.

    Raises ActionRefused, also when it was shared before.
    """
    require(case, Permission.SHARE, by)
    require_current(case, seen_version)
    if case.shared_with_kesbangpol_at is not None:
        raise ActionRefused(_("Kasus ini sudah dibagikan kepada Kesbangpol."))
    with transaction.atomic():
        version = claim(case)
        Case.objects.filter(pk=case.pk).update(shared_with_kesbangpol_at=at, shared_with_kesbangpol_by=by)
        record(
            action=CaseEvent.DIBAGIKAN,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "employer": case.respondent.employer_code},
        )
    case.refresh_from_db()
    return case
