"""What a correction of the status does to what the PPK decided and to an appeal against it."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.decisions import decisions
from cases.facts import StatusCorrection
from cases.models import Appeal
from cases.status import Outcome, Status
from cases.workflow import refusal
from tests.case_factories import MONDAY, decree, make_case, step

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def contested(sari, budi):
    """A sanction with an appeal nobody has decided."""
    return step(make_case(by=sari, second=budi, status=Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)


def correct(case, by, *targets):
    for target in targets:
        step(case, Action.KOREKSI_STATUS, by=by, at=MONDAY + DAY, facts=StatusCorrection(target=target))
    return case


@pytest.mark.parametrize(
    ("targets", "again"),
    [
        ([Status.TINDAK_LANJUT], Action.CATAT_SANKSI),
        ([Status.TINDAK_LANJUT, Status.SANKSI], Action.PERBAIKI_SANKSI),
        ([Status.SELESAI, Status.TINDAK_LANJUT], Action.CATAT_SANKSI),
    ],
)
def test_an_appeal_waits_against_the_sanction_recorded_again(contested, sari, nasrul, targets, again):
    case = correct(contested, nasrul, *targets)
    step(case, again, by=sari, at=MONDAY + 2 * DAY, facts=decree(TODAY))
    appeal = Appeal.objects.get()
    assert appeal.sanction == case.sanction
    events = AuditEvent.objects.about(case.pk).filter(action=again).order_by("-id")
    assert events.first().details["moved_appeal"] == appeal.pk
    assert "belum diputus" in refusal(case, Action.TUTUP, sari)
    step(case, Action.CATAT_HASIL_KEBERATAN, by=sari, at=MONDAY + 3 * DAY)
    assert step(case, Action.TUTUP, by=sari, at=MONDAY + 3 * DAY).outcome == Outcome.SANKSI


def test_a_later_decree_is_not_what_the_appeal_was_about(contested, sari, nasrul):
    case = correct(contested, nasrul, Status.TINDAK_LANJUT)
    step(case, Action.CATAT_SANKSI, by=sari, at=MONDAY + 2 * DAY, facts=decree(TODAY + DAY))
    assert case.sanction.appeals.count() == 0
    told = [dict(row.facts)["Hasil"] for row in decisions(case, by=sari) if row.title == "Upaya administratif"]
    assert told == ["Tidak diputus: sanksinya ditarik"]
    step(case, Action.CATAT_KEBERATAN, by=sari, at=MONDAY + 2 * DAY)
    assert refusal(case, Action.CATAT_HASIL_KEBERATAN, sari) is None


def test_an_appeal_left_behind_twice_is_not_carried_twice(contested, sari, nasrul):
    """Of two that wait, the one against the latest decree goes on."""
    case = correct(contested, nasrul, Status.TINDAK_LANJUT)
    step(case, Action.CATAT_SANKSI, by=sari, at=MONDAY + 2 * DAY, facts=decree(TODAY + DAY))
    step(case, Action.CATAT_KEBERATAN, by=sari, at=MONDAY + 2 * DAY)
    step(case, Action.PERBAIKI_SANKSI, by=sari, at=MONDAY + 2 * DAY, facts=decree(TODAY))
    assert case.sanction.appeals.get().filed_date == TODAY + 2 * DAY
