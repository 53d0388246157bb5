"""What a process beside the test needs to know of the test's own servers."""

import os
from urllib.parse import urlsplit, urlunsplit

from django.db import connection


def database_url() -> str:
    """The address of the test's database, for a process of its own: the given one with the test's database name."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
