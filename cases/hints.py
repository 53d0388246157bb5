"""What a screenshot seems to say about its post, and what people say of that. Rows are only added."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.models import Case, ConfirmedHint, HintVerdict
from cases.refusals import FactsRefused
from evidence.hints import Hint, HintKind, hints_of
from evidence.lines import ReadLine
from reports.models import Evidence

LONGEST_VALUE = 100
KIND_NAMES = {
    HintKind.PLATFORM: gettext_lazy("Platform"),
    HintKind.HANDLE: gettext_lazy("Akun"),
    HintKind.DATE: gettext_lazy("Tanggal"),
    HintKind.TIME: gettext_lazy("Jam"),
    HintKind.COUNT: gettext_lazy("Jumlah"),
    HintKind.BALLOT_NUMBER: gettext_lazy("Nomor urut"),
}


@dataclass(frozen=True)
class HintSheet:
    """A hint as a page shows it, with the newest verdict. `place` names it within its picture."""

    place: int
    hint: Hint
    kind_name: str
    verdict: ConfirmedHint | None


def hint_sheets(evidence: Evidence) -> list[HintSheet]:
    """The hints of a picture, in their order."""
    said = {(row.kind, row.suggested): row for row in evidence.confirmed_hints.order_by("at", "pk")}
    return [
        HintSheet(place, hint, str(KIND_NAMES[hint.kind]), said.get((hint.kind.value, hint.value)))
        for place, hint in enumerate(_hints(evidence))
    ]


def judge_hint(
    *, case: Case, evidence: Evidence, hint: Hint, verdict: HintVerdict, value: str = "", by: User, at: datetime
) -> ConfirmedHint:
    """Say whether a hint is right; `value` is what is right instead, asked for with CORRECTED only.

    Raises NotVisible, ActionRefused, and FactsRefused for a hint the picture does not give.
    """
    require(case, Permission.ASSESS, by)
    if not case.case_reports.filter(report=evidence.report_id).exists() or hint not in _hints(evidence):
        raise FactsRefused({"verdict": _("Petunjuk ini sudah berubah. Muat ulang halaman gambarnya.")})
    held = {HintVerdict.CORRECT: hint.value, HintVerdict.WRONG: ""}.get(verdict)
    if held is None:
        held = required_text("value", value, LONGEST_VALUE)
    with transaction.atomic():
        row = ConfirmedHint.objects.create(
            evidence=evidence, kind=hint.kind, suggested=hint.value, verdict=verdict, value=held, by=by, at=at
        )
        # Neither the hint nor its correction: both may name a person.
        details: dict[str, object] = {"hint": row.pk, "kind": hint.kind.value, "verdict": verdict.value}
        record(
            action=CaseEvent.PETUNJUK_DINILAI, by=by, at=at, subject_kind="case", subject_id=case.pk, details=details
        )
    return row


def _hints(evidence: Evidence) -> list[Hint]:
    """The hints short enough to be kept; lines that were stored without a box have an empty one."""
    lines = [ReadLine(line["text"], (0, 0, 0, 0), float(line["confidence"])) for line in evidence.lines]
    return [hint for hint in hints_of(lines) if len(hint.value) <= LONGEST_VALUE]
