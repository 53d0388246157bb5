"""What a process beside the test needs to know of the test's own servers."""

import os
from urllib.parse import urlsplit

from django.db import connection


def database_url(name: str = "") -> str:
    """The address of the test's database, or of another one of the same server, for a process of its own."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return f"{parts.scheme}://{parts.netloc}/{name or connection.settings_dict['NAME']}?{parts.query}"
