"""The case page and the inbox among a million cases, beside a bare page of the same run.

make bench-cases          CASES=100000 make bench-cases

Copies of a few cases that were led through their steps fill the throw-away database, triggers and foreign keys off.
Every office has as many cases as its share of the country's kabupaten and kota.
"""

import os
import random
import statistics
import time

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext, _TestState
from django.urls import reverse

from accounts.roles import Role
from cases.models import Case
from cases.notes import add_note
from cases.status import Status
from tests.case_factories import MONDAY, make_case, make_evidence, make_finding
from tests.conftest import make_user

CASES = int(os.environ.get("CASES", "1000000"))
VISITS = 60
SLOW_MS = 10
STATUSES = (Status.MASUK, Status.KAJIAN_AWAL, Status.KAJIAN, Status.TINDAK_LANJUT, Status.SELESAI)
NAMES = (
    "Agus Bambang Citra Dewi Eko Fitri Gunawan Hartono Indah Joko Kartini Lestari Made Nur Putu Rahmat Siti Tri Wahyu"
)

# One copy of a row per number, columns of its own by name. `o` is the number of the copy, `p` its original's.
COPY = """
INSERT INTO {table}
SELECT filled.* FROM originals JOIN {table} original ON original.{key} = originals.{of}
CROSS JOIN LATERAL generate_series(originals.p, {copies}, {originals}) o
CROSS JOIN LATERAL jsonb_populate_record(original, jsonb_build_object({columns})) filled
"""
COPIED = (
    ("cases_respondent", "id", "respondent", {"id": "1000000 + o", "name": "{names}"}),
    (
        "reports_report",
        "id",
        "report",
        {
            "id": "uid(2, o)",
            "receipt_digest": "md5('r' || o)",
            "idempotency_digest": "md5('i' || o)",
            "region_id": "place(o)",
        },
    ),
    (
        "cases_case",
        "id",
        "id",
        {"id": "uid(1, o)", "number": "1000000 + o", "respondent_id": "1000000 + o", "region_id": "place(o)"},
    ),
    (
        "cases_casereport",
        "report_id",
        "report",
        {"id": "1000000 + o", "case_id": "uid(1, o)", "report_id": "uid(2, o)"},
    ),
    ("reports_evidence", "report_id", "report", {"id": "uid(3, o)", "report_id": "uid(2, o)"}),
    ("reports_classification", "report_id", "report", {"id": "1000000 + o", "report_id": "uid(2, o)"}),
    ("reports_finding", "classification_id", "run", {"id": "1000000 + o", "classification_id": "1000000 + o"}),
    ("cases_assessment", "case_id", "id", {"id": "1000000 + o", "case_id": "uid(1, o)"}),
    ("cases_recommendation", "case_id", "id", {"id": "1000000 + o", "case_id": "uid(1, o)"}),
    ("cases_sanction", "case_id", "id", {"id": "1000000 + o", "case_id": "uid(1, o)"}),
    ("cases_note", "case_id", "id", {"id": "1000000 + o", "case_id": "uid(1, o)"}),
)
PREPARE = """
CREATE FUNCTION uid(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT ('0000000' || kind || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
CREATE TABLE places AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code FROM regions_region
    WHERE length(code) = 5;
CREATE UNIQUE INDEX ON places (n);
CREATE FUNCTION place(n bigint) RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT code FROM places WHERE places.n = $1 % (SELECT max(n) + 1 FROM places) $$;
CREATE TABLE originals AS
    SELECT row_number() OVER (ORDER BY number) AS p, c.id, respondent_id AS respondent, report_id AS report,
        run.id AS run
    FROM cases_case c JOIN cases_casereport link ON link.case_id = c.id
    JOIN reports_classification run USING (report_id);
"""
# What the audit knows of each: the steps of the way to its status, as many as cases go through on average.
EVENTS = """
INSERT INTO accounts_auditevent (at, actor_id, action, subject_kind, subject_id, details)
SELECT opened_at + n * interval '1 hour', {actor}, 'mulai_kajian_awal', 'case', id::text,
    jsonb_build_object('version', n, 'from', 'masuk', 'to', 'kajian_awal')
FROM cases_case, generate_series(1, 4) n
"""


def fill(actor):
    """Copies until there are CASES."""
    words = NAMES.split()
    name = f"(ARRAY{words})[1 + o % {len(words)}] || ' ' || (ARRAY{words})[1 + (o / 19) % {len(words)}] || ' ' || o"
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PREPARE)
        for table, key, of, columns in COPIED:
            named = ", ".join(f"'{column}', {value}" for column, value in columns.items()).replace("{names}", name)
            cursor.execute(
                COPY.format(table=table, key=key, of=of, columns=named, copies=CASES, originals=len(STATUSES))
            )
        cursor.execute(EVENTS.format(actor=actor.pk))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def timed(client, addresses):
    """Milliseconds of each visit by the clock and by this process's own work, the first of all left out."""
    client.get(addresses[0])
    took, worked = [], []
    for address in addresses:
        start, began = time.perf_counter(), time.process_time()
        assert client.get(address).status_code == 200
        took.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - began) * 1000)
    return took, worked


def line(name, measured, bare):
    took, worked = measured
    middle, late = statistics.median(took), sorted(took)[int(len(took) * 0.95)]
    ratio = middle / statistics.median(bare[0])
    python = statistics.median(worked)
    return (
        f"{name:13} p50 {middle:6.1f} ms   p95 {late:6.1f} ms   Python {python:5.1f} ms   {ratio:5.1f} x the bare page"
    )


def slowest(client, address):
    """Queries of a visit that took long, with their time."""
    with CaptureQueriesContext(connection) as told:
        client.get(address)
    slow = [query for query in told.captured_queries if float(query["time"]) * 1000 > SLOW_MS]
    return len(told.captured_queries), [f"{query['time']} s  {query['sql'][:1500]}" for query in slow]


@pytest.fixture
def templates_as_in_service(monkeypatch):
    """Tests copy the context of every template they render, which costs as much as rendering."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("templates_as_in_service")
def test_pages_among_many_cases(capsys):
    pgtrigger.disable(*(f"accounts.Audit{kind}:never_emptied" for kind in ("Event", "Words", "Link", "Head")))
    call_command("load_reference", verbosity=0)
    sari, budi = (make_user(name, Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang") for name in ("sari", "budi"))
    for status in STATUSES:
        case = make_case(by=sari, second=budi, status=status)
        report = case.case_reports.get().report
        make_finding(report)
        make_evidence(report)
        add_note(case=case, text="Sudah dihubungi.", by=sari, at=MONDAY)
    start = time.perf_counter()
    fill(sari)
    filled = time.perf_counter() - start
    own = list(Case.objects.visible_to(budi).order_by("number").values_list("pk", flat=True))
    client = Client()
    client.force_login(budi)
    picked = random.Random(1).sample(own, min(VISITS, len(own)))
    cases = [reverse("cases:case", args=[case]) for case in picked]
    inbox = [reverse("cases:inbox")] * VISITS
    bare = timed(client, [reverse("portal:protection")] * VISITS)
    lines = [line("bare page", bare, bare), line("case page", timed(client, cases), bare)]
    # What the page of a case fills in once it is there
    similar = [reverse("cases:similar", args=[case]) for case in picked]
    lines.append(line("cases like it", timed(client, similar), bare))
    lines.append(line("inbox", timed(client, inbox), bare))
    looked_at = {"case page": cases[0], "cases like it": similar[0], "inbox": inbox[0]}
    counted = {name: slowest(client, address) for name, address in looked_at.items()}
    with capsys.disabled():
        print(f"\n{Case.objects.count():,} cases, {len(own):,} of them of the office; filled in {filled:.0f} s")
        print("\n".join(lines))
        for name, (queries, slow) in counted.items():
            print(f"{name}: {queries} queries, {len(slow)} of more than {SLOW_MS} ms")
            print("\n".join(slow))
