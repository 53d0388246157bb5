"""The database keeps to the table of steps by itself, whoever comes past the door."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from cases.facts import StatusCorrection
from cases.models import Case
from cases.status import Outcome, Status
from cases.status_guard import let_correct
from cases.transitions import TRANSITIONS
from cases.workflow import Action
from tests.case_factories import make_case, step

pytestmark = pytest.mark.django_db

INSTALLED = """
SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = 'cases_case'::regclass AND tgname LIKE 'pgtrigger_keeps_to_the_roads%'
"""
# Whence a step leads to a status that its facts or its own past name
NAMED = {source for row in TRANSITIONS.values() if row.target is None for source in row.sources}
STALE = "The table of steps changed: run manage.py makemigrations cases"


def of_the_table():
    """Every change of status a step makes, the national admin's correction aside."""
    return {
        (source, row.target)
        for row in TRANSITIONS.values()
        for source in row.sources
        if row.target is not None and row.target != source
    }


def move(case, target, **more):
    """Put a case in a status past the workflow; True when the database lets it."""
    ending = {"outcome": Outcome.BUKAN_ASN, "due_at": None} if target == Status.SELESAI else {"outcome": ""}
    changes = {"status": target, "version": F("version") + 1, **ending, **more}
    try:
        with transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**changes)
    except IntegrityError as refused:
        if "no step leads" in str(refused) or "next version" in str(refused):
            return False
        raise
    return True


def moves(case):
    """The statuses the database lets this case be put in; each is taken back."""
    found = set()
    for target in set(Status) - {case.status}:
        with transaction.atomic():
            if move(case, target):
                found.add(target)
            transaction.set_rollback(True)
    return found


def test_the_installed_guard_is_that_of_the_table():
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        (installed,) = cursor.fetchone()
    roads = re.search(r"'{(.*)}'::text", installed)[1].split(",")
    assert set(roads) == {f"{source}:{target}" for source, target in of_the_table()}, STALE
    corrected = re.search(r"OLD.status IN \((.*)\)", installed)[1].split(", ")
    assert set(corrected) == {f"'{status}'" for status in NAMED}, STALE


@pytest.mark.parametrize("status", Status)
def test_the_database_takes_exactly_the_roads_of_the_table(status, sari, budi):
    case = make_case(by=sari, second=budi, status=status)
    assert moves(case) == {target for source, target in of_the_table() if source == status}


@pytest.mark.parametrize("status", Status)
def test_a_correction_opens_every_road_of_one_case_and_no_other(status, sari, budi):
    case, other = (make_case(by=sari, second=budi, status=status) for _ in range(2))
    roads = moves(case)
    let_correct(case.pk)
    assert moves(case) == (set(Status) - {status} if status in NAMED else roads)
    assert moves(other) == roads


def test_after_a_correction_the_roads_are_closed_again(sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=Status.MASUK)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KAJIAN))
    assert not move(case, Status.SANKSI)
    assert Case.objects.get(pk=case.pk).status == Status.KAJIAN


@pytest.mark.parametrize("version", [1, 3, 0])
def test_a_new_status_without_the_next_version_is_refused(version, sari, budi):
    case = make_case(by=sari, second=budi)
    assert not move(case, Status.KAJIAN_AWAL, version=version)
    assert move(case, Status.KAJIAN_AWAL, version=2)


def test_plain_sql_and_save_are_refused_too(sari, budi):
    case = make_case(by=sari, second=budi)
    with pytest.raises(IntegrityError, match="no step leads"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET status = 'sanksi', version = version + 1 WHERE id = %s", [case.pk])
    case.status, case.version = Status.TINDAK_LANJUT, case.version + 1
    with pytest.raises(IntegrityError, match="no step leads"), transaction.atomic():
        case.save()


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.MASUK}))
def test_no_case_is_born_further_on(status, sari, budi):
    case = make_case(by=sari, second=budi)
    case.pk, case.number, case.status = None, case.number + 1, status
    with pytest.raises(IntegrityError, match="a case begins as masuk"), transaction.atomic():
        case.save(force_insert=True)


def test_what_is_no_status_changes_freely(sari, budi):
    case = make_case(by=sari, second=budi)
    Case.objects.filter(pk=case.pk).update(due_at=None)
    assert Case.objects.get(pk=case.pk).due_at is None
