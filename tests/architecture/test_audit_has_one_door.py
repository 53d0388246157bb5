"""Who writes the audit trail, and what must not stand in its way."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("accounts", "regions", "evidence", "rules", "reports", "cases", "stats", "portal")
SOURCES = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rows_are_held_without_their_key(path):
    """A commit waits for its place in the audit chain and checks foreign keys while it has it: a row held FOR UPDATE
    by somebody who waits behind it would stop both.
    """
    for call in re.findall(r"select_for_update\(([^()]*(?:\([^()]*\))?[^()]*)\)", path.read_text(encoding="utf-8")):
        assert "no_key=True" in call


def test_only_the_audit_module_records_events():
    writers = [
        path
        for path in SOURCES
        if re.search(r"AuditEvent\.objects\.(bulk_)?create|accounts_record_event\(", path.read_text())
    ]
    assert [str(path.relative_to(ROOT)) for path in writers] == ["accounts/audit.py"]
