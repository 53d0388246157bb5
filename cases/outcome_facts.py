"""What is recorded after a recommendation was sent or a case took the criminal route. Facts as in `cases.facts`."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from cases.facts import Facts, Problems
from cases.models import AppealBody, GakkumduKind, Ruling


@dataclass(frozen=True, kw_only=True)
class DatedFacts(Facts):
    """Facts with one date that cannot lie ahead; `dated` names it."""

    def dated(self) -> str:
        """The name of the date."""
        raise NotImplementedError

    def problems(self, today: date) -> Problems:
        found = super().problems(today)
        if getattr(self, self.dated()) > today:
            found[self.dated()] = _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")
        return found


@dataclass(frozen=True, kw_only=True)
class ReminderEntry(DatedFacts):
    """A letter that asks the body what became of the recommendation."""

    letter_number: str
    letter_date: date

    def dated(self) -> str:
        return "letter_date"

    def limits(self) -> dict[str, int]:
        return {"letter_number": 80}

    def summary(self) -> dict[str, object]:
        return {"letter_date": self.letter_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class NoSanctionLetter(DatedFacts):
    """The letter in which the PPK says that it imposes nothing. Why is the reason of the step."""

    decided_by: str
    letter_number: str
    letter_date: date

    def dated(self) -> str:
        return "letter_date"

    def limits(self) -> dict[str, int]:
        return {"decided_by": 150, "letter_number": 80}

    def summary(self) -> dict[str, object]:
        return {"letter_date": self.letter_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class AppealFiling(DatedFacts):
    """An appeal against the sanction that counts."""

    appeal_body: AppealBody
    filed_date: date

    def dated(self) -> str:
        return "filed_date"

    def summary(self) -> dict[str, object]:
        return {"appeal_body": str(self.appeal_body), "filed_date": self.filed_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class AppealResult(DatedFacts):
    """What came of the appeal, short of an annulment."""

    ruling: Ruling
    decision_number: str
    decided_date: date

    def problems(self, today: date) -> Problems:
        found = super().problems(today)
        if self.ruling == Ruling.ANNULLED:
            found["ruling"] = _("Untuk pembatalan gunakan langkah «Catat pembatalan sanksi».")
        return found

    def dated(self) -> str:
        return "decided_date"

    def limits(self) -> dict[str, int]:
        return {"decision_number": 80}

    def summary(self) -> dict[str, object]:
        return {"ruling": str(self.ruling), "decided_date": self.decided_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class AppealAnnulment(DatedFacts):
    """The decision that takes the sanction away."""

    decision_number: str
    decided_date: date

    def dated(self) -> str:
        return "decided_date"

    def limits(self) -> dict[str, int]:
        return {"decision_number": 80}

    def summary(self) -> dict[str, object]:
        return {"ruling": str(Ruling.ANNULLED), "decided_date": self.decided_date.isoformat()}


@dataclass(frozen=True, kw_only=True)
class GakkumduEntry(DatedFacts):
    """A step on the criminal route."""

    kind: GakkumduKind
    happened_date: date
    letter_number: str
    text: str
    happened_time: time | None = None

    def problems(self, today: date) -> Problems:
        found = super().problems(today)
        if self.kind == GakkumduKind.FORWARDED and self.happened_time is None:
            found["happened_time"] = _("Isi pukulnya: berkas diteruskan dalam 24 jam, jadi jamnya menentukan.")
        return found

    def dated(self) -> str:
        return "happened_date"

    def limits(self) -> dict[str, int]:
        return {"letter_number": 80}

    def summary(self) -> dict[str, object]:
        hour = {"happened_time": self.happened_time.isoformat("minutes")} if self.happened_time else {}
        return {"gakkumdu": str(self.kind), "happened_date": self.happened_date.isoformat(), **hour}
