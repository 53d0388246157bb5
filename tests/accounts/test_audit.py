"""The audit trail is written once."""

from datetime import UTC, datetime

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from accounts.audit import record
from accounts.models import AuditEvent, User

NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return AuditEvent.objects.get(
        pk=record(action="looked", by=None, at=NOON, subject_kind="case", subject_id="a", details={"page": 1})
    )


def test_it_keeps_who_did_what_in_order(event, sari):
    record(action="noted", by=sari, at=NOON, subject_kind="case", subject_id="a")
    record(action="noted", by=sari, at=NOON, subject_kind="case", subject_id="b")
    told = [(row.action, row.actor) for row in AuditEvent.objects.about("a").oldest_first()]
    assert told == [("looked", None), ("noted", sari)]


def test_the_database_refuses_to_change_an_event(event):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(action="changed")


def test_the_database_refuses_to_delete_an_event(event):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).delete()


def test_the_database_refuses_to_empty_the_trail():
    pgtrigger.enable("accounts.AuditEvent:never_emptied")
    with pytest.raises(DatabaseError, match="cannot be emptied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_auditevent")


def test_a_person_in_the_trail_cannot_be_deleted(sari):
    record(action="noted", by=sari, at=NOON, subject_kind="case", subject_id="a")
    with pytest.raises(ProtectedError):
        sari.delete()


@pytest.mark.parametrize(("field", "value"), [("role", "king"), ("region_code", "3"), ("region_code", "33-74")])
def test_the_database_refuses_a_nonsense_account(field, value):
    fields = {"username": "x", "role": "auditor", "region_code": "33", field: value}
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**fields)
