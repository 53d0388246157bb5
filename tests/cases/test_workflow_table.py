"""Every status x every step x every role, against a table written by hand from the division of powers."""

from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from itertools import product

import pytest
from django.db import transaction

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.facts import Duplicate, StatusCorrection
from cases.models import Case, ClarificationHost
from cases.status import Status
from cases.transitions import TRANSITIONS
from cases.workflow import Action, ActionRefused, available_actions, refusal
from tests.case_factories import MONDAY, facts_for, make_case, step
from tests.clarification_factories import deliver

pytestmark = pytest.mark.django_db

BOTH = {Role.REVIEWER_BAWASLU, Role.REVIEWER_KESBANGPOL}
BAWASLU = {Role.REVIEWER_BAWASLU}
CLOSE = {Action.TUTUP: (BAWASLU, Status.SELESAI)}
NOT_ASN = {Action.NYATAKAN_BUKAN_ASN: (BAWASLU, Status.SELESAI)}
MERGE = {Action.TANDAI_DOBEL: (BAWASLU, Status.SELESAI)}
REFUSE = {Action.TOLAK_REGISTRASI: (BAWASLU, Status.TIDAK_DIREGISTRASI)}

# status -> step -> (roles that may, status afterwards); whatever is not here must be refused
ALLOWED = {
    Status.MASUK: {Action.MULAI_KAJIAN_AWAL: (BOTH, Status.KAJIAN_AWAL), **MERGE},
    Status.KAJIAN_AWAL: {
        Action.DAFTARKAN: (BAWASLU, Status.DIREGISTRASI),
        Action.MINTA_PERBAIKAN: (BOTH, Status.PERBAIKAN),
        **REFUSE,
        **NOT_ASN,
        **MERGE,
    },
    Status.PERBAIKAN: {Action.TERIMA_PERBAIKAN: (BOTH, Status.KAJIAN_AWAL), **REFUSE, **MERGE},
    Status.DIREGISTRASI: {Action.JADWALKAN_KLARIFIKASI: (BOTH, Status.KLARIFIKASI), **NOT_ASN, **MERGE},
    Status.KLARIFIKASI: {
        # Of a hearing of Bawaslu; Kesbangpol's own: tests/cases/test_hosts.py.
        Action.JADWALKAN_ULANG: (BAWASLU, Status.KLARIFIKASI),
        Action.CATAT_KLARIFIKASI: (BAWASLU, Status.KAJIAN),
        **NOT_ASN,
        **MERGE,
    },
    Status.KAJIAN: {
        Action.PUTUSKAN_BUKAN_PELANGGARAN: (BAWASLU, Status.BUKAN_PELANGGARAN),
        Action.TERUSKAN_GAKKUMDU: (BAWASLU, Status.GAKKUMDU),
        Action.SUSUN_REKOMENDASI: (BAWASLU, Status.REKOMENDASI),
        **NOT_ASN,
        **MERGE,
    },
    Status.REKOMENDASI: {
        Action.KIRIM_REKOMENDASI: (BAWASLU, Status.TINDAK_LANJUT),
        Action.KEMBALIKAN_REKOMENDASI: (BAWASLU, Status.KAJIAN),
    },
    # Writing the letter anew waits for the body to say that something is missing: tests/cases/test_redrafting.py.
    Status.TINDAK_LANJUT: {
        Action.CATAT_TINDAK_LANJUT: (BAWASLU, Status.TINDAK_LANJUT),
        Action.CATAT_PENGINGAT: (BAWASLU, Status.TINDAK_LANJUT),
        Action.CATAT_SANKSI: (BAWASLU, Status.SANKSI),
        Action.CATAT_TIDAK_TERBUKTI: (BAWASLU, Status.TIDAK_TERBUKTI),
    },
    # Accepting a handover waits for a proposal: tests/cases/test_handover.py.
    # Closing waits for a result of the criminal route, a ruling for an appeal: tests/cases/test_outcomes.py.
    Status.GAKKUMDU: {
        Action.KEMBALI_KE_KAJIAN: (BAWASLU, Status.KAJIAN),
        Action.CATAT_GAKKUMDU: (BAWASLU, Status.GAKKUMDU),
    },
    Status.SANKSI: {
        Action.CATAT_KEBERATAN: (BAWASLU, Status.SANKSI),
        Action.PERBAIKI_SANKSI: (BAWASLU, Status.SANKSI),
        **CLOSE,
    },
    Status.TIDAK_TERBUKTI: CLOSE,
    Status.BUKAN_PELANGGARAN: CLOSE,
    Status.TIDAK_DIREGISTRASI: CLOSE,
    Status.SELESAI: {Action.BUKA_KEMBALI: (BAWASLU, Status.SANKSI)},
}
# Joining tells it of both cases.
EVENTS = {Action.TANDAI_DOBEL: 2}
OVERRIDE = ({Role.NATIONAL_ADMIN}, Status.DIREGISTRASI)


@contextmanager
def undone():
    """Take back what a try wrote, so that the next one starts from the same case."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(sari, budi, kartika, dewi, nasrul, aminah):
    """One person per role. Budi acts for Bawaslu, because Sari drafts the letter."""
    return {person.role: person for person in (budi, kartika, dewi, nasrul, aminah)}


@pytest.fixture
def tried_facts(sari, budi):
    """What each step is tried with, valid in itself."""
    original = make_case(by=sari, second=budi)

    def facts(action, status, role):
        target = Status.KAJIAN if status == Status.DIREGISTRASI else Status.DIREGISTRASI
        own = {
            Action.TANDAI_DOBEL: Duplicate(other=original),
            Action.KOREKSI_STATUS: StatusCorrection(target=target),
        }
        if action is Action.JADWALKAN_KLARIFIKASI and role is Role.REVIEWER_KESBANGPOL:
            return replace(facts_for(action, MONDAY), host=ClarificationHost.KESBANGPOL)
        return own.get(action) or facts_for(action, MONDAY)

    return facts


def expected(status, action, role):
    """The status afterwards, or None where the step must be refused."""
    if action is Action.KOREKSI_STATUS:
        roles, target = OVERRIDE
        target = Status.KAJIAN if status == Status.DIREGISTRASI else target
    else:
        roles, target = ALLOWED[status].get(action, (set(), None))
    return target if role in roles else None


def row(case):
    return Case.objects.filter(pk=case.pk).values().get()


def attempt(case, action, by, facts):
    """The status after a try, or None when it was refused with a reason."""
    try:
        return step(copy(case), action, by=by, facts=facts).status
    except ActionRefused as refused:
        return None if str(refused) else "refused without a word"


def trace(case):
    """Everything a step could leave behind; what it leaves of letters apart, which tests of letters count."""
    of_letters = AuditEvent.objects.filter(action__startswith="surat_").count()
    return row(case), AuditEvent.objects.count() - of_letters, of_letters


@pytest.mark.parametrize("status", Status)
def test_each_step_is_open_to_exactly_the_roles_of_the_table(status, sari, budi, cast, tried_facts):
    case = make_case(by=sari, second=budi, status=status)
    if status == Status.KLARIFIKASI:
        deliver(case, by=sari)
    before = trace(case)
    for action, role in product(Action, Role):
        with undone():
            result = attempt(case, action, cast[role], tried_facts(action, status, role))
            assert result == expected(status, action, role), (status, action, role)
            now = trace(case)
            assert (
                (now == before)
                if result is None
                else (now[1] == before[1] + EVENTS.get(action, 1) and now[0]["status"] == result)
            )


@pytest.mark.parametrize("status", Status)
def test_the_buttons_are_exactly_the_steps_of_the_table(status, sari, budi, cast):
    case = make_case(by=sari, second=budi, status=status)
    for role, person in cast.items():
        buttons = set(available_actions(case, person)) if Case.objects.visible_to(person).exists() else set()
        assert buttons == {action for action in Action if expected(status, action, role)}, (status, role)


def test_every_step_has_a_row_and_every_refusal_has_words(sari, budi, cast):
    assert set(TRANSITIONS) == set(Action)
    case = make_case(by=sari, second=budi)
    for action in Action:
        for person in cast.values():
            assert refusal(case, action, person) is None or refusal(case, action, person).strip()


def test_every_status_can_be_left_and_every_status_but_the_first_can_be_reached():
    back = {Action.KOREKSI_STATUS, Action.BATALKAN_DOBEL}
    normal = [transition for action, transition in TRANSITIONS.items() if action not in back]
    assert set().union(*(transition.sources for transition in normal)) == set(Status)
    assert {transition.target for transition in normal} | {Status.MASUK} == set(Status)


def test_an_inactive_account_can_do_nothing(sari, budi):
    case = make_case(by=sari, second=budi)
    budi.is_active = False
    assert available_actions(case, budi) == []
    with pytest.raises(ActionRefused):
        step(case, Action.MULAI_KAJIAN_AWAL, by=budi)
