"""Rules of the catalogue as a letter quotes them: title, code and the law a source prints for the row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cases.models import Case
from cases.opinions import latest_classifications
from cases.rule_texts import rows_by_code, rule_text
from rules.models import CatalogueVersion

Row = Mapping[str, object]


@dataclass(frozen=True)
class QuotedRules:
    """`rows` are JSON; `catalogue` names the versions they were quoted from."""

    rows: list[dict[str, object]]
    catalogue: str


def quoted_rules(case: Case, codes: list[str], day: date) -> QuotedRules:
    """The rules with the texts of the catalogue the case was judged with; those it lacks, as in force on the day."""
    versions = {run.catalogue_version for run in latest_classifications([case.pk])}
    ordered = sorted(versions, key=lambda version: (version.effective_date, version.pk), reverse=True)
    if in_force := CatalogueVersion.objects.in_force_on(day):
        ordered.append(in_force)
    rows: list[dict[str, object]] = []
    quoted: dict[str, None] = {}
    for code in codes:
        holder = next((version for version in ordered if code in rows_by_code(version.content)), None)
        rows.append(_quoted(code, rows_by_code(holder.content)[code] if holder else None))
        quoted |= {str(holder): None} if holder else {}
    return QuotedRules(rows, ", ".join(quoted) or "-")


def _quoted(code: str, row: Row | None) -> dict[str, object]:
    text = rule_text(code, row)
    return {"code": code, "title": text.title, "sources": _printed(row), "caution": text.caution}


def _printed(row: Row | None) -> list[str]:
    """The articles a source names for this row. What we inferred is no basis for a letter."""
    bases = row.get("legal_basis") if row else None
    if not isinstance(bases, list):
        return []
    return [
        str(basis["ref"])
        for basis in bases
        if isinstance(basis, Mapping) and not str(basis.get("confidence", "")).startswith("inferred")
    ]
