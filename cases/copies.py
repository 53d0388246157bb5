"""Which copy of a picture, and which words read from it, a person is shown.

The case team of Bawaslu and those who check its work see the clean copy. An office outside the team (Kesbangpol, which
belongs to a local government) sees the masked copy where there is one, and no word that lies under a box. Of a case
about its own house it sees a picture only once somebody masked it or said that nothing needs hiding.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from cases.models import Case, MaskedCopy
from reports.models import Evidence

# Larger than any picture that is taken in, in pixels
EVERYWHERE = (0, 0, 1_000_000, 1_000_000)


@dataclass(frozen=True)
class Copy:
    """A file beside the clean copies; `sha256` in hexadecimal. `mask` is None for the clean copy itself."""

    name: str
    media_type: str
    sha256: str
    mask: MaskedCopy | None = None


def newest_masks(evidence_ids: Iterable[UUID]) -> dict[UUID, MaskedCopy]:
    """The masked copy that counts for each of these pictures that has one."""
    rows = MaskedCopy.objects.filter(evidence__in=list(evidence_ids)).select_related("by")
    return {row.evidence_id: row for row in rows.order_by("at", "pk")}


def binding_masks(masks: Iterable[MaskedCopy], case: Case, by: User) -> dict[UUID, MaskedCopy]:
    """Of these masks (oldest first) those that bind this person, by picture; none for the case team.

    A picture of the case that is withheld from the person has one that hides every word.
    """
    if not by.powers.needs_sharing:
        return {}
    found = {mask.evidence_id: mask for mask in masks}
    if not is_own_house(case, by):
        return found
    pictures = [picture.pk for link in case.case_reports.all() for picture in link.report.evidence.all()]
    return {picture: MaskedCopy(boxes=[EVERYWHERE]) for picture in pictures} | found


def is_own_house(case: Case, by: User) -> bool:
    """Whether the person's office belongs to the government the accused works for, or may work for."""
    return by.powers.needs_sharing and case.respondent.employer_code in {"", by.region_code}


def is_withheld(evidence: Evidence, case: Case, by: User) -> bool:
    """Whether this person waits for the case team to look at a picture of a case that was shared with the own house."""
    return is_own_house(case, by) and evidence.pk not in newest_masks([evidence.pk])


def copy_for(evidence: Evidence, by: User, *, masked: bool = False) -> Copy:
    """The copy this person is shown; `masked` asks for the one that may leave the team, where there is one."""
    mask = newest_masks([evidence.pk]).get(evidence.pk) if masked or by.powers.needs_sharing else None
    return copy_of(evidence, mask)


def copy_of(evidence: Evidence, mask: MaskedCopy | None) -> Copy:
    """The masked copy, or the clean copy without one or where nothing needs hiding."""
    if mask is not None and not mask.nothing_to_hide:
        return Copy(mask.file_name, mask.media_type, mask.sha256, mask)
    return Copy(evidence.clean_name, evidence.clean_media_type, evidence.clean_sha256)


def shown_lines(evidence: Evidence, mask: MaskedCopy | None) -> list[Mapping[str, object]]:
    """The lines read from a picture without those a box touches; a line whose place is unknown is not shown either."""
    lines: list[Mapping[str, object]] = evidence.lines
    if mask is None or mask.nothing_to_hide:
        return lines
    return [line for line in lines if not _is_touched(line.get("box"), mask.boxes)]


def shown_text(evidence: Evidence, mask: MaskedCopy | None) -> str:
    """The text read from a picture, as far as it is shown."""
    if mask is None or mask.nothing_to_hide:
        return evidence.text
    return "\n".join(str(line["text"]) for line in shown_lines(evidence, mask))


def _is_touched(box: object, boxes: Iterable[tuple[int, int, int, int]]) -> bool:
    if not isinstance(box, list) or len(box) != 4:
        return True
    left, top, right, bottom = box
    return any(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in boxes)
