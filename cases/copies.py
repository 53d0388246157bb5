"""Which copy of a picture, and which words read from it, a person is shown.

The case team of Bawaslu and those who check its work see the clean copy. An office outside the team (Kesbangpol, which
belongs to a local government) sees the masked copy where there is one, and no word that lies under a box.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from cases.models import MaskedCopy
from reports.models import Evidence


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


def binding_masks(masks: Iterable[MaskedCopy], by: User) -> dict[UUID, MaskedCopy]:
    """Of these masks (oldest first) those that bind this person, by picture; none for the case team."""
    return {mask.evidence_id: mask for mask in masks} if by.powers.needs_sharing else {}


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
