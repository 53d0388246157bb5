"""A respondent with a code, reached by the steps that lead there."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Case, RespondentAccess, ServiceWay
from cases.respondent_access import access_with_code, issue_code, write_allegation
from cases.summons import Service, record_service
from tests.case_factories import MONDAY

ALLEGED = "Diduga memasang poster calon wali kota pada pintu masuk balai kelurahan."


@dataclass(frozen=True)
class Invited:
    """The code the office wrote into the letter, and what it opens."""

    code: str
    access: RespondentAccess


def allege(case, *, by, at=MONDAY, **changes):
    """Write what the respondent is told."""
    words = {
        "addressed_to": "Bambang Sutrisno, S.Pd., Lurah Tegalsari",
        "text": ALLEGED,
        "act_date": date(2024, 10, 12),
        "place": "Kelurahan Tegalsari",
    }
    return write_allegation(case=case, by=by, at=at, **(words | changes))


def invite(case, *, by, at=MONDAY) -> Invited:
    """Tell the respondent what is alleged and issue a code."""
    allege(case, by=by, at=at)
    code = issue_code(case=case, by=by, at=at)
    return Invited(code, access_with_code(code, at=at))


def deliver(case: Case, *, by, at: datetime = MONDAY) -> Case:
    """The summons that waits reaches the respondent on that day; without it nobody can be said not to have come."""
    service = Service(way=ServiceWay.IN_PERSON, served_date=at.date(), served_by="Staf sekretariat")
    record_service(clarification=case.clarifications.of_respondent().open().get(), service=service, by=by, at=at)
    return case
