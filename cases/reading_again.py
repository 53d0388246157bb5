"""A picture whose text the machine could not read is tried once more when a reviewer asks for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.events import CaseEvent
from cases.models import Case
from cases.refusals import ActionRefused
from reports import outbox, publishing
from reports.models import Evidence, PreparationState, ReadingState, Step


def can_be_read_again(evidence: Evidence) -> bool:
    """Whether there is something to read and the last try failed; while a try goes on it is no more `failed`."""
    return evidence.state == PreparationState.READY and evidence.reading_state == ReadingState.FAILED


@transaction.atomic
def read_again(*, case: Case, evidence: Evidence, by: User, at: datetime) -> None:
    """Promise another try; what it finds is classified together with the rest of the report.

    Raises NotVisible, and ActionRefused where the last try did not fail.
    """
    require(case, Permission.ASSESS, by)
    of_case = Evidence.objects.filter(pk=evidence.pk, report__case_link__case=case)
    picture = of_case.select_for_update(of=("self",), no_key=True).first()
    if picture is None or not can_be_read_again(picture):
        raise ActionRefused(_("Gambar ini tidak perlu dibaca ulang. Muat ulang halamannya."))
    picture.reading_state = ReadingState.WAITING
    picture.save(update_fields=["reading_state"])
    entry = outbox.enqueue(step=Step.PREPARE_EVIDENCE, report=picture.report, evidence=picture, at=at)
    details: dict[str, object] = {"case": str(case.pk)}
    record(
        action=CaseEvent.BUKTI_DIBACA_ULANG,
        by=by,
        at=at,
        subject_kind="evidence",
        subject_id=picture.pk,
        details=details,
    )
    publishing.announce_on_commit([entry])
