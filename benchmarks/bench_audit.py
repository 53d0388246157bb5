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
# A transaction of the portal writes a handful of events.
BATCH = 50
FILL = """
SELECT count(accounts_record_event(timestamptz '2024-10-01' + n * interval '1 second', NULL, 'mulai_kajian_awal',
    'case', gen_random_uuid()::text, jsonb_build_object('version', n, 'from', 'masuk', 'to', 'kajian_awal')))
FROM generate_series(%s, %s) n
"""
READ = "SELECT * FROM accounts_auditlink JOIN accounts_auditevent ON id = event_id ORDER BY position"


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
    pgtrigger.disable(*(f"accounts.{model}:never_emptied" for model in ("AuditEvent", "AuditLink", "AuditHead")))
    with connection.cursor() as cursor:
        start = time.perf_counter()
        for first in range(1, EVENTS + 1, BATCH):
            cursor.execute(FILL, [first, min(first + BATCH - 1, EVENTS)])
        filled = time.perf_counter() - start
        cursor.execute("ANALYZE accounts_auditevent; ANALYZE accounts_auditlink")
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
        print(f"\n{EVENTS:,} events written in {filled:.1f} s ({filled / EVENTS * 1e6:.0f} us each)")
        print(
            f"checked in {checking:.1f} s (median of {ROUNDS}); "
            f"reading the rows alone {reading:.1f} s, ratio {checking / reading:.2f}"
        )
        print(f"a changed row ten from the end is named: {found}")
    assert isinstance(found, Broken)
