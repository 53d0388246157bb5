"""The web process has no way to the code that visits addresses: it does not even load it."""

import subprocess
import sys

LOAD_EVERYTHING = """
import sys
from portal.wsgi import application
from django.urls import get_resolver
def walk(patterns):
    for pattern in patterns:
        walk(getattr(pattern, "url_patterns", []))
walk(get_resolver().url_patterns)
print(*sorted(name for name in sys.modules if name.startswith("reports.")))
"""


def test_the_web_process_with_all_its_pages_does_not_load_the_fetcher():
    said = subprocess.run(
        [sys.executable, "-c", LOAD_EVERYTHING], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = said.stdout.split()
    assert "reports.views" in loaded
    assert not {"reports.link_fetching", "reports.link_capture", "reports.work"} & set(loaded)
