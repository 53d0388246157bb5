"""Thousands of random steps by random people, some on old pages, some with wrong facts: none leads off the table.

WORKFLOW_STEPS=20000 takes that many and prints the counts (make bench-workflow).
"""

import os
import sys
import time

import pytest

from cases.status import Status
from tests.cases.crowd import Crowd, reached

STEPS = int(os.environ.get("WORKFLOW_STEPS", "400"))


@pytest.mark.django_db
def test_no_random_step_leads_off_the_table(sari, budi, kartika, wayan, dewi, nasrul, aminah, capsys):
    crowd = Crowd()
    began = time.monotonic()
    counts, illegal = crowd.walk(STEPS)
    took = time.monotonic() - began
    if "WORKFLOW_STEPS" in os.environ:
        with capsys.disabled():
            told = ", ".join(f"{number:,} {word}" for word, number in sorted(counts.items()))
            sys.stdout.write(
                f"\n{STEPS:,} random steps on {len(crowd.opened):,} cases: {told}, {len(illegal)} illegal, "
                f"{took / STEPS * 1000:.1f} ms a step\n"
            )
    assert illegal == []
    assert set(counts) == {"accepted", "refused"}
    # Else the walk stood still at finished or far-away cases, and would prove little.
    assert counts["accepted"] > STEPS / 5
    assert counts["refused"] > STEPS / 5
    assert reached(crowd.opened) == set(Status) or STEPS < 2_000
