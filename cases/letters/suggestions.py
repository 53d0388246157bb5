"""What the writer of a letter would otherwise type off the case page: the fields of a form begin with it."""

from django.utils.translation import gettext as _

from cases.completeness import missing_in_case
from cases.letters.kinds import LetterKind
from cases.models import Case
from reports.completeness import Kind, Requirement


def suggested_additions(case: Case, kind: LetterKind) -> dict[str, str]:
    """Texts by the names of the kind's additions; none where a person has to begin."""
    if kind != LetterKind.KAJIAN_AWAL:
        return {}
    lacking = missing_in_case(case)
    return {side.value: _side(lacking, side) for side in Kind}


def _side(lacking: list[Requirement], side: Kind) -> str:
    labels = [str(row.label) for row in lacking if row.kind is side]
    if labels:
        return _("Belum terpenuhi: %(labels)s.") % {"labels": "; ".join(labels)}
    return _("Syarat yang dapat diperiksa portal terpenuhi.")
