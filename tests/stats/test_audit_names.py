"""Every event the portal can record has a name an auditor can read."""

import re
from pathlib import Path

import pytest

from cases.events import VIEWS, CaseEvent
from cases.holidays import ADDED, CONFIRMED, REMOVED
from reports.custody import PREPARED, RECEIVED, SEALED
from reports.models_capture import LINK_VISITED
from rules.publishing import TRIED
from stats.audit_names import EVERY_NAME, SEEN, event_name

ROOT = Path(__file__).parents[2]
SOURCES = [path for app in ("accounts", "rules", "reports", "cases", "stats") for path in (ROOT / app).rglob("*.py")]
LITERAL = re.compile(r'(?:\baction=|_record\(\s*)"([a-z_]+(?:\.[a-z_]+|_exported))"')
CONSTANTS = {TRIED, ADDED, REMOVED, CONFIRMED, RECEIVED, SEALED, PREPARED, LINK_VISITED}
# How the names of events say that somebody looked or took along; what is made ready for it is not yet taken.
LOOKED = re.compile(r"(?<!untuk )\b(?:dilihat|diunduh|dicocokkan|membuka|keluar bersama)\b")
MACHINE_OR_VERDICT = {CaseEvent.BERKAS_DIOLAH, CaseEvent.PEMBACAAN_KEDUA}


def recorded():
    return sorted(CONSTANTS | {name for path in SOURCES for name in LITERAL.findall(path.read_text(encoding="utf-8"))})


def test_events_are_found_in_the_sources():
    found = {"identity.opened", "election.changed", "report.received", "audit_exported", "message_template.published"}
    assert found < set(recorded())


@pytest.mark.parametrize("name", recorded())
def test_each_recorded_event_has_a_name(name):
    assert name in EVERY_NAME
    assert event_name(name) != name


def test_whoever_saw_is_among_the_names():
    assert SEEN < EVERY_NAME


def test_everybody_who_looks_is_found_with_one_filter_the_accused_too():
    assert CaseEvent.DILIHAT_TERLAPOR in SEEN
    assert {event for event in CaseEvent if LOOKED.search(str(event.label))} <= SEEN
    assert VIEWS - MACHINE_OR_VERDICT <= SEEN
