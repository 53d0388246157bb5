"""Writing the next version of a template: tried out with sample facts, then published for good."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from cases.letters.kinds import LetterKind
from cases.letters.models import LAYOUT
from cases.letters.typesetting import Mistake, TemplateBroken, typeset
from cases.models import LetterTemplate

SAMPLES = Path(__file__).parent / "data" / "contoh.json"
LONGEST_SOURCE = 60_000


class TemplateRefused(Exception):
    """Nothing was written. `str()` says why and what to do, in plain words."""


@transaction.atomic
def start_template(*, kind: str, by: User, at: datetime) -> LetterTemplate:
    """A draft that begins as the template in force. One that is already open is returned unchanged."""
    source = LetterTemplate.objects.in_force(kind).source
    draft, is_new = LetterTemplate.objects.get_or_create(
        kind=kind, version=None, defaults={"source": source, "changed_by": by, "changed_at": at}
    )
    if is_new:
        _record("template.started", draft, by=by, at=at)
    return draft


@transaction.atomic
def save_template(*, kind: str, source: str, edition: int, by: User, at: datetime) -> LetterTemplate:
    """Keep the text, right or wrong. `edition` is the one the person was looking at. Raises TemplateRefused."""
    draft = _opened(kind, edition)
    if len(source) > LONGEST_SOURCE:
        raise TemplateRefused(_("Templat paling panjang %(most)d huruf. Singkatkan.") % {"most": LONGEST_SOURCE})
    draft.source = source.replace("\r\n", "\n").rstrip() + "\n"
    draft.edition, draft.changed_by, draft.changed_at = edition + 1, by, at
    draft.save()
    _record("template.saved", draft, by=by, at=at)
    return draft


@transaction.atomic
def publish_template(*, kind: str, edition: int, by: User, at: datetime) -> LetterTemplate:
    """From now on letters of this kind are set with the draft. Raises TemplateRefused, also for a broken one."""
    draft = _opened(kind, edition)
    if mistake := template_mistake(draft, at=at):
        raise TemplateRefused(
            _("Belum bisa diterbitkan: baris %(line)d, %(words)s") % {"line": mistake.line, "words": mistake.words}
        )
    latest = LetterTemplate.objects.in_force(kind)
    draft.version, draft.changed_by, draft.changed_at = (latest.version or 0) + 1, by, at
    draft.save()
    _record("template.published", draft, by=by, at=at)
    return draft


@transaction.atomic
def discard_template(*, kind: str, edition: int, by: User, at: datetime) -> None:
    """Throw the draft away. Raises TemplateRefused."""
    draft = _opened(kind, edition)
    _record("template.discarded", draft, by=by, at=at)
    draft.delete()


def template_mistake(template: LetterTemplate, *, at: datetime) -> Mistake | None:
    """The first mistake, or None when every letter it makes can be set. A layout is tried under every letter."""
    for kind in _tried(template):
        for is_draft in (True, False):
            try:
                preview(template, kind=kind, at=at, is_draft=is_draft)
            except TemplateBroken as broken:
                return broken.mistake
    return None


def preview(template: LetterTemplate, *, kind: str, at: datetime, is_draft: bool = True) -> bytes:
    """The letter as this template would make it of sample facts, a draft unless said. Raises TemplateBroken."""
    in_force = LetterTemplate.objects.in_force
    layout = template.source if template.kind == LAYOUT else in_force(LAYOUT).source
    body = in_force(kind).source if template.kind == LAYOUT else template.source
    as_draft: dict[str, Any] = {"draft": True, "number": "", "date": ""} if is_draft else {"draft": False}
    return typeset(layout=layout, body=body, data=sample(kind) | as_draft, at=at)


def sample(kind: str) -> dict[str, Any]:
    """Facts of a letter about nobody."""
    samples = _samples()
    return samples["semua"] | samples[kind]


@lru_cache(maxsize=1)
def _samples() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(SAMPLES.read_text(encoding="utf-8"))
    return found


def _tried(template: LetterTemplate) -> list[str]:
    return [str(kind) for kind in LetterKind] if template.kind == LAYOUT else [template.kind]


def _opened(kind: str, edition: int) -> LetterTemplate:
    """The draft as the person saw it, held until the transaction ends."""
    drafts = LetterTemplate.objects.drafts().select_for_update(no_key=True)
    draft: LetterTemplate | None = drafts.filter(kind=kind).first()
    if draft is None:
        raise TemplateRefused(_("Draf ini sudah tidak ada: sudah terbit atau dibuang. Buka daftar templat lagi."))
    if draft.edition != edition:
        raise TemplateRefused(
            _("Draf ini baru saja diubah oleh %(who)s. Salin dulu perubahan Anda, buka draf lagi, lalu ulangi.")
            % {"who": draft.changed_by}
        )
    return draft


def _record(action: str, draft: LetterTemplate, *, by: User, at: datetime) -> None:
    details: dict[str, object] = {"kind": draft.kind, "edition": draft.edition, "version": draft.version or ""}
    record(action=action, by=by, at=at, subject_kind="letter_template", subject_id=draft.kind, details=details)
