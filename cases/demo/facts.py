"""From a planned step in a file to the facts the workflow takes."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from cases.actions import Action
from cases.demo.timing import Calendar
from cases.facts import (
    ClarificationPlan,
    ClarificationResult,
    Completion,
    Duplicate,
    Facts,
    FollowUpEntry,
    RecommendationDraft,
    RegistrationEntry,
    SanctionDecree,
)
from cases.models import Case, ClarificationHost, ClarificationMethod, DisciplineLevel, GakkumduKind
from cases.outcome_facts import GakkumduEntry, NoSanctionLetter
from cases.sanction_forms import OTHER_FORM

Given = Mapping[str, Any]
Builder = Callable[[Given, Calendar, Mapping[str, Case]], Facts]


def _completion(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return Completion(missing=given["missing"], due_date=calendar.day(given["due"]))


def _registration(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return RegistrationEntry(number=given["number"], registered_date=calendar.day(given["day"]))


def _plan(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return ClarificationPlan(
        scheduled_date=calendar.day(given["held"]),
        # Before the demo's officers come to their desks, so that they can write on the same day who stayed away
        starts=time(8),
        place=given.get("place", "Kantor Bawaslu setempat"),
        method=ClarificationMethod(given["method"]),
        host=ClarificationHost(given["host"]),
        # Of an older register; without one the portal makes the letter.
        letter_number=given.get("number", ""),
    )


def _result(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return ClarificationResult(
        held_date=calendar.day(given["day"]),
        attended=given.get("attended", True),
        method=ClarificationMethod(given.get("method", ClarificationMethod.IN_PERSON)),
        minutes=given["minutes"],
    )


def _letter(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return RecommendationDraft(
        letter_number=given.get("number", ""),
        letter_date=calendar.day(given["day"]) if "number" in given else None,
        reasons=given["reasons"],
        proposed_level=DisciplineLevel(given["level"]) if "level" in given else None,
        level_reason=given.get("level_reason", ""),
    )


def _follow_up(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return FollowUpEntry(happened_date=calendar.day(given["day"]), actor=given["actor"], text=given["text"])


def _decree(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return SanctionDecree(
        level=DisciplineLevel(given["level"]),
        form_code=given.get("form_code", OTHER_FORM),
        form=given["form"],
        decree_number=given["number"],
        decree_date=calendar.day(given["decree"]),
        imposed_by=given["imposed_by"],
    )


def _no_sanction(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return NoSanctionLetter(
        decided_by=given["decided_by"], letter_number=given["number"], letter_date=calendar.day(given["letter"])
    )


def _gakkumdu(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return GakkumduEntry(
        kind=GakkumduKind(given["kind"]),
        happened_date=calendar.day(given["held"]),
        happened_time=time.fromisoformat(given["time"]) if "time" in given else None,
        letter_number=given["number"],
        text=given["text"],
    )


def _duplicate(given: Given, calendar: Calendar, cases: Mapping[str, Case]) -> Facts:
    return Duplicate(other=cases[given["other"]])


FACTS: dict[Action, Builder] = {
    Action.MINTA_PERBAIKAN: _completion,
    Action.DAFTARKAN: _registration,
    Action.JADWALKAN_KLARIFIKASI: _plan,
    Action.JADWALKAN_ULANG: _plan,
    Action.CATAT_KLARIFIKASI: _result,
    Action.SUSUN_REKOMENDASI: _letter,
    Action.CATAT_TINDAK_LANJUT: _follow_up,
    Action.CATAT_SANKSI: _decree,
    Action.CATAT_TIDAK_TERBUKTI: _no_sanction,
    Action.CATAT_GAKKUMDU: _gakkumdu,
    Action.TANDAI_DOBEL: _duplicate,
}
