"""Copies that leave the case team: parts made black, or nothing to hide. The original and the clean copy stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.copies import newest_masks, shown_lines
from cases.events import CaseEvent
from cases.evidence_access import case_of, require_ready
from cases.models import Case, MaskedCopy
from cases.refusals import ActionRefused, CopyReplaced, FactsRefused
from cases.releases import hold_with_picture, withdraw_older_copies
from evidence import vault
from evidence.children import ChildUnavailable
from evidence.giveaways import Giveaway, giveaway
from evidence.painting import MOST_BOXES, BoxesRefused, PaintingFailed, Rectangle, mask, whole_blocks
from reports.models import Evidence

# The reader's boxes sit tight around the letters; tails of g and p may stick out.
MARGIN_PER_HEIGHT = 0.15

GIVEAWAY_WORDS: dict[Giveaway, Promise] = {
    Giveaway.PHONE: gettext_lazy("nomor telepon"),
    Giveaway.EMAIL: gettext_lazy("alamat surel"),
    Giveaway.HANDLE: gettext_lazy("nama akun"),
    Giveaway.NIK: gettext_lazy("mirip NIK"),
}


@dataclass(frozen=True)
class MaskableLine:
    """A line that can be hidden as a whole. `why` says what it gives away, empty where nothing was noticed."""

    number: int
    text: str
    box: Rectangle
    why: str


def maskable_lines(evidence: Evidence) -> list[MaskableLine]:
    """The lines of a picture whose place is known, with their boxes a little larger than the letters."""
    lines = []
    for number, line in enumerate(evidence.lines):
        if len(line["box"]) != 4:
            continue
        kind = giveaway(str(line["text"]))
        lines.append(
            MaskableLine(number, str(line["text"]), _roomy(line["box"]), str(GIVEAWAY_WORDS[kind]) if kind else "")
        )
    return lines


def giveaways_left(evidence: Evidence, copy: MaskedCopy | None) -> list[MaskableLine]:
    """Lines a copy still shows (of the clean copy: all) that seem to give somebody away."""
    shown = [line["text"] for line in shown_lines(evidence, copy)]
    return [line for line in maskable_lines(evidence) if line.why and line.text in shown]


def mask_picture(
    *, evidence: Evidence, boxes: Sequence[Rectangle], by: User, at: datetime, seen_sha256: str = ""
) -> MaskedCopy:
    """Burn black boxes into a new copy; it counts from now on.

    Boxes are (left, top, right, bottom) in pixels of the clean copy and grow to whole blocks. `seen_sha256` is of the
    newest copy on the page the person acted on, empty when there was none; raises CopyReplaced when that is another
    one by now, and ActionRefused, FactsRefused or NotVisible.
    """
    case = case_of(evidence, by)
    require(case, Permission.SHARE, by)
    require_ready(evidence)
    burned = _inside(evidence, boxes)
    try:
        painted = mask(vault.load(settings.CLEAN_ROOT, evidence.clean_name), burned)
    except (PaintingFailed, ChildUnavailable, vault.NotInVault) as error:
        raise ActionRefused(_("Salinan tersamar belum bisa dibuat. Coba lagi sebentar lagi.")) from error
    copy = MaskedCopy(
        id=uuid4(),
        evidence=evidence,
        boxes=burned,
        sha256=painted.sha256,
        media_type=painted.media_type,
        by=by,
        at=at,
    )
    with transaction.atomic():
        _require_seen(_hold_newest(case, evidence), seen_sha256)
        # The file first: a row is a promise that there is something to look at.
        vault.store(settings.CLEAN_ROOT, copy.file_name, painted.data)
        _keep(CaseEvent.BUKTI_DISAMARKAN, case, copy, {"sha256": copy.sha256, "boxes": len(burned)})
    return copy


def confirm_nothing_to_hide(*, evidence: Evidence, by: User, at: datetime, seen_sha256: str = "") -> MaskedCopy:
    """Say that the clean copy may leave the case team as it is; it counts from now on, also over a mask that was seen.

    `seen_sha256` as in mask_picture(). Raises NotVisible, CopyReplaced or another ActionRefused.
    """
    case = case_of(evidence, by)
    require(case, Permission.SHARE, by)
    require_ready(evidence)
    copy = MaskedCopy(
        evidence=evidence,
        boxes=[],
        nothing_to_hide=True,
        sha256=evidence.clean_sha256,
        media_type=evidence.clean_media_type,
        by=by,
        at=at,
    )
    with transaction.atomic():
        newest = _hold_newest(case, evidence)
        if newest and newest.nothing_to_hide:
            raise ActionRefused(_("Ini sudah dinyatakan oleh %(who)s.") % {"who": newest.by})
        _require_seen(newest, seen_sha256)
        _keep(CaseEvent.BUKTI_TANPA_SAMARAN, case, copy, {"sha256": copy.sha256})
    return copy


def _hold_newest(case: Case, evidence: Evidence) -> MaskedCopy | None:
    """The copy that counts. Until the transaction ends nobody else makes or releases one of this picture."""
    hold_with_picture(case, evidence)
    return newest_masks([evidence.pk]).get(evidence.pk)


def _require_seen(newest: MaskedCopy | None, seen_sha256: str) -> None:
    if (newest.sha256 if newest else "") != seen_sha256:
        raise CopyReplaced(newest)


def _keep(event: CaseEvent, case: Case, copy: MaskedCopy, details: dict[str, object]) -> None:
    """Keep the row. What is shown to the accused was released by its looks, so a new copy ends that."""
    copy.save(force_insert=True)
    withdraw_older_copies(evidence=copy.evidence, by=copy.by, at=copy.at)
    record(
        action=event,
        by=copy.by,
        at=copy.at,
        subject_kind="evidence",
        subject_id=copy.evidence_id,
        details={"case": str(case.pk)} | details,
    )


def _inside(evidence: Evidence, boxes: Sequence[Rectangle]) -> list[Rectangle]:
    width, height = evidence.clean_width or 0, evidence.clean_height or 0
    try:
        return whole_blocks(boxes, width=width, height=height)
    except BoxesRefused as error:
        if error.outside:
            raise FactsRefused({"boxes": _outside(error.outside, width, height)}) from error
        words = _(
            "Beri paling sedikit satu kotak yang mengenai gambar (%(width)d × %(height)d piksel), "
            "paling banyak %(most)d."
        )
        raise FactsRefused({"boxes": words % {"width": width, "height": height, "most": MOST_BOXES}}) from error


def _outside(box: Rectangle, width: int, height: int) -> str:
    words = _(
        "Kotak «%(box)s» tidak mengenai gambar (%(width)d × %(height)d piksel). Perbaiki atau hapus kotak itu; "
        "belum ada salinan baru yang dibuat."
    )
    return words % {"box": ", ".join(str(side) for side in box), "width": width, "height": height}


def _roomy(box: Sequence[float]) -> Rectangle:
    left, top, right, bottom = box
    margin = (bottom - top) * MARGIN_PER_HEIGHT
    return floor(left - margin), floor(top - margin), ceil(right + margin), ceil(bottom + margin)
