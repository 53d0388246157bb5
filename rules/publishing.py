"""A draft becomes the law of the machine: from its effective date on, for good."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEvent, User
from rules.catalogue import Catalogue, parse_catalogue
from rules.catalogue.parser import digest_of
from rules.drafting import DraftRefused, mistake_in, opened_draft
from rules.models import LONGEST_LABEL, CatalogueDraft, CatalogueVersion

# As many characters of the digest as the audit's subject holds; enough to tell versions apart.
_SUBJECT = 40
TRIED = "catalogue.simulated"


def record_trial(*, draft: CatalogueDraft, counts: Mapping[str, int], by: User, at: datetime) -> None:
    """Write down that somebody tried out exactly this text and how many reports it would answer otherwise.

    The audit keeps it, so looking writes nothing else; without it publish() refuses.
    """
    digest = digest_of(draft.files)
    audit.record(
        action=TRIED,
        by=by,
        at=at,
        subject_kind="catalogue",
        subject_id=digest[:_SUBJECT],
        details={"digest": digest, **counts},
    )


def was_tried(draft: CatalogueDraft) -> bool:
    """Whether the text as it stands was tried out on reports that have come in."""
    digest = digest_of(draft.files)
    tried = AuditEvent.objects.filter(action=TRIED, subject_kind="catalogue", subject_id=digest[:_SUBJECT])
    return tried.filter(details__digest=digest).exists()


@transaction.atomic
def publish(*, edition: int, by: User, at: datetime) -> CatalogueVersion:
    """Make the draft a published version; its own `effective_date` says from which day it counts.

    Raises DraftRefused where the draft changed, holds a mistake, was not tried out as it stands, or
    why_not_publishable() has a reason.
    """
    draft = opened_draft(edition)
    if mistake := mistake_in(draft.files):
        raise DraftRefused(
            _("%(file)s baris %(line)d salah: %(words)s. Perbaiki dulu.")
            % {"file": mistake.file, "line": mistake.line, "words": mistake.words}
        )
    catalogue = parse_catalogue(draft.files)
    if reason := why_not_publishable(catalogue, today=timezone.localdate(at)):
        raise DraftRefused(reason)
    if not was_tried(draft):
        raise DraftRefused(
            _("Teks draf ini belum diuji. Tekan “Uji draf yang tersimpan”, baca yang berubah, lalu terbitkan.")
        )
    version = _published(catalogue, draft, at)
    draft.delete()
    audit.record(
        action="catalogue.published",
        by=by,
        at=at,
        subject_kind="catalogue",
        subject_id=version.digest[:_SUBJECT],
        details={"effective_date": version.effective_date.isoformat()},
        words={"label": version.label},
    )
    return version


def why_not_publishable(catalogue: Catalogue, *, today: date) -> str:
    """What stands against publishing a catalogue without mistakes, in plain words; empty for nothing.

    It may not take effect in the past, because reports were judged by another version then.
    """
    if not 0 < len(catalogue.label) <= LONGEST_LABEL:
        return _("label di meta.yaml harus 1 sampai %(most)d huruf.") % {"most": LONGEST_LABEL}
    if catalogue.effective_date < today:
        return _("effective_date di meta.yaml sudah lewat. Tulis %(today)s atau sesudahnya.") % {
            "today": date_format(today, "Y-m-d")
        }
    if CatalogueVersion.objects.filter(label=catalogue.label).exists():
        return _("label %(label)s di meta.yaml sudah dipakai versi lain. Tulis label baru.") % {
            "label": catalogue.label
        }
    return ""


def _published(catalogue: Catalogue, draft: CatalogueDraft, at: datetime) -> CatalogueVersion:
    return CatalogueVersion.objects.create(
        digest=catalogue.version,
        label=catalogue.label,
        effective_date=catalogue.effective_date,
        content=dict(catalogue.content),
        files=draft.files,
        loaded_at=at,
    )
