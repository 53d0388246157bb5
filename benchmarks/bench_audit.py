"""How long checking a million audit events takes, against merely reading them.

make bench-audit          EVENTS=200000 make bench-audit
"""

import os
import statistics
import time

import pgtrigger
import pytest
from django.db import connection, transaction

from accounts.chain import Broken, Sound, check_trail

EVENTS = int(os.environ.get("EVENTS", "1000000"))
ROUNDS = 3
# As the triggers do it, without their price: a million commits would take minutes and are not what is measured.
FILL = """
INSERT INTO accounts_auditevent (at, actor_id, action, subject_kind, subject_id, details)
SELECT timestamptz '2024-10-01' + n * interval '1 second', NULL, 'mulai_kajian_awal', 'case', gen_random_uuid()::text,
    jsonb_build_object('version', n, 'from', 'masuk', 'to', 'kajian_awal') || CASE WHEN n % 4 = 0
        THEN jsonb_build_object('words_sha256', encode(sha256('salt' || convert_to({words}::text, 'UTF8')), 'hex'))
        ELSE '{{}}' END
FROM generate_series(1, {events}) n;
-- People typed something at every fourth step.
INSERT INTO accounts_auditwords (event_id, salt, told)
SELECT id, 'salt', {words} FROM accounts_auditevent WHERE details ? 'words_sha256';
DO $$
DECLARE event accounts_auditevent%ROWTYPE; place bigint; before bytea;
BEGIN
SELECT coalesce(max(position), 0) INTO place FROM accounts_auditlink;
SELECT digest INTO before FROM accounts_auditlink ORDER BY position DESC LIMIT 1;
FOR event IN SELECT * FROM accounts_auditevent WHERE id NOT IN (SELECT event_id FROM accounts_auditlink) ORDER BY id
LOOP
    place := place + 1;
    before := sha256(coalesce(before, ''::bytea) || convert_to(concat_ws(
        chr(10), event.id, to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
        coalesce(event.actor_id, 0), event.action, event.subject_kind, event.subject_id, event.details::text
    ), 'UTF8'));
    INSERT INTO accounts_auditlink (position, event_id, digest) VALUES (place, event.id, before);
END LOOP;
END $$;
"""
WORDS = """'{"reason": "Unsur belum lengkap; saksi perlu didengar sekali lagi sebelum kajian."}'::jsonb"""
READ = """
SELECT * FROM accounts_auditlink link JOIN accounts_auditevent event ON event.id = link.event_id
LEFT JOIN accounts_auditwords words ON words.event_id = link.event_id ORDER BY position
"""


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def read_everything() -> None:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(READ)
        while cursor.fetchmany(5_000):
            pass


@pytest.mark.django_db(transaction=True)
def test_checking_the_trail(capsys):
    # The throw-away database is emptied afterwards.
    pgtrigger.disable(*(f"accounts.Audit{kind}:never_emptied" for kind in ("Event", "Words", "Link", "Head")))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL.format(events=EVENTS, words=WORDS))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE accounts_auditevent; ANALYZE accounts_auditlink; ANALYZE accounts_auditwords")
    checking = statistics.median(seconds(lambda: check_trail({})) for _ in range(ROUNDS))
    reading = statistics.median(seconds(read_everything) for _ in range(ROUNDS))
    assert isinstance(check_trail({}), Sound)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE accounts_auditevent SET action = 'x' WHERE id = (SELECT max(id) - 10 FROM accounts_auditevent)"
        )
        cursor.execute("SET session_replication_role = origin")
    found = check_trail({})
    with capsys.disabled():
        print(
            f"\n{EVENTS:,} events checked in {checking:.1f} s (median of {ROUNDS}); "
            f"reading the rows alone {reading:.1f} s, ratio {checking / reading:.2f}"
        )
        print(f"a changed row ten from the end is named: {found}")
    assert isinstance(found, Broken)
