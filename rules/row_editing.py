"""Changing one row of the draft. What the form says is written into the YAML of the draft, which stays the truth."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from rules.catalogue import CatalogueError
from rules.catalogue.lined_yaml import read_yaml, without_lines
from rules.catalogue.row_text import RowNotFound, find_row, with_fields
from rules.drafting import DraftRefused, Mistake, mistake_in, save_draft
from rules.models import CatalogueDraft


class RowRefused(DraftRefused):
    """The row would hold this mistake; nothing was written."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(f"{mistake.file}:{mistake.line}: {mistake.words}")
        self.mistake = mistake


@transaction.atomic
def save_row(
    *, draft: CatalogueDraft, code: str, row: Mapping[str, Any], edition: int, by: User, at: datetime
) -> CatalogueDraft:
    """Write a row anew, with `row` as RowForm.row() gives it; a row it is paired with follows.

    A mistake elsewhere in the draft does not stand in the way. Raises RowRefused where the row itself would be wrong,
    DraftRefused as save_draft() does or where the row cannot be found.
    """
    try:
        files = _paired(draft.files, code, row)
        place = find_row(files, str(row["code"]))
    except RowNotFound:
        raise DraftRefused(
            _("Baris %(code)s tidak dapat diubah lewat formulir. Ubah di halaman teks draf.") % {"code": code}
        ) from None
    mistake = mistake_in(files)
    if mistake and place.holds(mistake.file, mistake.line):
        raise RowRefused(mistake)
    return save_draft(files=files, edition=edition, by=by, at=at)


def option_words(files: Mapping[str, str]) -> dict[str, str]:
    """The forms of sanction meta.yaml has words for; none where it cannot be read."""
    try:
        meta = without_lines(read_yaml("meta.yaml", files["meta.yaml"]))
    except CatalogueError:
        return {}
    words = meta.get("sanction_words") if isinstance(meta, dict) else None
    return {str(name): str(text) for name, text in words.items()} if isinstance(words, dict) else {}


def _paired(files: Mapping[str, str], code: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The files with the row and with the rows that were or become its counterpart."""
    new_code, partner = str(row["code"]), row["counterpart"]
    before = find_row(files, code).fields.get("counterpart")
    changed = with_fields(files, code, row)
    if before and (before != partner or code != new_code):
        changed = _pointed(changed, before, new_code if before == partner else None)
    if partner and before != partner:
        left = find_row(changed, partner).fields.get("counterpart")
        if left and left != new_code:
            changed = _pointed(changed, left, None)
        changed = _pointed(changed, partner, new_code)
    return changed


def _pointed(files: Mapping[str, str], code: str, counterpart: str | None) -> dict[str, str]:
    try:
        return with_fields(files, code, {"counterpart": counterpart})
    except RowNotFound:
        return dict(files)
