"""A picture becomes viewable: the sealed original is opened in the worker, rebuilt from its pixels and read."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts import audit
from evidence import vault
from evidence.images import CleanImage, rebuild
from evidence.refusals import UnsafeImage
from evidence.text import ReadingFailed, ReadText, read_text
from reports.likeness import compare_evidence
from reports.models import Evidence, PreparationState, ReadingState, ViewableImage
from reports.originals import open_original


@dataclass(frozen=True, slots=True)
class Reading:
    """Outcome of reading a picture; `text` is None where no engine could."""

    text: ReadText | None


def prepare_evidence(*, evidence: Evidence, at: datetime) -> None:
    """Make the clean copy of a picture and read its text; what is already done is not done again.

    A picture the decoder refuses needs a person and is never shown. One that cannot be read is still viewable.
    Raises originals.OriginalDamaged, evidence.vault.NotInVault, OSError or evidence.children.ChildUnavailable:
    then a later try may succeed.
    """
    make_clean_copy(evidence=evidence, at=at)
    reading = read_clean_copy(evidence=evidence)
    if reading:
        store_reading(evidence=evidence, reading=reading, at=at)


def make_clean_copy(*, evidence: Evidence, at: datetime) -> None:
    """Rebuild the picture and store the copy, or note that it was refused. Raises as prepare_evidence()."""
    if evidence.state != PreparationState.WAITING:
        return
    try:
        clean = rebuild(open_original(evidence))
    except UnsafeImage as refusal:
        _store_refusal(evidence, refusal, at)
    else:
        store_clean_copy(evidence=evidence, clean=clean, at=at)


def store_clean_copy(*, evidence: Evidence, clean: CleanImage, at: datetime) -> None:
    """Keep the clean copy of a picture, which is viewable from now on. Raises OSError with nothing noted."""
    columns = keep_clean_copy(evidence, clean, at)
    with transaction.atomic():
        _save(evidence, columns, at, {"state": evidence.state, "clean_sha256": clean.sha256})
        # Compared again once its text is read; a picture nobody can read is compared all the same.
        compare_evidence(evidence=evidence, picture_hash=clean.picture_hash, at=at)


def keep_clean_copy(image: ViewableImage, clean: CleanImage, at: datetime) -> list[str]:
    """Write the file of a clean copy and note it on the row, unsaved; returns the columns to save.

    Raises OSError with nothing to save.
    """
    image.state = PreparationState.READY
    image.clean_sha256 = clean.sha256
    image.clean_media_type = clean.media_type
    image.clean_width, image.clean_height = clean.width, clean.height
    image.frames_dropped = clean.frames_dropped
    image.prepared_at = at
    # The file first: a row that says `ready` is a promise that there is something to look at.
    vault.store(settings.CLEAN_ROOT, image.clean_name, clean.data)
    columns = ["state", "clean_sha256", "clean_media_type", "clean_width", "clean_height", "frames_dropped"]
    return [*columns, "prepared_at"]


def read_clean_copy(*, evidence: Evidence) -> Reading | None:
    """Read the text of a viewable picture that was not read yet; takes seconds and writes nothing."""
    if evidence.state != PreparationState.READY or evidence.reading_state != ReadingState.WAITING:
        return None
    try:
        return Reading(read_text(vault.load(settings.CLEAN_ROOT, evidence.clean_name), engine=settings.READING_ENGINE))
    except ReadingFailed:
        return Reading(None)


@transaction.atomic
def store_reading(*, evidence: Evidence, reading: Reading, at: datetime) -> None:
    """Write down what was read, or that it failed, and compare the picture with those of other reports."""
    found = reading.text
    evidence.reading_state = ReadingState.READ if found else ReadingState.FAILED
    if found:
        evidence.text = found.text
        evidence.lines = [asdict(line) for line in found.lines]
        evidence.reading_engine = found.engine
    _save(evidence, ["reading_state", "text", "lines", "reading_engine"], at, {"reading": evidence.reading_state})
    compare_evidence(evidence=evidence, at=at)


def _store_refusal(evidence: Evidence, refusal: UnsafeImage, at: datetime) -> None:
    evidence.state = PreparationState.NEEDS_PERSON
    evidence.reading_state = ReadingState.FAILED
    evidence.refusal = refusal.code
    evidence.prepared_at = at
    details: dict[str, object] = {"state": evidence.state, "refusal": refusal.code.value}
    _save(evidence, ["state", "reading_state", "refusal", "prepared_at"], at, details)


@transaction.atomic
def _save(evidence: Evidence, columns: list[str], at: datetime, details: dict[str, object]) -> None:
    evidence.save(update_fields=columns)
    audit.record(
        action="evidence.prepared",
        by=None,
        at=at,
        subject_kind="evidence",
        subject_id=evidence.id,
        details={"report": str(evidence.report_id), **details},
    )
