"""A whole report goes: identity, words, pictures, and everything the machine derived from them.

What stays is what is counted (lane, dates, region, platform, labels and probabilities), the hashes of the pictures, and
the digest of the receipt code, so that its holder is told what became of the report.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import User
from reports.erasing import erase_originals
from reports.models import Evidence, Finding, Report
from reports.models_capture import LinkCapture
from reports.models_likeness import Alike, EvidenceLikeness, ReportLikeness, SenderMark

# What an erased row holds in each of its columns
ERASED_REPORT: dict[str, object] = {
    "narrative": "",
    "link": "",
    "link_address": "",
    "respondent_name": "",
    "respondent_post": "",
    "respondent_agency": "",
    "respondent_nip": "",
    "candidate": "",
    # Tells when somebody close to the act learned of it
    "known_since": None,
    "identity_key": None,
    "identity_box": None,
}
# The words that spoke for a finding are quotations of the report.
ERASED_FINDING: dict[str, object] = {"spans": []}


def erase_report(*, report: Report, by: User | None, at: datetime, reason: str) -> int:
    """Erase a report for good; returns how many pictures went with it. A report erased before is passed over.

    Raises erasing.NotErased without a reason or while the machine still works on the report.
    """
    with transaction.atomic():
        if Report.objects.select_for_update(no_key=True).get(pk=report.pk).erased_at is not None:
            return 0
        pictures = erase_originals(report=report, by=by, at=at, reason=reason)
        _forget_likeness(report)
        Finding.objects.filter(classification__report=report).update(**ERASED_FINDING)
        LinkCapture.objects.filter(report=report).update(requested_url="", final_url="")
        Report.objects.filter(pk=report.pk).update(**ERASED_REPORT, erased_at=at)
        audit.record(
            action="report.erased",
            by=by,
            at=at,
            subject_kind="report",
            subject_id=report.pk,
            details={"pictures": pictures},
            words={"reason": reason.strip()},
        )
    return pictures


def _forget_likeness(report: Report) -> None:
    """Signatures of texts and pictures, and the spellings of a name, still tell what was there."""
    of_report = Evidence.objects.filter(report=report)
    EvidenceLikeness.objects.filter(evidence__in=of_report).delete()
    SenderMark.objects.filter(evidence__in=of_report).delete()
    ReportLikeness.objects.filter(report=report).delete()
    Alike.objects.filter(Q(report=report) | Q(other=report)).delete()
