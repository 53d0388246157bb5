"""Nothing but the workflow writes the status of a case."""

import re
from pathlib import Path

from django.conf import settings

APPS = ("portal", "stats", "cases", "reports", "rules", "regions", "evidence", "accounts")
# An assignment to a status, or an update that names one; comparisons and filters are reads.
WRITES = re.compile(r"\.status\s*=(?!=)|\.update\([^)]*\bstatus\s*=|bulk_update\([^)]*\bstatus\b", re.DOTALL)


def test_no_module_writes_a_status_past_the_workflow():
    modules = [path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]
    writers = {
        path.name for path in modules if "migrations" not in path.parts and WRITES.search(path.read_text("utf-8"))
    }
    # The answer of a web server has a status too.
    assert writers - {"link_capture.py"} <= {"workflow.py"}


def test_the_search_would_find_a_window_beside_the_door():
    for window in (
        "case.status = Status.SELESAI",
        "cases.update(\n    status='selesai')",
        "rows.bulk_update(rows, ['status'])",
    ):
        assert WRITES.search(window)
    for read in ("case.status == Status.SELESAI", "Case.objects.filter(status=Status.MASUK)"):
        assert not WRITES.search(read)
