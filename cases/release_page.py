"""The page on which somebody decides whether the accused is shown a picture."""

from dataclasses import dataclass

from accounts.models import User
from cases.copies import newest_masks
from cases.masking import MaskableLine, giveaways_left
from cases.models import Case, MaskedCopy, Release
from cases.releases import release_refusal
from reports.models import Evidence, PreparationState


@dataclass(frozen=True, kw_only=True)
class ReleasePage:
    """What the page shows. `refusal` says why nothing can be shown to the accused now; empty when it can.

    `giveaways` are lines the copy still shows that seem to point at somebody; the machine does not see faces.
    """

    evidence: Evidence
    is_viewable: bool
    copy: MaskedCopy | None
    release: Release | None
    giveaways: list[MaskableLine]
    refusal: str


def release_page(case: Case, evidence: Evidence, *, by: User) -> ReleasePage:
    """Read a picture of a case the person may see."""
    copy = newest_masks([evidence.pk]).get(evidence.pk)
    return ReleasePage(
        evidence=evidence,
        is_viewable=evidence.state == PreparationState.READY,
        copy=copy,
        release=case.releases.standing().filter(evidence=evidence).select_related("by").first(),
        giveaways=giveaways_left(evidence, copy),
        refusal=release_refusal(case, by) or "",
    )
