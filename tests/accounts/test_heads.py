"""A head that somebody kept convicts a trail rewritten as a whole."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.audit import record
from accounts.heads import NotAHead, head_file, keep_head, known_digests, parse_head_file, signed_text
from accounts.models import AuditHead, AuditLink

NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)
DAY = date(2024, 10, 1)

pytestmark = pytest.mark.django_db


def sign(text: bytes) -> bytes:
    return text[:4].ljust(64, b"s")


@pytest.fixture
def head():
    record(action="noted", by=None, at=NOON, subject_kind="case", subject_id="a")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return keep_head(day=DAY, at=NOON)


def test_a_head_holds_the_last_link(head):
    last = AuditLink.objects.order_by("-position").first()
    assert (head.position, bytes(head.digest)) == (last.position, bytes(last.digest))
    assert known_digests()[head.position] == bytes(last.digest)


def test_a_day_has_one_head(head):
    record(action="noted", by=None, at=NOON, subject_kind="case", subject_id="b")
    assert keep_head(day=DAY, at=NOON) == head


def test_the_database_refuses_to_change_a_head(head):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditHead.objects.update(position=1)


def test_a_head_file_reads_back(head):
    position, digest, signed, signature = parse_head_file(head_file(head, sign))
    assert (position, digest, signature) == (head.position, bytes(head.digest), sign(signed))
    assert signed == signed_text(DAY, position, digest)


@pytest.mark.parametrize(
    "text", ["", "a\nb", "Lapor Netral audit head\n2024-10-01\n1\nzz\nzz\n", "x\n2024-10-01\n1\nab\nab\n"]
)
def test_another_text_is_no_head(text):
    with pytest.raises(NotAHead):
        parse_head_file(text)


def test_the_command_says_that_the_trail_is_sound(head, capsys):
    call_command("verify_audit")
    assert "Sound" in capsys.readouterr().out


def test_the_command_compares_with_a_head_from_outside(head, tmp_path):
    kept = tmp_path / "head.txt"
    kept.write_text(head_file(head, sign))
    call_command("verify_audit", head=[str(kept)])
    kept.write_text(head_file(head, sign).replace(bytes(head.digest).hex(), "00" * 32))
    with pytest.raises(CommandError, match="another digest"):
        call_command("verify_audit", head=[str(kept)])


def test_the_command_names_a_file_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="missing"):
        call_command("verify_audit", head=[str(tmp_path / "missing.txt")])
