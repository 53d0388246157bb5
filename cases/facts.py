"""What a step records. Each class checks itself and names the field, the limit and the remedy."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, time
from uuid import UUID

from django.utils.translation import gettext as _

from cases.models import Case, ClarificationEnding, ClarificationHost, ClarificationMethod, DisciplineLevel
from cases.sanction_forms import OTHER_FORM, is_form_of
from cases.status import Status

Problems = dict[str, str]
LONGEST_TEXT = 10_000
LONGEST_LETTER_NUMBER = 80


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Facts of one step. Texts are required and bounded unless the class says otherwise."""

    def problems(self, today: date) -> Problems:
        """What is wrong, by field; empty when the facts can be recorded. `today` is the office's date."""
        return {
            field.name: problem
            for field in fields(self)
            if isinstance(text := getattr(self, field.name), str)
            if text.strip() or field.name not in self.optional()
            if (problem := text_problem(text, self.limits().get(field.name, LONGEST_TEXT)))
        }

    def optional(self) -> frozenset[str]:
        """Fields that may be empty."""
        return frozenset()

    def limits(self) -> dict[str, int]:
        """Longest text by field, in characters, where it is shorter than LONGEST_TEXT."""
        return {}

    def summary(self) -> dict[str, object]:
        """What the audit keeps for good: dates, choices and codes."""
        return {}

    def words(self) -> dict[str, object]:
        """What the audit keeps until the case is erased: the short texts, never the long ones."""
        return {name: getattr(self, name).strip() for name in self.limits()}


@dataclass(frozen=True, kw_only=True)
class Completion(Facts):
    """What is to be completed, until when, and of which reports; none chosen means those that lack something."""

    missing: str
    due_date: date
    asked: Collection[UUID] = ()

    def problems(self, today: date) -> Problems:
        found = super().problems(today)
        if self.due_date <= today:
            found["due_date"] = _("Batas perbaikan harus sesudah hari ini. Pilih tanggal mulai besok.")
        return found

    def summary(self) -> dict[str, object]:
        return {"due_date": self.due_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class Duplicate(Facts):
    """The case this one repeats."""

    other: Case
    # The version of the other case on the page the person acted on
    other_version: int | None = None

    def summary(self) -> dict[str, object]:
        return {"other": str(self.other.pk), "other_reference": self.other.reference}


@dataclass(frozen=True, kw_only=True)
class RegistrationEntry(Facts):
    """The entry in the office's register."""

    number: str
    registered_date: date

    def problems(self, today: date) -> Problems:
        return super().problems(today) | _not_in_future("registered_date", self.registered_date, today)

    def limits(self) -> dict[str, int]:
        return {"number": 80}

    def summary(self) -> dict[str, object]:
        return {"registered_date": self.registered_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class ClarificationPlan(Facts):
    """When, where, how and by whom the respondent is heard.

    `letter_number` is of an invitation made outside the portal; empty: the portal makes it and gives the number.
    """

    scheduled_date: date
    method: ClarificationMethod
    host: ClarificationHost
    starts: time | None = None
    place: str = ""
    letter_number: str = ""

    def problems(self, today: date) -> Problems:
        found = super().problems(today)
        if self.scheduled_date < today:
            found["scheduled_date"] = _("Tanggal klarifikasi sudah lewat. Pilih hari ini atau sesudahnya.")
        if self.letter_number.strip():
            return found
        return found | invitation_problems(method=self.method, starts=self.starts, place=self.place)

    def optional(self) -> frozenset[str]:
        return frozenset({"place", "letter_number"})

    def limits(self) -> dict[str, int]:
        return {"place": 200, "letter_number": LONGEST_LETTER_NUMBER}

    def summary(self) -> dict[str, object]:
        return {
            "scheduled_date": self.scheduled_date.isoformat(),
            "method": str(self.method),
            "host": str(self.host),
        }


@dataclass(frozen=True, kw_only=True)
class ClarificationResult(Facts):
    """What came of a clarification. Minutes are required also when nobody came: they say so.

    A hearing held by Kesbangpol, and no other, has an `ending`: guidance given, or a proposal to Bawaslu.
    """

    held_date: date
    attended: bool
    method: ClarificationMethod
    minutes: str
    ending: ClarificationEnding | None = None
    ending_text: str = ""

    def problems(self, today: date) -> Problems:
        found = super().problems(today) | _not_in_future("held_date", self.held_date, today)
        if self.ending and (problem := text_problem(self.ending_text, LONGEST_TEXT)):
            found["ending_text"] = problem
        if self.ending == ClarificationEnding.GUIDANCE and not self.attended:
            found["ending"] = _("Terlapor yang tidak hadir tidak dapat dibina. Pilih usulan kepada Bawaslu.")
        return found

    def optional(self) -> frozenset[str]:
        return frozenset({"ending", "ending_text"})

    def problems_of_host(self, host: str) -> Problems:
        """What is wrong with the ending, given who held the hearing."""
        if host == ClarificationHost.KESBANGPOL and not self.ending:
            return {
                "ending": _("Klarifikasi oleh Kesbangpol berakhir dengan pembinaan atau usulan. Pilih salah satunya.")
            }
        if host != ClarificationHost.KESBANGPOL and self.ending:
            return {"ending": _("Hanya klarifikasi oleh Kesbangpol berakhir begitu. Kosongkan pilihan ini.")}
        return {}

    def summary(self) -> dict[str, object]:
        told: dict[str, object] = {
            "held_date": self.held_date.isoformat(),
            "attended": self.attended,
            "method": str(self.method),
        }
        return told | ({"ending": str(self.ending)} if self.ending else {})


@dataclass(frozen=True, kw_only=True)
class RecommendationDraft(Facts):
    """The letter. Its date decides the body it goes to; the level stays empty where the law leaves it open.

    Number and date are of a letter made outside the portal; without them the portal makes it, dated today.
    """

    reasons: str
    letter_number: str = ""
    letter_date: date | None = None
    proposed_level: DisciplineLevel | None = None
    # Why the level is not the one most similar cases got
    level_reason: str = ""

    def problems(self, today: date) -> Problems:
        found = super().problems(today)
        if self.letter_number.strip() and self.letter_date is None:
            found["letter_date"] = _("Isi tanggal surat yang dibuat di luar portal.")
        if self.letter_date and not self.letter_number.strip():
            found["letter_number"] = _(
                "Isi nomor surat yang dibuat di luar portal, atau kosongkan tanggalnya: portal memberi nomor hari ini."
            )
        return found | (_not_in_future("letter_date", self.letter_date, today) if self.letter_date else {})

    def optional(self) -> frozenset[str]:
        return frozenset({"proposed_level", "level_reason", "letter_number"})

    def limits(self) -> dict[str, int]:
        return {"letter_number": LONGEST_LETTER_NUMBER}

    def summary(self) -> dict[str, object]:
        return {"proposed_level": str(self.proposed_level or "")}


@dataclass(frozen=True, kw_only=True)
class FollowUpEntry(Facts):
    """What the oversight body or the PPK answered or did."""

    happened_date: date
    actor: str
    text: str

    def problems(self, today: date) -> Problems:
        return super().problems(today) | _not_in_future("happened_date", self.happened_date, today)

    def limits(self) -> dict[str, int]:
        return {"actor": 150}

    def summary(self) -> dict[str, object]:
        return {"happened_date": self.happened_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class SanctionDecree(Facts):
    """What the PPK imposed, as the decree says it: a form of the level, or one only the decree's own words name."""

    level: DisciplineLevel
    decree_number: str
    decree_date: date
    imposed_by: str
    form_code: str = OTHER_FORM
    form: str = ""

    def problems(self, today: date) -> Problems:
        found = super().problems(today) | _not_in_future("decree_date", self.decree_date, today)
        if not is_form_of(self.form_code, self.level):
            found["form_code"] = _("Bentuk ini bukan untuk tingkat itu. Pilih bentuk lain atau ubah tingkatnya.")
        return found

    def optional(self) -> frozenset[str]:
        return frozenset() if self.form_code == OTHER_FORM else frozenset({"form"})

    def limits(self) -> dict[str, int]:
        return {"form": 200, "decree_number": 80, "imposed_by": 150}

    def summary(self) -> dict[str, object]:
        return {
            "level": str(self.level),
            "form_code": self.form_code,
            "decree_date": self.decree_date.isoformat(),
        }


@dataclass(frozen=True, kw_only=True)
class StatusCorrection(Facts):
    """The status the national admin puts a case in."""

    target: Status


def invitation_problems(*, method: ClarificationMethod, starts: time | None, place: str) -> Problems:
    """What an invitation made by the portal lacks, by field; an answer in writing needs neither hour nor place."""
    if method == ClarificationMethod.WRITTEN:
        return {}
    hour = {} if starts else {"starts": _("Isi pukulnya: surat undangan memuatnya.")}
    return hour | ({} if place.strip() else {"place": _("Isi tempat atau tautannya: surat undangan memuatnya.")})


def text_problem(text: str, longest: int) -> str:
    """What is wrong with a required text; empty when nothing is."""
    if not text.strip():
        return _("Wajib diisi.")
    if len(text) > longest:
        return _("Terlalu panjang: paling banyak %(longest)d huruf, ini %(length)d. Singkatkan.") % {
            "longest": longest,
            "length": len(text),
        }
    return ""


def _not_in_future(field: str, day: date, today: date) -> Problems:
    if day > today:
        return {field: _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")}
    return {}
