"""Writing the next catalogue. A draft may hold mistakes; it says where they are and counts for nobody yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from rules.catalogue import CatalogueError, parse_catalogue, read_files
from rules.catalogue.parser import FILES, digest_of
from rules.models import CatalogueDraft, CatalogueVersion

LONGEST_FILE = 200_000
DRAFT = "draft"

_WHERE = re.compile(r"(?P<file>[a-z0-9_]+\.yaml):(?P<line>\d+): (?P<words>.*)", re.DOTALL)


class DraftRefused(Exception):
    """Nothing was written. `str()` says why and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a draft and where; `text` is the line as it stands there."""

    file: str
    line: int
    words: str
    text: str


@transaction.atomic
def start_draft(*, by: User, at: datetime) -> CatalogueDraft:
    """A draft that begins as the version that takes effect last. One that is already open is returned unchanged.

    A file that version did not have yet begins as the release has it.
    """
    newest = CatalogueVersion.objects.exclude(files={}).latest_first().first()
    draft, is_new = CatalogueDraft.objects.get_or_create(
        id=CatalogueDraft.ONLY,
        defaults={"files": read_files() | (newest.files if newest else {}), "changed_at": at, "changed_by": by},
    )
    if is_new:
        _record("catalogue.draft_started", by=by, at=at, details={"from": newest.digest if newest else ""})
    return draft


@transaction.atomic
def save_draft(*, files: Mapping[str, str], edition: int, by: User, at: datetime) -> CatalogueDraft:
    """Keep the texts of the files, right or wrong. `edition` is the one the person was looking at.

    Raises DraftRefused where the draft is gone or somebody saved in between, or a file is missing or too long.
    """
    draft = opened_draft(edition)
    if set(files) != set(FILES) or any(len(text) > LONGEST_FILE for text in files.values()):
        raise DraftRefused(
            _("Tiap berkas harus ada dan paling panjang %(most)d huruf. Periksa lagi.") % {"most": LONGEST_FILE}
        )
    texts = {name: _tidied(files[name]) for name in FILES}
    changed = [name for name in FILES if texts[name] != draft.files[name]]
    if not changed:
        return draft
    draft.files, draft.edition, draft.changed_at, draft.changed_by = texts, edition + 1, at, by
    draft.save()
    details: dict[str, object] = {"files": changed, "edition": draft.edition, "digest": digest_of(texts)}
    _record("catalogue.draft_saved", by=by, at=at, details=details)
    return draft


@transaction.atomic
def discard_draft(*, edition: int, by: User, at: datetime) -> None:
    """Throw the draft away. Raises DraftRefused like save_draft()."""
    opened_draft(edition).delete()
    _record("catalogue.draft_discarded", by=by, at=at, details={"edition": edition})


def opened_draft(edition: int) -> CatalogueDraft:
    """The draft as the person saw it, held until the transaction ends. Raises DraftRefused."""
    draft = CatalogueDraft.objects.select_for_update(no_key=True).filter(pk=CatalogueDraft.ONLY).first()
    if draft is None:
        raise DraftRefused(_("Draf ini sudah tidak ada: sudah terbit atau dibuang. Buka daftar versi lagi."))
    if draft.edition != edition:
        raise DraftRefused(
            _("Draf ini baru saja diubah oleh %(who)s. Salin dulu perubahan Anda, buka draf lagi, lalu ulangi.")
            % {"who": draft.changed_by}
        )
    return draft


def mistake_in(files: Mapping[str, str]) -> Mistake | None:
    """The first mistake in the files, or None where they make a catalogue."""
    try:
        parse_catalogue(files)
    except CatalogueError as error:
        return _mistake(str(error), files)
    return None


def missing_english(files: Mapping[str, str]) -> tuple[str, ...]:
    """Texts without English, each as file:line and reason; none where a mistake keeps the files from being read.

    They do not stand against publishing: the English page of such a row shows its Indonesian and says so.
    """
    try:
        return parse_catalogue(files).untranslated
    except CatalogueError:
        return ()


def _mistake(message: str, files: Mapping[str, str]) -> Mistake:
    found = _WHERE.fullmatch(message)
    if found is None:
        return Mistake("meta.yaml", 1, message, "")
    lines, line = files[found["file"]].split("\n"), int(found["line"])
    return Mistake(found["file"], line, found["words"], lines[line - 1] if line <= len(lines) else "")


def _tidied(text: str) -> str:
    """As the files of a release are kept: Unix line ends and one at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"


def _record(action: str, *, by: User, at: datetime, details: dict[str, object]) -> None:
    audit.record(action=action, by=by, at=at, subject_kind="catalogue", subject_id=DRAFT, details=details)
