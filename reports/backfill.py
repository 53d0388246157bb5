"""Pictures and reports from before there were look-alikes, or compared by an older recipe."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from evidence import likeness, vault
from evidence.images import rebuild
from evidence.refusals import UnsafeImage
from reports.likeness import compare_evidence, compare_report
from reports.models import Evidence, PreparationState, Report

MADE_BY_THIS_RECIPE = Q(likeness__version=likeness.VERSION)


def compare_missing(*, at: datetime) -> Iterator[Evidence | Report]:
    """Compare, oldest first, whatever the workers are done with and was not compared by this recipe.

    Each is compared in a transaction of its own, so that a run may be broken off and begun again. Raises
    evidence.children.ChildUnavailable.
    """
    done = Evidence.objects.not_erased().exclude(state=PreparationState.WAITING).exclude(MADE_BY_THIS_RECIPE)
    for evidence in done.order_by("received_at", "pk").iterator():
        compare_evidence(evidence=evidence, picture_hash=_picture_hash(evidence), at=at)
        yield evidence
    for report in Report.objects.ready_for_review().exclude(MADE_BY_THIS_RECIPE).oldest_first().iterator():
        compare_report(report=report, at=at)
        yield report


def _picture_hash(evidence: Evidence) -> bytes:
    """The hash of the clean copy, made in the decoder's child like any other; empty where there is no copy."""
    if evidence.state != PreparationState.READY:
        return b""
    try:
        return rebuild(vault.load(settings.CLEAN_ROOT, evidence.clean_name)).picture_hash
    except (UnsafeImage, vault.NotInVault):
        return b""
