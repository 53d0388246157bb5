"""How long a letter takes from facts to PDF/A, against an empty Typst document set in the same way.

make bench-letters          ROUNDS=50 make bench-letters
"""

import os
import statistics
import time
from datetime import UTC, datetime

import pytest

from cases.letters.editing import preview
from cases.letters.kinds import LetterKind
from cases.letters.loading import load_letter_templates
from cases.letters.typesetting import typeset
from cases.models import LetterTemplate

ROUNDS = int(os.environ.get("ROUNDS", "20"))
AT = datetime(2024, 11, 3, 2, 0, tzinfo=UTC)
EMPTY = {"title": "Kosong", "draft": False, "office": {"name": "Bawaslu"}}


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def computing_seconds() -> float:
    """What ended children have used of a processor so far, whoever else used the machine meanwhile."""
    spent = os.times()
    return spent.children_user + spent.children_system


def summary(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


@pytest.mark.django_db
def test_setting_letters(capsys):
    load_letter_templates(at=AT)
    templates = {kind: LetterTemplate.objects.in_force(kind) for kind in LetterKind}
    letters: list[float] = []
    drafts: list[float] = []
    empty: list[float] = []
    rows = []
    spent = {"letters": 0.0, "drafts": 0.0, "empty": 0.0}
    for kind, template in templates.items():
        before = computing_seconds()
        own = [seconds(lambda t=template, k=kind: preview(t, kind=k, at=AT, is_draft=False)) for _ in range(ROUNDS)]
        spent["letters"] += computing_seconds() - before
        before = computing_seconds()
        drafts += [seconds(lambda t=template, k=kind: preview(t, kind=k, at=AT)) for _ in range(ROUNDS)]
        spent["drafts"] += computing_seconds() - before
        before = computing_seconds()
        # In turn with the letters, so that both feel the same machine.
        empty += [seconds(lambda: typeset(layout="", body="", data=EMPTY, at=AT)) for _ in range(ROUNDS)]
        spent["empty"] += computing_seconds() - before
        letters += own
        rows.append((kind, *summary(own)))
    (median, slowest), (bare, bare_slowest) = summary(letters), summary(empty)
    with capsys.disabled():
        print(f"\n{'letter':<28} median s   p95 s   ({ROUNDS} rounds)")
        for kind, middle, late in rows:
            print(f"{kind:<28} {middle:8.3f} {late:7.3f}")
        print(f"{'all letters':<28} {median:8.3f} {slowest:7.3f}")
        print("{:<28} {:8.3f} {:7.3f}".format("drafts with the mark", *summary(drafts)))
        print(f"{'empty document':<28} {bare:8.3f} {bare_slowest:7.3f}   ratio {median / bare:.2f}")
        count = ROUNDS * len(templates)
        each = ", ".join(f"{name} {used / count:.3f} s" for name, used in spent.items())
        print(f"of a processor, each: {each}; load of the machine {os.getloadavg()[0]:.1f}")
