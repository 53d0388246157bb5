"""Starts the servers that nobody else provides: PostgreSQL without DATABASE_URL, Valkey without REDIS_URL."""

from collections.abc import Callable, Mapping
from pathlib import Path

from portal.embedded import postgres, valkey
from portal.embedded.places import arrange
from portal.embedded.processes import Service

# Starts the service and waits until the question is answered with yes; raises when that does not happen.
Starter = Callable[[Service, Callable[[], bool]], None]


def start_missing_servers(
    environ: Mapping[str, str], *, data_dir: Path, logs: Path, start: Starter, throw_away: bool = False
) -> dict[str, str]:
    """Start what `environ` does not name and return the variables that say where it is.

    `throw_away` trades safety for speed and lets the role make further databases: for test runs.
    """
    needs_postgres, needs_valkey = not environ.get("DATABASE_URL"), not environ.get("REDIS_URL")
    if not needs_postgres and not needs_valkey:
        return {}
    places = arrange(data_dir)
    addresses = {}
    if needs_postgres:
        postgres.prepare(places)
        service = postgres.service(places, log=logs / "postgres.log", throw_away=throw_away)
        start(service, lambda: postgres.answers(places))
        postgres.open_database(places, may_create=throw_away)
        addresses["DATABASE_URL"] = postgres.url(places)
    if needs_valkey:
        valkey.prepare(places)
        start(valkey.service(places, log=logs / "valkey.log"), lambda: valkey.answers(places))
        addresses["REDIS_URL"] = valkey.url(places)
    return addresses
