"""The chain of custody of a picture or a captured link: every step taken with it, oldest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent, User
from cases.events import BLIND, event_label
from cases.timeline import erased_lines
from evidence.refusals import Refusal
from reports import custody as first_links
from reports.models import Evidence, ReadingState
from reports.models_capture import LINK_VISITED, LinkCapture


@dataclass(frozen=True, kw_only=True)
class CustodyStep:
    """One step. `who` and `office` are empty for the reporter and the machine; `lines` are (label, text) pairs.

    Readers outside the case team get no lines, and of the machine's and the reporter's steps the day only: the hour of
    the intake and the hash of an original could give away who sent the report.
    """

    name: str
    what: str
    at: datetime
    who: str
    office: str
    lines: list[tuple[str, str]]
    day_only: bool


def custody(evidence: Evidence, *, by: User) -> list[CustodyStep]:
    """Every step taken with a picture, as far as this person may know."""
    return custody_of([evidence.pk], for_team=not by.powers.needs_sharing)[evidence.pk]


def custody_of(evidence_ids: Iterable[UUID], *, for_team: bool) -> dict[UUID, list[CustodyStep]]:
    """The steps taken with each of these pictures, in one query, without the blind looks of a second reader."""
    steps: dict[UUID, list[CustodyStep]] = {identifier: [] for identifier in evidence_ids}
    events = AuditEvent.objects.about(*steps).filter(subject_kind="evidence").exclude(action__in=BLIND).to_read()
    for event in events.oldest_first():
        steps[UUID(event.subject_id)].append(_step(event, for_team))
    return steps


def custody_of_link(capture: LinkCapture) -> list[CustodyStep]:
    """The steps taken with what was captured of a link, for the case team."""
    events = AuditEvent.objects.about(capture.pk).filter(Q(subject_kind="link") | Q(action=LINK_VISITED))
    return [_step(event, for_team=True) for event in events.select_related("actor").oldest_first()]


def _step(event: AuditEvent, for_team: bool) -> CustodyStep:
    return CustodyStep(
        name=event.action,
        what=_label(event),
        at=event.at,
        who=str(event.actor) if event.actor else "",
        office=event.actor.office_name if event.actor else "",
        lines=_lines(event) if for_team else [],
        day_only=event.actor is None and not for_team,
    )


def _lines(event: AuditEvent) -> list[tuple[str, str]]:
    told = event.told
    lines = [(str(label), words(told[name])) for name, (label, words) in LINES.items() if name in told]
    return [*lines, *erased_lines(event)]


def _label(event: AuditEvent) -> str:
    if event.action != first_links.PREPARED:
        return str(LABELS.get(event.action) or event_label(event.action))
    if "reading" in event.details:
        failed = event.details["reading"] == ReadingState.FAILED
        return _("Teks gagal dibaca mesin") if failed else _("Teks dibaca mesin")
    return _("Salinan bersih dibuat") if "clean_sha256" in event.details else _("Dekoder menolak gambar ini")


def _refusal(value: object) -> str:
    return str(REFUSED.get(str(value), value))


LABELS: Mapping[str, Promise] = {
    first_links.RECEIVED: gettext_lazy("Diterima dari pelapor"),
    first_links.SEALED: gettext_lazy("Berkas asli disegel"),
    LINK_VISITED: gettext_lazy("Halaman tautan direkam mesin dan disegel"),
}
REFUSED: Mapping[str, Promise] = {
    Refusal.TOO_COMPLEX: gettext_lazy("terlalu rumit untuk dibuka dengan aman"),
    Refusal.UNREADABLE: gettext_lazy("rusak"),
    Refusal.NOT_CLEAN: gettext_lazy("tidak dapat dibersihkan"),
}
COPIES: Mapping[str, Promise] = {
    "original": gettext_lazy("berkas asli"),
    "clean": gettext_lazy("salinan bersih"),
    "masked": gettext_lazy("salinan tersamar"),
}
LINES: Mapping[str, tuple[Promise, Callable[[object], str]]] = {
    "sha256": (gettext_lazy("SHA-256"), str),
    "clean_sha256": (gettext_lazy("SHA-256"), str),
    "byte_size": (gettext_lazy("Ukuran"), lambda value: str(filesizeformat(str(value)))),
    "key": (gettext_lazy("Kunci segel"), str),
    "refusal": (gettext_lazy("Sebab"), _refusal),
    "boxes": (gettext_lazy("Kotak hitam"), str),
    "reason": (gettext_lazy("Alasan"), str),
    "copy": (gettext_lazy("Salinan"), lambda value: str(COPIES.get(str(value), value))),
}
